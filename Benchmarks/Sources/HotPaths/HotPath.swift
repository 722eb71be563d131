/// An operation that is worth measuring: how it is set up, and how it is repeated.
///
/// Whoever measures it chooses what is measured: a benchmark takes times, a counter takes allocations and instructions.
public struct HotPath: Sendable {
    /// What it does, as tables show it; unique, because thresholds are kept under it.
    public let name: String
    /// How many repetitions a count is taken over: as many as make the cost of counting itself disappear.
    public let repetitions: Int

    private let setUp: @Sendable () throws -> (Int) -> Void

    /// Describes an operation.
    ///
    /// - Parameters:
    ///   - setUp: makes what the operation works on; it is not measured.
    ///   - body: does the operation as often as it is told. It works on the state in place and leaves it such that it can
    ///     go on from there.
    init<State>(
        _ name: String, repetitions: Int, on setUp: @escaping @Sendable () throws -> State,
        body: @escaping @Sendable (inout State, Int) -> Void
    ) {
        self.name = name
        self.repetitions = repetitions
        self.setUp = {
            var state = try setUp()
            return { body(&state, $0) }
        }
    }

    /// Sets the operation up anew.
    ///
    /// - Returns: what does the operation as often as it is told. The first calls may allocate what later ones reuse.
    public func prepared() throws -> (Int) -> Void { try setUp() }
}

extension HotPath {
    /// Everything that is measured, in the order of tables.
    public static let all: [HotPath] =
        adverts + stateMachine + timers + engine + reload + configuration + status + planning
}

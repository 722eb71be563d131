/// Makes something that costs; those who ask while that is under way share its result.
///
/// So a flood of requests costs what one after the other does, and leaves the processor to others in between.
actor Shared<Value: Sendable> {
    private let make: @Sendable () async -> Value
    private var underWay: Task<Value, Never>?

    init(_ make: @escaping @Sendable () async -> Value) { self.make = make }

    /// What it is at this moment.
    func value() async -> Value {
        if let underWay { return await underWay.value }
        let make = make
        let task = Task { await make() }
        underWay = task
        defer { underWay = nil }
        return await task.value
    }
}

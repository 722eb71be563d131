/// How a status is shown to a person.
public struct StatusStyle: Sendable, Hashable {
    /// Whether counters, reasons and all addresses are shown as well.
    public var isWide: Bool
    /// Whether states are painted.
    public var isColoured: Bool

    /// A style; without arguments the one for a file.
    public init(isWide: Bool = false, isColoured: Bool = false) {
        self.isWide = isWide
        self.isColoured = isColoured
    }
}

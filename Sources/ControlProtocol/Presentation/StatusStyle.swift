/// How a status is shown to a person.
public struct StatusStyle: Sendable, Hashable {
    /// Whether counters, reasons and all addresses are shown as well.
    public var isWide: Bool
    /// Whether states are painted.
    public var isColoured: Bool
    /// How many characters a line may have before its last column goes on in the next one; nil for any number.
    public var columns: Int?

    /// A style; without arguments the one for a file.
    public init(isWide: Bool = false, isColoured: Bool = false, columns: Int? = nil) {
        self.isWide = isWide
        self.isColoured = isColoured
        self.columns = columns
    }

    /// The style for standard output.
    public static func ofStandardOutput(isWide: Bool = false) -> StatusStyle {
        StatusStyle(isWide: isWide, isColoured: Terminal.takesColours, columns: Terminal.size?.columns)
    }
}

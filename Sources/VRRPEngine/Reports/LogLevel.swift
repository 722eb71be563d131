/// From which level on a program logs lines, the most of them first.
public enum LogLevel: String, Hashable, Sendable, CaseIterable {
    /// Decisions that change no state.
    case debug
    /// What is as it was meant to be.
    case info
    /// Changes of state.
    case notice
    /// What somebody must look at.
    case warning
    /// What keeps the program from doing what it was told.
    case error

    /// The names of all levels, as the end of a sentence.
    public static let allowed = allCases.map(\.rawValue).joined(separator: ", ")
}

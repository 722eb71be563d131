import NetworkLab
import Testing

extension Trait where Self == ConditionTrait {
    /// Skips a test where something that it needs is missing, and says what; with `CI=true` nothing is skipped.
    static func needs(_ prerequisites: [Prerequisite]) -> Self {
        let reason = Prerequisite.shortcomings(of: prerequisites).joined(separator: "; ")
        return .enabled(if: Prerequisite.permits(prerequisites), "\(reason)")
    }
}

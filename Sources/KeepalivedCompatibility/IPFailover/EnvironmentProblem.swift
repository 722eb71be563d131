/// A variable of the environment whose value cannot be used, and what would be right.
public struct EnvironmentProblem: Error, Hashable, Sendable {
    /// The name of the variable.
    public let variable: String
    /// Its value; nil where it is not set or empty.
    public let value: String?
    /// What is wrong and what is allowed, as the end of a sentence.
    public let reason: String
}

extension EnvironmentProblem: CustomStringConvertible {
    /// One sentence without a full stop: `OPENSHIFT_HA_REPLICA_COUNT="two": allowed is 0 to 65535`.
    public var description: String {
        value.map { "\(variable)=\"\(printable($0))\": \(reason)" } ?? "\(variable) is not set: \(reason)"
    }
}

/// All that is wrong with an environment, in the order of the variables.
public struct EnvironmentError: Error, Hashable, Sendable {
    /// The problems; never empty.
    public let problems: [EnvironmentProblem]
}

/// How the addition or removal of an address, a route or a rule ended.
public enum ConfigurationOutcome: Hashable, Sendable {
    /// The kernel has done it.
    case done
    /// It stood as wanted already.
    case unnecessary
    /// The kernel refused it.
    case refused
}

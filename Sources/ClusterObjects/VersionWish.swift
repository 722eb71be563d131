public import KubernetesAPI
public import VRRP

/// The version that a group asks for its IPv4 routers, and where it does: `spec.version` goes before `vrrp_version`.
public enum VersionWish: Hashable, Sendable {
    /// `spec.version` says it.
    case specified(ProtocolVersion)
    /// `vrrp_version` in `spec.verbatimConfig` says it.
    case verbatimConfig(ProtocolVersion)

    /// The wish of a group; nil where it has none, or none that can be a version.
    ///
    /// - Parameter options: What is in its `verbatimConfig`.
    public init?(_ spec: KeepalivedGroup.Spec?, _ options: GroupOptions) {
        if let version = spec?.version.flatMap({ UInt8(exactly: $0) }).flatMap(ProtocolVersion.init(rawValue:)) {
            self = .specified(version)
        } else if let version = options.version {
            self = .verbatimConfig(version)
        } else {
            return nil
        }
    }

    /// The version.
    public var version: ProtocolVersion {
        switch self {
        case .specified(let version), .verbatimConfig(let version): version
        }
    }
}

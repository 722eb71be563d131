public import KubernetesAPI
public import VRRP

/// A field of a group that somebody has written and that changes nothing, for people.
public struct FieldWithoutEffect: Hashable, Sendable, CustomStringConvertible {
    /// The field and why it has none; one sentence without a full stop.
    public let description: String

    /// The fields of a group that have no effect.
    ///
    /// - Parameter version: The version that its IPv4 routers speak.
    public static func all(in spec: KeepalivedGroup.Spec, version: ProtocolVersion) -> [FieldWithoutEffect] {
        [excludedIdentifiers(spec), password(spec, version)].compactMap(\.self)
    }

    /// A part of a password, of which a node says this.
    public static func password(_ remark: String) -> FieldWithoutEffect {
        FieldWithoutEffect(description: "spec.passwordAuth: \(remark)")
    }

    /// The old schema has no bounds.
    private static func excludedIdentifiers(_ spec: KeepalivedGroup.Spec) -> FieldWithoutEffect? {
        let none = (spec.blacklistRouterIDs ?? []).filter { !(1...255).contains($0) }
        guard !none.isEmpty else { return nil }
        let named = Set(none).sorted().prefix(5).map(String.init).joined(separator: ", ")
        let more = Set(none).count > 5 ? " and others" : ""
        return FieldWithoutEffect(
            description: "spec.blacklistRouterIDs has \(named)\(more); identifiers are 1 to 255")
    }

    private static func password(_ spec: KeepalivedGroup.Spec, _ version: ProtocolVersion) -> FieldWithoutEffect? {
        guard spec.passwordAuth != nil, version == .v3 else { return nil }
        return FieldWithoutEffect(
            description: "spec.passwordAuth is not used: VRRP version 3, which the routers speak, has no passwords")
    }
}

/// The Virtual Router Identifier, 1 to 255; its scope is one interface and one address family (RFC 9568, section 5.2.3).
public struct VirtualRouterID: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: UInt8

    /// Nil for 0, which no virtual router may have.
    public init?(rawValue: UInt8) {
        guard rawValue != 0 else { return nil }
        self.rawValue = rawValue
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension VirtualRouterID: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

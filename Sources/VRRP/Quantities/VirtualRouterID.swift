/// The Virtual Router Identifier, 1 to 255; its scope is one interface and one address family (RFC 9568, section 5.2.3).
public struct VirtualRouterID: RawRepresentable, Hashable, Comparable, Sendable {
    /// The identifier as it stands in a message, never 0.
    public let rawValue: UInt8

    /// Nil for 0, which no virtual router may have.
    public init?(rawValue: UInt8) {
        guard rawValue != 0 else { return nil }
        self.rawValue = rawValue
    }

    /// Orders by number.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension VirtualRouterID: CustomStringConvertible {
    /// The number.
    public var description: String { String(rawValue) }
}

/// The priority of a router for one virtual router, 1 to 255 (RFC 9568, section 5.2.4).
///
/// Zero is not a priority: on the wire it says that the Active Router gives up.
public struct Priority: RawRepresentable, Hashable, Comparable, Sendable {
    /// The priority as it stands in a message, never 0.
    public let rawValue: UInt8

    /// Nil for 0, which only an advert of a router that gives up carries.
    public init?(rawValue: UInt8) {
        guard rawValue != 0 else { return nil }
        self.rawValue = rawValue
    }

    /// 255: the router owns the virtual addresses.
    public static let addressOwner = Priority(unchecked: 255)
    /// 1: every other router is better, or as good.
    public static let lowest = Priority(unchecked: 1)
    /// 100: the default of a router that is not the address owner.
    public static let `default` = Priority(unchecked: 100)

    /// Whether the router owns the virtual addresses.
    public var isAddressOwner: Bool { rawValue == 255 }

    /// The nearest priority to `value` that a router which is not the address owner may have, 1 to 254.
    public static func clampedToBackup(_ value: Int) -> Priority {
        Priority(unchecked: UInt8(max(1, min(254, value))))
    }

    private init(unchecked rawValue: UInt8) { self.rawValue = rawValue }

    /// Whether the left priority is the lower one.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension Priority: CustomStringConvertible {
    /// The number.
    public var description: String { String(rawValue) }
}

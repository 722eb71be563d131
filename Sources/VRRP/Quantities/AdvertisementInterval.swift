/// The time between two adverts of one router, in centiseconds.
///
/// VRRPv3 carries 1 to 4095 centiseconds (RFC 9568, section 5.2.7, erratum 8301), VRRPv2 whole seconds from 1 to 255
/// (RFC 3768, section 5.3.7).
public struct AdvertisementInterval: Hashable, Comparable, Sendable {
    /// The interval in hundredths of a second, never 0.
    public let centiseconds: UInt16

    /// Nil for 0 and for more than 25,500, the longest interval of either version.
    public init?(centiseconds: Int) {
        guard (1...25_500).contains(centiseconds) else { return nil }
        self.centiseconds = UInt16(centiseconds)
    }

    /// One second, the default of both versions.
    public static let `default` = AdvertisementInterval(unchecked: 100)

    /// The interval as a length of time.
    public var duration: Nanoseconds { Nanoseconds(Int64(centiseconds) * 10_000_000) }

    /// Whether an advert of `version` can carry the interval.
    public func isRepresentable(in version: ProtocolVersion) -> Bool {
        switch version {
        case .v2: centiseconds % 100 == 0
        case .v3: self <= .longest(in: version)
        }
    }

    /// The longest interval that an advert of `version` can carry.
    public static func longest(in version: ProtocolVersion) -> AdvertisementInterval {
        switch version {
        case .v2: AdvertisementInterval(unchecked: 25_500)
        case .v3: AdvertisementInterval(unchecked: 4095)
        }
    }

    private init(unchecked centiseconds: UInt16) { self.centiseconds = centiseconds }

    /// Whether the left interval is the shorter one.
    public static func < (left: Self, right: Self) -> Bool { left.centiseconds < right.centiseconds }
}

extension AdvertisementInterval: CustomStringConvertible {
    /// The interval in milliseconds or, where it is whole, in seconds: `250 ms`, `1 s`.
    public var description: String {
        centiseconds % 100 == 0 ? "\(centiseconds / 100) s" : "\(Int(centiseconds) * 10) ms"
    }
}

/// The version of the protocol that a virtual router speaks; it never answers to the other one.
public enum ProtocolVersion: UInt8, Hashable, Sendable, CaseIterable {
    /// RFC 3768, IPv4 alone.
    case v2 = 2
    /// RFC 5798 and RFC 9568.
    case v3 = 3
}

/// The authentication of a VRRPv2 router (RFC 2338, section 5.3.6; RFC 3768 reserves the values).
///
/// Simple text keeps mistakes apart, not attackers: it travels in clear. The authentication header keeps those out who do not
/// know the key and cannot try keys of eight octets.
public enum Authentication: Hashable, Sendable {
    /// Auth Type 0: the authentication data is sent as zero and ignored on receipt.
    case none
    /// Auth Type 1: eight octets, compared as a whole.
    case simpleText(SimpleTextPassword)
    /// Auth Type 2: an IP authentication header with HMAC-MD5-96 in front of the message, IPv4 alone; the authentication data
    /// is sent as zero.
    case authenticationHeader(key: SimpleTextPassword)

    /// The Auth Type field.
    public var typeCode: UInt8 {
        switch self {
        case .none: 0
        case .simpleText: 1
        case .authenticationHeader: 2
        }
    }

    /// The eight octets of authentication data as a number in network byte order.
    public var data: UInt64 {
        switch self {
        case .none, .authenticationHeader: 0
        case .simpleText(let password): password.octets
        }
    }

    /// The key of an authentication header; nil for adverts without one.
    public var authenticationHeaderKey: SimpleTextPassword? {
        guard case .authenticationHeader(let key) = self else { return nil }
        return key
    }
}

/// A password of one to eight octets, filled with zeros to eight.
public struct SimpleTextPassword: Hashable, Sendable {
    /// The octets as a number in network byte order.
    public let octets: UInt64

    /// The password that a received advert carries.
    public init(octets: UInt64) { self.octets = octets }

    /// Nil for an empty text and for one of more than eight octets.
    public init?(_ text: String) {
        guard (1...8).contains(text.utf8.count) else { return nil }
        var value: UInt64 = 0
        for octet in text.utf8 { value = value << 8 | UInt64(octet) }
        octets = value << UInt64(8 * (8 - text.utf8.count))
    }
}

extension SimpleTextPassword: CustomStringConvertible {
    /// Never the password, so that it cannot end in a log.
    public var description: String { "********" }
}

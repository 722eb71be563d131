/// An IPv4 address, ordered as an unsigned number in network byte order (RFC 9568, section 6.4.3).
public struct IPv4Address: Hashable, Comparable, Sendable {
    /// The address as a number: the first octet is the most significant.
    public var rawValue: UInt32

    /// The address whose number is `rawValue`.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The address `a.b.c.d`.
    public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
        rawValue = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
    }

    /// Parses four decimal octets, `192.0.2.1`; nil for anything else, leading zeros included.
    public init?(_ text: some StringProtocol) {
        var text = String(text)
        guard let number = text.withUTF8(Self.number) else { return nil }
        rawValue = number
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> UInt32? {
        var (number, octet, octets, digits): (UInt32, UInt32, Int, Int) = (0, 0, 0, 0)
        for character in text {
            switch character {
            case UInt8(ascii: ".") where digits > 0 && octets < 3:
                number = number << 8 | octet
                (octet, digits, octets) = (0, 0, octets + 1)
            case UInt8(ascii: "0")...UInt8(ascii: "9") where digits == 0 || octet > 0:
                octet = octet * 10 + UInt32(character - UInt8(ascii: "0"))
                digits += 1
                guard octet <= 255 else { return nil }
            default: return nil
            }
        }
        return digits > 0 && octets == 3 ? number << 8 | octet : nil
    }

    /// 0.0.0.0.
    public static let unspecified = IPv4Address(rawValue: 0)

    /// Whether the address lies in 224.0.0.0/4.
    public var isMulticast: Bool { rawValue >> 28 == 0xe }

    /// Whether the address lies in 127.0.0.0/8.
    public var isLoopback: Bool { rawValue >> 24 == 127 }

    /// Orders by the unsigned number.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension IPv4Address: CustomStringConvertible {
    /// Four decimal octets between dots.
    public var description: String {
        // A status has hundreds of addresses; to put four strings together takes eight times as long.
        String(unsafeUninitializedCapacity: 15) { text in
            var count = 0
            func put(_ character: UInt8) {
                text[count] = character
                count += 1
            }
            for shift: UInt32 in [24, 16, 8, 0] {
                let octet = UInt8(truncatingIfNeeded: rawValue >> shift)
                if octet >= 100 { put(UInt8(ascii: "0") + octet / 100) }
                if octet >= 10 { put(UInt8(ascii: "0") + octet / 10 % 10) }
                put(UInt8(ascii: "0") + octet % 10)
                if shift > 0 { put(UInt8(ascii: ".")) }
            }
            return count
        }
    }
}

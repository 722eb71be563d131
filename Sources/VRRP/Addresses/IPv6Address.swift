/// An IPv6 address, ordered as an unsigned number in network byte order (RFC 9568, section 6.4.3).
public struct IPv6Address: Hashable, Comparable, Sendable {
    /// The first eight octets as a number, the first octet being the most significant.
    public var high: UInt64
    /// The last eight octets as a number.
    public var low: UInt64

    /// The address made of two halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Parses the text forms of RFC 4291, section 2.2, without a zone; nil for anything else.
    public init?(_ text: some StringProtocol) {
        guard let groups = Self.groups(of: String(text)) else { return nil }
        high = groups[0..<4].reduce(0) { $0 << 16 | UInt64($1) }
        low = groups[4..<8].reduce(0) { $0 << 16 | UInt64($1) }
    }

    /// `::`.
    public static let unspecified = IPv6Address(high: 0, low: 0)

    /// Whether the address lies in fe80::/10.
    public var isLinkLocal: Bool { high >> 54 == 0xfe80 >> 6 }

    /// Whether the address lies in ff00::/8.
    public var isMulticast: Bool { high >> 56 == 0xff }

    /// Whether the address is ::1.
    public var isLoopback: Bool { high == 0 && low == 1 }

    /// The solicited-node group of the address, in ff02::1:ff00:0/104 (RFC 4291, section 2.7.1).
    public var solicitedNodeGroup: IPv6Address {
        IPv6Address(high: 0xff02_0000_0000_0000, low: 0x1_ff00_0000 | low & 0xff_ffff)
    }

    /// Orders by the unsigned number.
    public static func < (left: Self, right: Self) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }

    /// The eight groups of a text, its `::` filled with zeros and its dotted tail folded in.
    private static func groups(of text: String) -> [UInt16]? {
        guard !text.isEmpty, text.utf8.count <= 45 else { return nil }
        guard let gap = Self.gap(in: text) else {
            guard let all = plainGroups(text), all.count == 8 else { return nil }
            return all
        }
        guard let head = plainGroups(String(text[..<gap.lowerBound])),
            let tail = plainGroups(String(text[gap.upperBound...])),
            head.count + tail.count <= 7, !text[..<gap.lowerBound].contains(".")
        else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    private static func gap(in text: String) -> Range<String.Index>? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if next < text.endIndex, text[index] == ":", text[next] == ":" { return index..<text.index(after: next) }
            index = next
        }
        return nil
    }

    /// The groups of a text without `::`; an empty text has none.
    private static func plainGroups(_ text: String) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var groups: [UInt16] = []
        for (position, part) in parts.enumerated() {
            if position == parts.count - 1, part.contains(".") {
                guard let tail = IPv4Address(part) else { return nil }
                groups.append(UInt16(tail.rawValue >> 16))
                groups.append(UInt16(tail.rawValue & 0xffff))
            } else {
                guard (1...4).contains(part.utf8.count),
                    part.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups.count <= 8 ? groups : nil
    }
}

extension IPv6Address: CustomStringConvertible {
    /// The canonical text of RFC 5952: lower case, no leading zeros, the longest run of zero groups as `::`, and an
    /// IPv4-mapped address with its IPv4 address in dots (section 5).
    public var description: String {
        if high == 0, low >> 32 == 0xffff { return "::ffff:\(IPv4Address(rawValue: UInt32(low & 0xffff_ffff)))" }
        let groups = (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> UInt64(48 - 16 * ($0 % 4))) }
        var best = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > best.count, end - start > 1 { best = start..<end }
            start = max(end, start + 1)
        }
        func text(_ slice: ArraySlice<UInt16>) -> String {
            slice.map { String($0, radix: 16) }.joined(separator: ":")
        }
        return best.isEmpty
            ? text(groups[...]) : text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
    }
}

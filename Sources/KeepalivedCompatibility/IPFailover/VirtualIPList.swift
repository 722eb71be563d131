import VRRP

/// The addresses that OPENSHIFT_HA_VIRTUAL_IPS stands for.
///
/// An entry is an address, or a range in its last part: `192.0.2.10-12` or `2001:db8::a-c`. The end of a range may also be
/// written as a whole address.
enum VirtualIPList {
    /// How many addresses a list may stand for: many more than one host has, few enough to be written down at once.
    static let limit = 4096

    /// The addresses in the order of the list; what is wrong is reported and left out.
    static func read(_ reader: inout EnvironmentReader) -> [IPAddress] {
        let variable = FailoverVariable.virtualIPs
        var addresses: [IPAddress] = []
        var seen: Set<IPAddress> = []
        for word in reader.words(variable) {
            let found: [IPAddress]
            do { found = try expand(word) } catch {
                reader.report(variable, "\"\(printable(word))\" \(error.reason)")
                continue
            }
            for address in found {
                guard seen.insert(address).inserted else {
                    reader.report(variable, "\(address) is there more than once")
                    break
                }
                addresses.append(address)
            }
            guard addresses.count <= limit else {
                reader.report(variable, "these are more than \(limit) addresses")
                return []
            }
        }
        return addresses
    }

    /// Why an entry stands for nothing, as the end of a sentence that begins with the entry.
    struct Problem: Error {
        let reason: String
    }

    /// The addresses of one entry, at least one.
    static func expand(_ entry: String) throws(Problem) -> [IPAddress] {
        if entry.utf8.contains(UInt8(ascii: "/")) {
            throw Problem(reason: "has a prefix length; allowed is the address alone, which is held as /32 or /128")
        }
        let ends = entry.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = IPAddress(ends[0]) else {
            throw Problem(reason: "is not allowed; allowed is an IPv4 or IPv6 address, or a range like 192.0.2.10-12")
        }
        let last = try ends.count == 2 ? end(String(ends[1]), of: first) : first
        guard first <= last else {
            throw Problem(reason: "ends before it begins; allowed is a range in ascending order")
        }
        let range = sequence(first: first) { $0 < last ? $0.successor : nil }.map(\.self)
        guard range.allSatisfy(\.isUnicast) else {
            throw Problem(reason: "is no address that a host can hold; allowed is none of multicast, loopback and zero")
        }
        return range
    }

    /// The end of a range: the last part of an address, or a whole address of the same network.
    private static func end(_ text: String, of first: IPAddress) throws(Problem) -> IPAddress {
        switch first {
        case .v4(let first):
            if let octet = UInt8(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
                return .v4(IPv4Address(rawValue: first.rawValue & ~0xff | UInt32(octet)))
            }
            if let last = IPv4Address(text), last.rawValue >> 8 == first.rawValue >> 8 { return .v4(last) }
            throw Problem(reason: "has no end that is allowed; allowed is a last octet up to 255")
        case .v6(let first):
            if (1...4).contains(text.utf8.count), let group = UInt16(text, radix: 16), !text.hasPrefix("+") {
                return .v6(IPv6Address(high: first.high, low: first.low & ~0xffff | UInt64(group)))
            }
            if let last = IPv6Address(text), last.high == first.high, last.low >> 16 == first.low >> 16 {
                return .v6(last)
            }
            throw Problem(reason: "has no end that is allowed; allowed is a last group up to ffff")
        }
    }
}

extension IPAddress {
    /// The address whose number is one higher, within the same last part.
    fileprivate var successor: IPAddress {
        switch self {
        case .v4(let address): .v4(IPv4Address(rawValue: address.rawValue &+ 1))
        case .v6(let address): .v6(IPv6Address(high: address.high, low: address.low &+ 1))
        }
    }
}

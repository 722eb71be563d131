import VRRP

/// How a value is written and what it becomes.
struct ValueFormat<Value: Sendable>: Sendable {
    /// What is allowed, as the end of a sentence: "1 to 255".
    let allowed: String
    /// The meaning of a text; nil where it is not allowed.
    let read: @Sendable (String) -> Value?
    /// Whether the text must not be repeated in a diagnostic.
    let isSecret: Bool

    init(allowed: String, isSecret: Bool = false, _ read: @escaping @Sendable (String) -> Value?) {
        self.allowed = allowed
        self.isSecret = isSecret
        self.read = read
    }
}

extension ValueFormat {
    /// One of a few words.
    static func choice(_ choices: KeyValuePairs<String, Value>) -> Self {
        let words = choices.map(\.key)
        let last = words.last ?? ""
        let allowed = words.count > 1 ? words.dropLast().joined(separator: ", ") + " or " + last : last
        let meanings = Dictionary(choices.map { ($0.key, $0.value) }) { first, _ in first }
        return ValueFormat(allowed: allowed) { meanings[$0] }
    }
}

extension ValueFormat<Int> {
    /// A decimal number within a range.
    static func integer(_ range: ClosedRange<Int>) -> Self {
        ValueFormat(allowed: "\(range.lowerBound) to \(range.upperBound)") { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}

extension ValueFormat<Bool> {
    /// The words for yes and no, in lower case.
    static var switching: Self {
        .choice(["on": true, "off": false, "true": true, "false": false, "yes": true, "no": false])
    }
}

extension ValueFormat<String> {
    /// Any text but the empty one.
    static func text(_ allowed: String, isSecret: Bool = false) -> Self {
        ValueFormat(allowed: allowed, isSecret: isSecret) { $0.isEmpty ? nil : $0 }
    }

    /// A name that the kernel takes for an interface.
    static var interfaceName: Self { interfaceName(octets: 15) }

    /// A name that the kernel takes for an interface, or the beginning of one, of at most `limit` octets.
    static func interfaceName(octets limit: Int) -> Self {
        ValueFormat(allowed: "an interface name of 1 to \(limit) octets") { text in
            let isName = isKernelName(text, octets: limit) && !text.utf8.contains(UInt8(ascii: ":"))
            return isName ? text : nil
        }
    }

    /// The name of an address, which may hold a colon where that of an interface may not.
    static var addressLabel: Self {
        ValueFormat(allowed: "a name of 1 to 15 octets") { isKernelName($0, octets: 15) ? $0 : nil }
    }

    /// A network namespace: a name as `ip netns` gives it, or the path of any.
    static var networkNamespace: Self {
        ValueFormat(allowed: "a name without slashes or an absolute path") { text in
            let isName = !text.isEmpty && text != "." && text != ".." && !text.utf8.contains(UInt8(ascii: "/"))
            return isName || text.hasPrefix("/") ? text : nil
        }
    }

    private static func isKernelName(_ text: String, octets limit: Int) -> Bool {
        (1...limit).contains(text.utf8.count) && text != "." && text != ".."
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "/") }
    }
}

extension ValueFormat<VirtualRouterID> {
    /// The identifier of a virtual router.
    static var virtualRouterID: Self {
        ValueFormat(allowed: "1 to 255") { UInt8($0).flatMap(VirtualRouterID.init(rawValue:)) }
    }
}

extension ValueFormat<Priority> {
    /// The priority of a router that takes part.
    static var priority: Self {
        ValueFormat(allowed: "1 to 255") { UInt8($0).flatMap(Priority.init(rawValue:)) }
    }
}

extension ValueFormat<ProtocolVersion> {
    /// A version of the protocol.
    static var version: Self {
        ValueFormat(allowed: "2 or 3") { UInt8($0).flatMap(ProtocolVersion.init(rawValue:)) }
    }
}

extension ValueFormat<IPAddress> {
    /// An address that one host can have.
    static var hostAddress: Self {
        ValueFormat(allowed: "an IPv4 or IPv6 address of a host") { text in
            IPAddress(text).flatMap { $0.isUnicast ? $0 : nil }
        }
    }

    /// A multicast group; of any family unless one is given.
    static func group(_ family: AddressFamily? = nil) -> Self {
        let name =
            switch family {
            case .ipv4?: "an IPv4"
            case .ipv6?: "an IPv6"
            case nil: "an IPv4 or IPv6"
            }
        return ValueFormat(allowed: "\(name) multicast address") { text in
            IPAddress(text).flatMap { $0.isMulticast && $0.family == family ?? $0.family ? $0 : nil }
        }
    }
}

public import VRRP
public import VRRPEngine

// Literals for scenarios and tests, where a wrong one is a mistake in the program text: it traps.

extension IPAddress {
    /// The address that `text` spells.
    ///
    /// Not a conformance to `ExpressibleByStringLiteral`: that would change what `IPAddress("192.0.2.1")` means.
    public static func literal(_ text: String) -> IPAddress {
        guard let address = IPAddress(text) else { preconditionFailure("\"\(text)\" is not an IP address") }
        return address
    }
}

extension VirtualAddress: ExpressibleByStringLiteral {
    /// The address that the literal spells, with or without a prefix length: `192.0.2.100/24`.
    public init(stringLiteral text: String) {
        let (address, prefixLength) = split(text)
        self.init(address, prefixLength: prefixLength)
    }
}

extension HostAddress: ExpressibleByStringLiteral {
    /// The address that the literal spells, with or without a prefix length: `192.0.2.10/24`.
    public init(stringLiteral text: String) {
        let (address, prefixLength) = split(text)
        self.init(address, prefixLength: prefixLength ?? address.family.maximumPrefixLength)
    }
}

extension Priority: ExpressibleByIntegerLiteral {
    /// The priority with this number.
    public init(integerLiteral number: UInt8) {
        guard let priority = Priority(rawValue: number) else { preconditionFailure("\(number) is not a priority") }
        self = priority
    }
}

extension VirtualRouterID: ExpressibleByIntegerLiteral {
    /// The identifier with this number.
    public init(integerLiteral number: UInt8) {
        guard let id = VirtualRouterID(rawValue: number) else { preconditionFailure("\(number) is not an identifier") }
        self = id
    }
}

extension AdvertisementInterval {
    /// An interval of so many hundredths of a second.
    public static func centiseconds(_ count: Int) -> AdvertisementInterval {
        guard let interval = AdvertisementInterval(centiseconds: count) else {
            preconditionFailure("\(count) centiseconds are not an interval")
        }
        return interval
    }
}

private func split(_ text: String) -> (address: IPAddress, prefixLength: UInt8?) {
    let parts = text.split(separator: "/", maxSplits: 1)
    guard let first = parts.first, let address = IPAddress(first) else {
        preconditionFailure("\"\(text)\" is not an IP address")
    }
    guard parts.count == 2 else { return (address, nil) }
    guard let prefixLength = UInt8(parts[1]) else { preconditionFailure("\"\(text)\" has no valid prefix length") }
    return (address, prefixLength)
}

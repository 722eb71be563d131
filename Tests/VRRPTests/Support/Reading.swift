import VRRP

// The checking macros of the test library cannot hold a span; these take arrays.

extension Advertisement {
    /// Reads the fixed part of a message.
    static func read(_ message: [UInt8]) -> Advertisement? { Advertisement(message.span) }

    /// The addresses that a complete message lists.
    static func addresses(_ count: Int, of family: AddressFamily, in message: [UInt8]) -> [IPAddress] {
        (0..<count).map { address($0, of: family, in: message.span) }
    }
}

extension IPPacket {
    /// Reads an Ethernet frame.
    static func read(_ frame: [UInt8]) -> IPPacket? { IPPacket(ethernet: frame.span) }
}

extension MACAddress {
    /// The two addresses that an Ethernet frame starts with.
    static func read(_ frame: [UInt8]) -> (destination: MACAddress, source: MACAddress) {
        (MACAddress(in: frame.span, at: 0), MACAddress(in: frame.span, at: 6))
    }
}

extension Verdict {
    /// Takes a message and its envelope through the checks of the virtual router.
    static func of(message: [UInt8], _ datagram: Datagram, under rules: ReceptionRules) -> Verdict {
        of(message.span, datagram, under: rules)
    }
}

import Glibc

/// Whom a connection comes from, as far as that can be told apart: a host that has one IPv6 address has the whole /64.
struct ConnectionOrigin: Hashable {
    private let octets: [UInt8]

    /// The origin behind an address; nil for a connection that has none.
    init(_ address: String?) {
        let text = address ?? ""
        var octets = [UInt8](repeating: 0, count: 16)
        self.octets = inet_pton(AF_INET6, text, &octets) == 1 ? Self.significant(octets) : Array(text.utf8)
    }

    /// An IPv4 address that a socket of both families shows as an IPv6 address counts whole.
    private static func significant(_ octets: [UInt8]) -> [UInt8] {
        let isMapped = octets[..<10].allSatisfy { $0 == 0 } && octets[10] == 0xFF && octets[11] == 0xFF
        return isMapped ? octets : Array(octets[..<8])
    }
}

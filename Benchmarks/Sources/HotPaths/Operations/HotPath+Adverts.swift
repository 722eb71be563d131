import VRRP

extension HotPath {
    /// One advert to and from its octets.
    static var adverts: [HotPath] {
        [
            HotPath("encode an advert anew", repetitions: 1000) {
                (contents: Material.contents(Material.identifiers[50]), octets: spaceForOctets())
            } body: { state, count in
                for repetition in 0..<count {
                    state.octets.removeAll(keepingCapacity: true)
                    state.contents.encode(
                        priority: UInt8(truncatingIfNeeded: repetition), source: Material.peer,
                        destination: Material.group, into: &state.octets)
                }
            },
            HotPath("encode an advert from its template", repetitions: 1000) {
                (template: Material.template(Material.identifiers[50], priority: 100), octets: spaceForOctets())
            } body: { state, count in
                for repetition in 0..<count {
                    state.octets.removeAll(keepingCapacity: true)
                    state.template.append(priority: UInt8(truncatingIfNeeded: repetition), to: &state.octets)
                }
            },
            HotPath("decode and check an advert", repetitions: 1000) {
                Reception()
            } body: { state, count in
                for _ in 0..<count { state.receive() }
            },
        ]
    }

    private static func spaceForOctets() -> [UInt8] {
        var octets: [UInt8] = []
        octets.reserveCapacity(4096)
        return octets
    }
}

/// A receiver of adverts about one virtual router, and one advert.
private struct Reception {
    private let message: [UInt8]
    private let rules: ReceptionRules
    private let datagram = Datagram(source: Material.peer, destination: Material.group, hopLimit: 255)

    init() {
        let id = Material.identifiers[50]
        var octets: [UInt8] = []
        Material.contents(id).encode(
            priority: 100, source: Material.peer, destination: Material.group, into: &octets)
        message = octets
        rules = ReceptionRules(
            version: .v3, family: .ipv4, interval: Material.interval,
            addresses: [Material.address(of: id, onInterface: 0)])
    }

    func receive() {
        let priority = (try? rules.check(message.span, datagram))?.priority
        precondition(priority == 100, "the advert was discarded")
    }
}

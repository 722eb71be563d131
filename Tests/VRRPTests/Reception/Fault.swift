import VRRP

/// One thing that can be wrong with a packet, and the counter that it must raise when it is the first one found.
struct Fault: Sendable {
    let name: String
    let reason: DiscardReason
    let apply: @Sendable (inout SyntheticPacket) -> Void

    init(_ name: String, _ reason: DiscardReason, _ apply: @escaping @Sendable (inout SyntheticPacket) -> Void) {
        self.name = name
        self.reason = reason
        self.apply = apply
    }

    /// The faults of every version and family, in the order in which they are looked for.
    private static let envelope = [
        Fault("another protocol", .ipHeader) { $0.ipProtocol = 17 },
        Fault("another destination", .destination) {
            $0.destination = $0.source.family == .ipv4 ? Bench.local : Bench.local6
        },
        Fault("the router's own source", .source) {
            $0.source = $0.source.family == .ipv4 ? Bench.local : Bench.local6
        },
        Fault("hop limit", .hopLimit) { $0.hopLimit = 254 },
        Fault("shorter than a header", .length) { $0.truncation = 7 },
        Fault("version", .version) { $0.version = 1 },
        Fault("type", .type) { $0.type = 2 },
        Fault("virtual router identifier", .virtualRouterID) { $0.virtualRouterID = 0 },
        Fault("not as long as the count says", .length) { $0.trailer += [0, 0] },
        Fault("checksum", .checksum) { $0.checksum = .damaged },
        Fault("no address", .addressList) { $0.addresses = [] },
    ]

    /// The faults that only VRRPv2 knows, or in another order.
    static let version2 =
        envelope + [
            Fault("unknown authentication type", .authenticationType) { $0.authenticationType = 3 },
            Fault("another authentication type", .authenticationMismatch) { $0.authenticationType = 0 },
            Fault("another password", .authenticationFailure) { $0.trailer[0] ^= 1 },
            Fault("interval", .interval) { $0.interval = 2 },
            Fault("another address list", .addressList) { $0.addresses.reverse() },
        ]

    static let version3 =
        envelope + [
            Fault("interval", .interval) { $0.interval = 0 },
            Fault("another address list", .addressList) { $0.addresses.reverse() },
        ]

    static let version3IPv6 =
        envelope + [
            Fault("interval", .interval) { $0.interval = 0 },
            Fault("first address not link-local", .addressList) { $0.addresses.removeFirst() },
        ]
}

import Testing
import VRRP

@Suite("A packet with two faults counts under the first of them")
struct OrderOfChecksTests {
    @Test("VRRPv2")
    func version2() throws {
        let password = try #require(SimpleTextPassword("s3cret"))
        let packet = SyntheticPacket(version: 2).with {
            $0.authenticationType = 1
            $0.trailer = [0x73, 0x33, 0x63, 0x72, 0x65, 0x74, 0, 0]
        }
        check(Fault.version2, packet, Bench.rules(.v2).with { $0.authentication = .simpleText(password) })
    }

    @Test("VRRPv3 over IPv4")
    func version3() { check(Fault.version3, SyntheticPacket(), Bench.rules()) }

    @Test("VRRPv3 over IPv6")
    func version3IPv6() { check(Fault.version3IPv6, SyntheticPacket(.ipv6), Bench.rules(.v3, .ipv6)) }

    private func check(_ faults: [Fault], _ packet: SyntheticPacket, _ rules: ReceptionRules) {
        let rules = rules.with { $0.addressListMismatch = .discard }
        #expect(Verdict.of(frame: packet.frame, under: rules).advertisement != nil, "the packet itself is sound")
        for (place, first) in faults.enumerated() {
            #expect(
                Verdict.of(frame: packet.with(first.apply).frame, under: rules) == .discarded(first.reason),
                "\(first.name)")
            for second in faults[(place + 1)...] {
                // The first fault is applied last, so that it wins where both concern one field.
                let packet = packet.with(second.apply).with(first.apply)
                #expect(
                    Verdict.of(frame: packet.frame, under: rules) == .discarded(first.reason),
                    "\(first.name), then \(second.name)")
            }
        }
    }
}

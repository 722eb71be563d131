import NodeAgent
import Testing
import VRRP

@Suite("The question for a route")
struct RouteQuestionTests {
    @Test("It is what `ip route get` asks")
    func question() {
        let octets = RouteQuestion(IPAddress("192.0.2.1")!).octets
        #expect(octets.count == 36 && octets[0] == 36)
        #expect(octets[4] == 26 && octets[16] == 2 && octets[17] == 32)
        // RTM_F_FIB_MATCH.
        #expect(Array(octets[24..<28]) == [0, 0x20, 0, 0])
        #expect(Array(octets.suffix(8)) == [8, 0, 1, 0, 192, 0, 2, 1])
        #expect(RouteQuestion(IPAddress("2001:db8::1")!).octets.count == 48)
        let bound = RouteQuestion(IPAddress("192.0.2.1")!, by: 7).octets
        #expect(bound[0] == 44 && Array(bound.suffix(8)) == [8, 0, 4, 0, 7, 0, 0, 0])
    }

    /// A route to 192.0.2.0/24 with attributes for the destination, the output interface and the metric.
    private func route(type: UInt8, index: UInt8 = 7) -> [UInt8] {
        [52, 0, 0, 0, 24, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0] + [2, 24, 0, 0, 254, 0, 0, type, 0, 2, 0, 0]
            + [8, 0, 1, 0, 192, 0, 2, 0] + [8, 0, 4, 0, index, 0, 0, 0] + [8, 0, 6, 0, 100, 0, 0, 0]
    }

    @Test("The answer names the interface; an own address is told apart; all else cannot be reached")
    func answers() {
        #expect(RouteAnswer(route(type: 1)) == .interfaces([7], prefixLength: 24, metric: 100))
        #expect(RouteAnswer(route(type: 2)) == .local)
        #expect(RouteAnswer(route(type: 6)) == .unreachable)
        // NLMSG_ERROR with ENETUNREACH.
        #expect(RouteAnswer([36, 0, 0, 0, 2, 0] + [UInt8](repeating: 0, count: 30)) == .unreachable)
    }

    /// The default route of `ip route add default nexthop via 192.0.2.2 dev … nexthop via 198.51.100.2 dev …`.
    private static let multipath: [UInt8] =
        [68, 0, 0, 0, 24, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0] + [2, 0, 0, 0, 254, 3, 0, 1, 0, 0x20, 0, 0]
        + [36, 0, 9, 0] + [16, 0, 0, 0, 7, 0, 0, 0, 8, 0, 5, 0, 192, 0, 2, 2]
        + [16, 0, 0, 0, 9, 0, 0, 0, 8, 0, 5, 0, 198, 51, 100, 2] + [4, 0, 99, 0]

    @Test("An entry with several next hops leads to the interfaces of all of them")
    func severalNextHops() {
        #expect(RouteAnswer(Self.multipath) == .interfaces([7, 9], prefixLength: 0, metric: 0))
    }

    @Test("Answers that end early or lie about their lengths are no trouble", arguments: [false, true])
    func malformed(isMultipath: Bool) {
        let whole = isMultipath ? Self.multipath : route(type: 1)
        for length in 0..<whole.count { _ = RouteAnswer(Array(whole.prefix(length))) }
        for place in 28..<whole.count {
            for value in [0, 1, 7, 255] as [UInt8] {
                var other = whole
                other[place] = value
                _ = RouteAnswer(other)
            }
        }
        var endless = whole
        endless[28] = 0
        #expect(RouteAnswer(endless) == .unreachable)
    }
}

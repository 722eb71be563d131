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
        #expect(RouteAnswer(route(type: 1)) == .interface(index: 7, prefixLength: 24, metric: 100))
        #expect(RouteAnswer(route(type: 2)) == .local)
        #expect(RouteAnswer(route(type: 6)) == .unreachable)
        // NLMSG_ERROR with ENETUNREACH.
        #expect(RouteAnswer([36, 0, 0, 0, 2, 0] + [UInt8](repeating: 0, count: 30)) == .unreachable)
    }

    @Test("Answers that end early or lie about their lengths are no trouble")
    func malformed() {
        let whole = route(type: 1)
        for length in 0..<whole.count { _ = RouteAnswer(Array(whole.prefix(length))) }
        var endless = whole
        endless[28] = 0
        #expect(RouteAnswer(endless) == .unreachable)
    }
}

import Testing
import VRRP

@Suite("A packet to no configured virtual router")
struct UnknownRouterTests {
    @Test("counts under what is wrong first, and as an unknown identifier where nothing is")
    func reasons() {
        let packet = SyntheticPacket().with { $0.virtualRouterID = 200 }
        #expect(reason(packet) == .virtualRouterID)
        #expect(reason(packet.with { $0.hopLimit = 64 }) == .hopLimit)
        #expect(reason(packet.with { $0.truncation = 7 }) == .length)
        #expect(reason(packet.with { $0.version = 2 }) == .version)
        #expect(reason(packet.with { $0.type = 0 }) == .type)
        #expect(reason(packet.with { $0.checksum = .damaged }) == .virtualRouterID, "it is checked later")
    }

    private func reason(_ packet: SyntheticPacket) -> DiscardReason {
        let datagram = Datagram(
            source: packet.source, destination: packet.destination, hopLimit: packet.hopLimit)
        return ReceptionRules.reasonForUnknownRouter(packet.message.span, datagram) { $0 == 3 }
    }
}

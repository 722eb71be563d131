import Testing
import VRRP
import VRRPSimulation

@testable import VRRPEngine

@Suite("The adverts before and after a change of state")
struct AdvertCaptureTests {
    private func octets(_ capture: AdvertCapture) -> [UInt8] { capture.adverts.compactMap(\.octets.first) }

    private func capture(_ numbers: ClosedRange<UInt8>, in capture: inout AdvertCapture) {
        for number in numbers { capture.record(received: [number].span, at: .zero, .accepted) }
    }

    @Test("What led to a change is kept until the next one, beside what came since")
    func freeze() {
        var kept = AdvertCapture(routerCount: 1)
        capture(1...2, in: &kept)
        kept.freeze()
        capture(3...4, in: &kept)
        #expect(octets(kept) == [1, 2, 3, 4])
        // As many as there is room for since the change: those before it stay.
        capture(100...200, in: &kept)
        #expect(octets(kept) == [1, 2] + Array(137...200))
        kept.freeze()
        #expect(octets(kept) == Array(137...200))
        capture(9...9, in: &kept)
        #expect(octets(kept) == Array(137...200) + [9])
    }

    @Test(
        "Many routers share the memory, and each has room for two adverts in any case",
        arguments: [(1, 64), (136, 64), (255, 34), (4080, 2), (100_000, 2)])
    func capacity(routers: Int, adverts: Int) {
        var kept = AdvertCapture(routerCount: routers)
        capture(1...200, in: &kept)
        #expect(kept.adverts.count == adverts)
    }

    @Test("The header of a received IPv6 packet is written anew")
    func headerOfIPv6() throws {
        var kept = AdvertCapture(routerCount: 1)
        let (source, destination) = (IPAddress.literal("fe80::b"), IPAddress.literal("ff02::12"))
        kept.record(
            received: [0x31, 77, 100].span, Datagram(source: source, destination: destination, hopLimit: 255),
            at: .zero, .accepted)
        var expected: [UInt8] = [0x60, 0, 0, 0, 0, 3, 112, 255]
        source.append(to: &expected)
        destination.append(to: &expected)
        #expect(kept.adverts.first?.octets == expected + [0x31, 77, 100])
    }

    @Test("An advert to several peers is kept once, so that it does not drive out what was heard")
    func unicast() throws {
        let peers = (1...9).map { UnicastPeer(address: .literal("192.0.2.\(200 + $0)")) }
        var bench = Bench {
            $0.transport = .unicast(peers: peers + [UnicastPeer(address: Bench.higher)])
        }
        bench.becomeActive()
        bench.run(until: 6.0)
        let capture = try #require(bench.lab.node(Bench.name).engine.capture(ofRouter: "vr"))
        #expect(capture.adverts.map(\.decision) == [.sent, .sent, .sent])
        #expect(bench.snapshot.statistics.advertisementsSent == 30)
    }
}

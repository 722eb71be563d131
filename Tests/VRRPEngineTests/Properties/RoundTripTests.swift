import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Adverts of random routers")
struct RoundTripTests {
    @Test("(d) What one engine sends another one reads as it was meant", arguments: 1...200)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let router = Self.randomRouter(using: &random)
        let source: IPAddress = router.family == .ipv4 ? .literal("192.0.2.20") : .literal("fe80::20")
        let priority = UInt8.random(in: 0...255, using: &random)
        let advert = ForgedAdvertisement(for: router, from: source, priority: priority)
        let frame = advert.frame
        let packet = IPPacket(ethernet: frame.span)!
        #expect(packet.datagram == Datagram(source: source, destination: router.family.vrrpGroup, hopLimit: 255))
        var rules = ReceptionRules(
            version: router.version, family: router.family, interval: router.advertisementInterval,
            authentication: router.authentication, addresses: router.addresses.map(\.address))
        rules.requiresLinkLocalFirst = false
        let received = try rules.check(frame.span.extracting(packet.message), packet.datagram)
        #expect(received.priority == priority)
        #expect(received.interval == router.advertisementInterval)
        #expect(received.source == source)
        #expect(!received.warnings.contains(.addressListDiffers))
    }

    @Test("(e) No prefix of an advert and no octets at random are read beyond their end", arguments: 1...50)
    func truncation(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bench = Bench(Self.randomRouter(using: &random))
        let frame = ForgedAdvertisement(for: bench.router, from: Bench.higher, priority: 200).frame
        for _ in 0..<50 {
            var mutated = Array(frame.prefix(Int.random(in: 14...frame.count, using: &random)))
            for _ in 0..<Int.random(in: 0...4, using: &random) where mutated.count > 14 {
                let place = Int.random(in: 14..<mutated.count, using: &random)
                mutated[place] = UInt8.random(in: 0...255, using: &random)
            }
            bench.lab.inject(mutated, into: Bench.name)
        }
        #expect(bench.lab.violation == nil)
    }

    @Test("(a) No invalid packet changes the state of a router, whatever the state", arguments: 1...20)
    func invalidPackets(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for isActive in [false, true] {
            var bench = Bench()
            if isActive { bench.becomeActive() }
            let before = bench.snapshot.state
            for _ in 0..<50 {
                // One flipped bit of the message that is not one of the reserved ones never passes.
                let bit = Int.random(in: 0..<128, using: &random)
                bench.hear(priority: 200) { $0.mutation = { $0[34 + bit / 8] ^= 0x80 >> UInt8(bit % 8) } }
            }
            #expect(bench.snapshot.state == before)
            #expect(bench.snapshot.statistics.advertisementsReceived == 0)
        }
    }

    private static func randomRouter(using random: inout SplitMix64) -> VirtualRouterDefinition {
        let family: AddressFamily = random.chance(50) ? .ipv4 : .ipv6
        let count = random.chance(10) ? 255 : Int.random(in: 1...20, using: &random)
        let addresses = (0..<count).map { number in
            VirtualAddress(
                stringLiteral: family == .ipv4
                    ? "198.18.\(number / 200).\(number % 200 + 1)" : "fe80::\(String(number + 1, radix: 16))")
        }
        var router = VirtualRouterDefinition.example(
            family: family, id: VirtualRouterID(integerLiteral: .random(in: 1...255, using: &random)),
            addresses: addresses)
        router.version = family == .ipv4 && random.chance(40) ? .v2 : .v3
        router.advertisementInterval =
            router.version == .v2
            ? .centiseconds(100 * Int.random(in: 1...255, using: &random))
            : .centiseconds(Int.random(in: 1...4095, using: &random))
        if router.version == .v2, random.chance(50) {
            router.authentication = .simpleText(SimpleTextPassword("s3cret")!)
        }
        return router
    }
}

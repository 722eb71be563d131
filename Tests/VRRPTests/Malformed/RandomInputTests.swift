import Testing
import VRRP

@Suite("Random octets")
struct RandomInputTests {
    @Test("are no advert, whichever family they come by", arguments: 0..<4 as Range<UInt64>, AddressFamily.allCases)
    func messages(seed: UInt64, _ family: AddressFamily) {
        var generator = SplitMix64(seed: seed)
        let datagram = Datagram(
            source: family == .ipv4 ? Bench.injector : Bench.injector6, destination: family.vrrpGroup, hopLimit: 255)
        let rules = Bench.rules(.v3, family)
        for _ in 0..<500 {
            let message = generator.octets(.random(in: 0...2000, using: &generator))
            #expect(Verdict.of(message: message, datagram, under: rules).reason != nil, "seed \(seed)")
        }
    }

    @Test("are no frame, with or without an Ethernet type in place", arguments: 0..<4 as Range<UInt64>)
    func frames(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for round in 0..<1000 {
            var frame = generator.octets(.random(in: 0...200, using: &generator))
            if frame.count > 16 {
                frame.setUInt16([0x0800, 0x86dd, 0x8100, 0x0806][round % 4], at: 12)
                frame[14] = round.isMultiple(of: 2) ? 0x45 : 0x60
            }
            #expect(Verdict.of(frame: frame, under: Bench.rules()).reason != nil, "seed \(seed)")
        }
    }
}

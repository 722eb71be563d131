import Testing
import VRRP

@Suite("The Internet checksum")
struct InternetChecksumTests {
    private func checksum(_ data: [UInt8]) -> UInt16 {
        var sum = InternetChecksum()
        sum.add(data.span)
        return sum.field
    }

    @Test("The example of RFC 1071 sums up to ddf2")
    func example() {
        #expect(~checksum([0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7]) == 0xddf2)
    }

    @Test("It equals the plain one over random data of every length", arguments: 0..<4 as Range<UInt64>)
    func randomData(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for length in 0...300 {
            let data = generator.octets(length)
            #expect(checksum(data) == ReferenceChecksum.of(data), "\(length) octets of seed \(seed)")
        }
    }

    @Test("An update equals a new sum, whichever word changes", arguments: 0..<4 as Range<UInt64>)
    func update(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<500 {
            // A message is never all zeros: its first octet holds the version.
            var data = [0x31] + generator.octets(15)
            let before = checksum(data)
            let place = 2 * Int.random(in: 1..<8, using: &generator)
            let old = data.span.uint16(at: place)
            let new = [UInt16.min, .max, UInt16.random(in: 0...UInt16.max, using: &generator)].randomElement(
                using: &generator)
            data.setUInt16(new ?? 0, at: place)
            #expect(InternetChecksum.updated(before, replacing: old, with: new ?? 0) == checksum(data))
        }
    }

    @Test("Zero is a checksum like any other, and its negative twin is taken for it", arguments: TemplateCase.all)
    func cornerValues(_ sender: TemplateCase) throws {
        let template = try sender.steered(to: 0, priority: 200).template(priority: 200)
        var rules = ReceptionRules(version: sender.version, family: sender.family)
        if sender.checksum == .pseudoHeaderOfGroup { rules.acceptedChecksums = .pseudoHeader }
        var frame = template.frame
        #expect(frame.span.uint16(at: template.messageOffset + 6) == 0x0000)
        #expect(Verdict.of(frame: frame, under: rules).advertisement != nil)
        frame.setUInt16(0xffff, at: template.messageOffset + 6)
        #expect(Verdict.of(frame: frame, under: rules).advertisement != nil, "both stand for zero")
        for wrong in [UInt16(0x0001), 0xfffe, 0x8000, 0x0100] {
            frame.setUInt16(wrong, at: template.messageOffset + 6)
            #expect(Verdict.of(frame: frame, under: rules) == .discarded(.checksum))
        }
    }

    @Test("No advert is sent with ffff, because none is all zeros", arguments: TemplateCase.all)
    func neverNegativeZero(_ sender: TemplateCase) throws {
        let template = try sender.steered(to: 0xffff, priority: 200).template(priority: 200)
        #expect(template.frame.span.uint16(at: template.messageOffset + 6) == 0x0000)
    }
}

import Testing
import VRRP

@Suite("Mutated packets")
struct MutationTests {
    /// Some 200,000 packets in all; the seed of a failure names its packet.
    @Test(
        "Whatever is changed, nothing crashes and nothing is accepted that is not sound",
        arguments: 0..<20 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        let vectors = try CapturedVector.all().filter { !$0.needsAuthenticationHeader }
        let rules = try vectors.map { vector in
            try vector.rules().with {
                $0.requiresLinkLocalFirst = false
                $0.addressListMismatch = .count
            }
        }
        var accepted = 0
        for _ in 0..<10_000 {
            let choice = Int.random(in: 0..<vectors.count, using: &generator)
            var frame = vectors[choice].frame
            var mutation = Mutation(octets: frame)
            for _ in 0..<Int.random(in: 1...3, using: &generator) { mutation.change(using: &generator) }
            if Bool.random(using: &generator) { mutation.repairIPv4Header() }
            if Bool.random(using: &generator) { mutation.repairChecksum() }
            frame = mutation.octets
            guard let packet = IPPacket(ethernet: frame.span) else { continue }
            let message = frame.span.extracting(packet.message)
            let verdict = Verdict.of(message, packet.datagram, under: rules[choice])
            guard let advertisement = verdict.advertisement else { continue }
            accepted += 1
            if let flaw = flaw(of: Array(frame[packet.message]), packet.datagram, advertisement, rules[choice]) {
                Issue.record("seed \(seed): \(flaw) in \(frame.hexadecimal)")
            }
        }
        #expect((100..<9_000).contains(accepted), "the mutations of seed \(seed) are too mild or too rude")
    }

    /// What an accepted advert must be, said without the codec; nil where it is all that.
    private func flaw(
        of message: [UInt8], _ datagram: Datagram, _ advertisement: ReceivedAdvertisement, _ rules: ReceptionRules
    ) -> String? {
        let version = rules.version.rawValue
        guard message.count >= 12, message[0] == version << 4 | 1 else { return "version or type" }
        let length = 8 + Int(message[3]) * rules.family.addressLength + (version == 2 ? 8 : 0)
        guard message[3] > 0, message.count == length else { return "length" }
        guard message[1] > 0 else { return "identifier" }
        guard datagram.destination == rules.destination else { return "destination" }
        guard datagram.hopLimit == 255 else { return "hop limit" }
        guard advertisement.source == datagram.source, advertisement.priority == message[2] else { return "fields" }
        let interval = version == 2 ? Int(message[5]) * 100 : Int(message[4] & 0xf) * 256 + Int(message[5])
        guard interval > 0, interval == advertisement.interval.centiseconds else { return "interval" }
        let form = ReferenceChecksum.form(
            of: message, source: datagram.source, destination: datagram.destination)
        guard form == advertisement.checksumForm || advertisement.checksumForm == .pseudoHeaderOfGroup else {
            return "checksum"
        }
        return nil
    }
}

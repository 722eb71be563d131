import Testing
import VRRP

@Suite("One flipped bit")
struct BitFlipTests {
    /// The vectors whose protocol this project reads, with rules under which they are accepted.
    private static func accepted() throws -> [CapturedVector] {
        try CapturedVector.all().filter { !$0.needsAuthenticationHeader }
    }

    private func tolerantRules(for vector: CapturedVector) throws -> ReceptionRules {
        var rules = try vector.rules()
        rules.requiresLinkLocalFirst = false
        // A flip of an address must be found by the checksum, not by the comparison with what is configured.
        rules.addressListMismatch = .ignore
        if rules.peers != nil {
            rules.peers = [.init(address: vector.datagram.source, minimumHopLimit: vector.datagram.hopLimit)]
        }
        return rules
    }

    @Test("is found wherever it is in the message", arguments: try accepted())
    func message(_ vector: CapturedVector) throws {
        let rules = try tolerantRules(for: vector)
        #expect(Verdict.of(message: vector.message, vector.datagram, under: rules).advertisement != nil)
        for bit in 0..<vector.message.count * 8 {
            var message = vector.message
            message[bit / 8] ^= 0x80 >> UInt8(bit % 8)
            #expect(Verdict.of(message: message, vector.datagram, under: rules).reason != nil, "bit \(bit)")
        }
    }

    @Test("is found wherever it is in an IPv4 header", arguments: try accepted().filter { $0.family == .ipv4 })
    func ipv4Header(_ vector: CapturedVector) throws {
        let rules = try tolerantRules(for: vector)
        #expect(Verdict.of(frame: vector.frame, under: rules).advertisement != nil)
        for bit in 0..<20 * 8 {
            var frame = vector.frame
            frame[14 + bit / 8] ^= 0x80 >> UInt8(bit % 8)
            #expect(Verdict.of(frame: frame, under: rules) == .discarded(.ipHeader), "bit \(bit)")
        }
    }

    @Test("in a reserved place is ignored where the checksum fits", arguments: 0..<4)
    func reserved(_ bit: Int) {
        let packet = SyntheticPacket().with { $0.reserved = 1 << UInt8(bit) }
        let advertisement = Verdict.of(frame: packet.frame, under: Bench.rules()).advertisement
        #expect(advertisement?.interval == .default)
        #expect(advertisement?.warnings == [])
    }
}

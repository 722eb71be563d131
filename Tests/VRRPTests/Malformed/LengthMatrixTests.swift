import Testing
import VRRP

@Suite("Lengths, versions and types in all combinations")
struct LengthMatrixTests {
    @Test(
        "A message is taken only where its length fits its count", arguments: [0, 1, 2, 254, 255] as [UInt8],
        [(ProtocolVersion.v2, AddressFamily.ipv4), (.v3, .ipv4), (.v3, .ipv6)])
    func lengths(_ count: UInt8, _ kind: (version: ProtocolVersion, family: AddressFamily)) {
        let (version, family) = kind
        var rules = ReceptionRules(version: version, family: family)
        rules.requiresLinkLocalFirst = false
        let fitting = 8 + Int(count) * (family == .ipv4 ? 4 : 16) + (version == .v2 ? 8 : 0)
        let datagram = Datagram(
            source: family == .ipv4 ? Bench.injector : Bench.injector6, destination: family.vrrpGroup, hopLimit: 255)
        let fixed: [UInt8] = [version.rawValue << 4 | 1, 77, 100, count, 0, version == .v2 ? 1 : 100, 0, 0]
        let padded = fixed + Array(repeating: 0, count: 1040)
        for length in Array(0...1040) + [4071, 4072, 4073, 4087, 4088, 4089] {
            var message = Array(padded.prefix(length)) + Array(repeating: 0, count: max(0, length - padded.count))
            if length == fitting {
                let header =
                    version == .v3
                    ? ReferenceChecksum.pseudoHeader(
                        source: datagram.source, destination: datagram.destination, length: length) : []
                message.setUInt16(ReferenceChecksum.of(header + message), at: 6)
            }
            let verdict = Verdict.of(message: message, datagram, under: rules)
            switch (length == fitting, count) {
            case (false, _): #expect(verdict == .discarded(.length), "\(length) octets")
            case (true, 0): #expect(verdict == .discarded(.addressList))
            case (true, _): #expect(verdict.advertisement?.priority == 100, "\(length) octets")
            }
        }
    }

    @Test("Of all versions and types one pair is taken", arguments: ProtocolVersion.allCases)
    func versionsAndTypes(_ version: ProtocolVersion) {
        let rules = Bench.rules(version)
        let sound = SyntheticPacket(version: version.rawValue)
        for first in UInt8.min...UInt8.max {
            let packet = sound.with {
                $0.version = first >> 4
                $0.type = first & 0xf
            }
            let verdict = Verdict.of(frame: packet.frame, under: rules)
            switch (first >> 4 == version.rawValue, first & 0xf == 1) {
            case (true, true): #expect(verdict.advertisement != nil)
            case (true, false): #expect(verdict == .discarded(.type))
            case (false, _): #expect(verdict == .discarded(.version))
            }
        }
    }
}

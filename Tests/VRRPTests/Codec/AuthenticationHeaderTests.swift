import Testing

@testable import VRRP

@Suite("The authentication header")
struct AuthenticationHeaderTests {
    @Test(
        "MD5 gives the digests of RFC 1321, appendix A.5",
        arguments: [
            ("", "d41d8cd98f00b204e9800998ecf8427e"), ("a", "0cc175b9c0f1b6a831c399e269772661"),
            ("abc", "900150983cd24fb0d6963f7d28e17f72"), ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("abcdefghijklmnopqrstuvwxyz", "c3fcd3d76192e4007dfb496cca67e13b"),
            (
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
                "d174ab98d277d9f5a5611c2c9f419d9f"
            ),
            (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
        ])
    func digest(_ text: String, _ digest: String) {
        var function = MD5()
        for octet in text.utf8 { function.update(octet) }
        let result = function.finish()
        #expect(result.indices.map { result[$0] }.hexadecimal == digest)
    }

    @Test("HMAC-MD5-96 gives the value of RFC 2202 for its second test, whose key has four octets")
    func keyedDigest() throws {
        let text = Array("what do ya want for nothing?".utf8)
        let value = IntegrityCheckValue(of: text.count, key: try #require(SimpleTextPassword("Jefe"))) { text[$0] }
        #expect((0..<12).map(value.octet).hexadecimal == "750c783e6ab0b503eaa86e31")
    }

    /// An advert to a group, or to one peer, as frame, and the rules of a receiver of it.
    private func sample(
        isUnicast: Bool, key: String = "s3cret", priority: UInt8 = 150, number: UInt32 = 7
    ) throws -> (frame: [UInt8], rules: ReceptionRules) {
        let authentication = Authentication.authenticationHeader(key: try #require(SimpleTextPassword(key)))
        let contents = AdvertisementContents(
            version: .v2, family: .ipv4, virtualRouterID: try #require(VirtualRouterID(rawValue: 51)),
            interval: .default, addresses: Bench.addresses, authentication: authentication)
        let destination = isUnicast ? Bench.injector : AddressFamily.ipv4.vrrpGroup
        let template = AdvertisementTemplate(
            contents, priority: 100, source: Bench.local, destination: destination, checksum: .messageOnly,
            hopLimit: isUnicast ? 64 : 255, sourceMAC: MACAddress(rawValue: 0x0200_0000_000a),
            destinationMAC: isUnicast ? nil : .multicast(destination))
        #expect(template.needsSequenceNumber)
        var frame: [UInt8] = []
        template.append(priority: priority, sequenceNumber: number, to: &frame)
        var rules = ReceptionRules(
            version: .v2, family: .ipv4, authentication: authentication, addresses: Bench.addresses)
        if isUnicast {
            rules.destination = destination
            rules.peers = [.init(address: Bench.local, minimumHopLimit: 1)]
        }
        return (frame, rules)
    }

    private func verdict(
        _ frame: [UInt8], _ rules: ReceptionRules, _ sequence: inout AuthenticationSequence
    ) -> Verdict {
        let packet = Array(frame[14...])
        guard let read = IPPacket(ipv4: packet.span) else { return .discarded(.ipHeader) }
        do throws(DiscardReason) {
            return .accepted(
                try rules.check(
                    packet.span.extracting(read.message), read.datagram,
                    in: packet.span.extracting(..<read.message.upperBound), &sequence))
        } catch { return .discarded(error) }
    }

    @Test("Who knows the key accepts each priority, and each number once", arguments: [false, true])
    func acceptance(isUnicast: Bool) throws {
        var sequence = AuthenticationSequence()
        for priority in UInt8.min...UInt8.max {
            let (frame, rules) = try sample(isUnicast: isUnicast, priority: priority, number: UInt32(priority) + 1)
            let advert = try #require(verdict(frame, rules, &sequence).advertisement)
            #expect(advert.priority == priority)
            #expect(verdict(frame, rules, &sequence) == .discarded(.authenticationFailure))
        }
        #expect(sequence.last == 256)
        let (earlier, rules) = try sample(isUnicast: isUnicast, number: 255)
        #expect(verdict(earlier, rules, &sequence) == .discarded(.authenticationFailure))
    }

    @Test("Another key, no header where one is due, and one where none is due are told apart")
    func mistakes() throws {
        var sequence = AuthenticationSequence()
        let (frame, rules) = try sample(isUnicast: false)
        let (other, _) = try sample(isUnicast: false, key: "secret")
        #expect(verdict(other, rules, &sequence) == .discarded(.authenticationFailure))
        #expect(sequence.last == 0)
        for authentication in [Authentication.none, .simpleText(try #require(SimpleTextPassword("s3cret")))] {
            var wrong = rules
            wrong.authentication = authentication
            #expect(verdict(frame, wrong, &sequence) == .discarded(.authenticationMismatch))
        }
        var version3 = rules
        version3.version = .v3
        #expect(verdict(frame, version3, &sequence) == .discarded(.version))
        // The message of an advert with the header, without it.
        let bare = Array(frame[58...])
        let datagram = Datagram(source: Bench.local, destination: AddressFamily.ipv4.vrrpGroup, hopLimit: 255)
        #expect(Verdict.of(message: bare, datagram, under: rules) == .discarded(.authenticationMismatch))
    }

    @Test("Every bit counts but those that change on the way", arguments: [false, true])
    func coverage(isUnicast: Bool) throws {
        let (frame, rules) = try sample(isUnicast: isUnicast)
        let free = Set([15, 20, 21, 24, 25] + (isUnicast ? [22] : []))
        for place in 14..<frame.count {
            for bit in 0..<8 {
                var changed = frame
                changed[place] ^= 1 << UInt8(bit)
                if place < 34, place != 24, place != 25 { Self.repairHeader(&changed) }
                var sequence = AuthenticationSequence()
                if verdict(changed, rules, &sequence) == .discarded(.ipHeader) { continue }
                sequence = AuthenticationSequence()
                let isAccepted = verdict(changed, rules, &sequence).advertisement != nil
                let isAllowed = free.contains(place) && !(place == 22 && changed[22] == 0)
                #expect(isAccepted == isAllowed, "octet \(place), bit \(bit)")
                if !isAccepted, place != 22 { #expect(sequence.last == 0, "octet \(place), bit \(bit)") }
            }
        }
    }

    private static func repairHeader(_ frame: inout [UInt8]) {
        frame.setUInt16(0, at: 24)
        var sum = InternetChecksum()
        sum.add(frame.span, from: 14, to: 34)
        frame.setUInt16(sum.field, at: 24)
    }

    @Test(
        "What is sent has a higher number than what was heard; of two whose numbers meet the one ahead leaves one out")
    func sequence() {
        var one = AuthenticationSequence()
        var other = AuthenticationSequence()
        let heard = [one.admit(41, isAhead: true), other.admit(41, isAhead: false)]
        #expect(heard == [true, true])
        // Each has sent 42 before it hears the other's.
        let sent = [one.next(), other.next()]
        #expect(sent == [42, 42])
        let crossed = [one.admit(42, isAhead: true), other.admit(42, isAhead: false)]
        #expect(crossed == [false, false])
        let (ahead, behind) = (one.next(), other.next())
        #expect([ahead, behind] == [44, 43])
        let settled = [one.admit(behind, isAhead: true), other.admit(ahead, isAhead: false)]
        #expect(settled == [false, true])
        // Who has heard a number and not sent it does not leave one out: whoever repeats adverts would make it refuse the next.
        let repeated = [other.admit(44, isAhead: true), other.admit(45, isAhead: true)]
        #expect(repeated == [false, true])
    }

    @Test("Behind the last number comes 0, which is heard again by whoever sends as well")
    func exhaustion() {
        var sequence = AuthenticationSequence()
        let last = sequence.admit(.max, isAhead: false)
        let first = sequence.next()
        let following = sequence.admit(1, isAhead: false)
        #expect(last && first == 0 && following)
    }
}

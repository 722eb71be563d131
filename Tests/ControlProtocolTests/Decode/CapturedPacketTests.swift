import ControlProtocol
import JSONDocument
import Testing
import VRRP

@Suite("What decode makes of captured packets")
struct CapturedPacketTests {
    private func octets(_ text: String) throws -> [UInt8] { try HexOctets(text).octets }

    /// The receiver that hears the vector as the program that it comes from would.
    private func receiver(for vector: WireVector) -> Receiver {
        var receiver = Receiver()
        receiver.requiresLinkLocalFirst = vector.expectation != "ok:first-not-linklocal-tolerated"
        return receiver
    }

    @Test("Real adverts are accepted in the checksum form that they have", arguments: WireVector.all)
    func verdict(vector: WireVector) throws {
        let message = try octets(vector.message)
        let verdict = PacketVerdict(message: message, datagram: vector.datagram, receiver: receiver(for: vector))
        let form = vector.checksumForms.contains("nopseudo") ? "message-only" : "pseudo-header"
        #expect(verdict.checksumForm?.rawValue == form)
        #expect(verdict.reason == (vector.expectation == "ok:needs-ah" ? .authenticationMismatch : nil))
    }

    @Test(
        "A frame gets the verdict of its message; one with an authentication header that of the password as its key",
        arguments: WireVector.all)
    func frame(vector: WireVector) throws {
        let receiver = receiver(for: vector)
        let verdict = PacketVerdict(frame: try octets(vector.frame), receiver: receiver)
        if vector.expectation == "ok:needs-ah" {
            #expect(verdict.reason == .authenticationFailure)
            let message = PacketVerdict(
                message: try octets(vector.message), datagram: vector.datagram, receiver: receiver)
            let priority = try #require(message.packet?.header).priority
            #expect(verdict.packet?.header?.priority == priority)
            var knowing = receiver
            knowing.authentication = Authentication(password: "s3cret")
            #expect(PacketVerdict(frame: try octets(vector.frame), receiver: knowing).reason == nil)
            knowing.authentication = Authentication(password: "")
            #expect(PacketVerdict(frame: try octets(vector.frame), receiver: knowing).reason == .authenticationMismatch)
        } else {
            let message = PacketVerdict(
                message: try octets(vector.message), datagram: vector.datagram, receiver: receiver)
            #expect(verdict == message)
        }
    }

    @Test("The fields are those that were decoded by hand", arguments: WireVector.all)
    func fields(vector: WireVector) throws {
        guard
            case .object(let fields) = PacketVerdict(
                message: try octets(vector.message), datagram: vector.datagram
            ).json
        else { return }
        let decoded = vector.decoded
        for (name, other) in [
            ("type", "type"), ("virtualRouterID", "vrid"), ("priority", "priority"), ("addressCount", "count"),
            ("checksum", "checksum"), ("addresses", "addresses"),
        ] { #expect(fields[name] == decoded[other]) }
        #expect(fields["authType"] == decoded["auth_type"] ?? .null)
        #expect(fields["authData"] == decoded["auth_data"] ?? .null)
        switch (decoded["adver_int_s"], decoded["max_adver_int_cs"]) {
        case (.integer(let seconds), _): #expect(fields["intervalMilliseconds"] == .integer(seconds * 1000))
        case (_, .integer(let centiseconds)): #expect(fields["intervalMilliseconds"] == .integer(centiseconds * 10))
        default: Issue.record("the vector has no interval")
        }
    }

    @Test(
        "A receiver that hears the group drops a packet to a single address for its destination",
        arguments: WireVector.all.filter { !$0.isMulticast })
    func unicast(vector: WireVector) throws {
        let message = try octets(vector.message)
        var ofGroup = Receiver()
        ofGroup.transport = .multicast
        let missed = PacketVerdict(message: message, datagram: vector.datagram, receiver: ofGroup)
        #expect(missed.reason == .destination)
        var strict = Receiver()
        strict.minimumHopLimit = 255
        let verdict = PacketVerdict(message: message, datagram: vector.datagram, receiver: strict)
        #expect(verdict.reason == (vector.datagram.hopLimit == 255 ? nil : .hopLimit))
    }

    @Test("A frame that ends early is not sound, wherever it ends", arguments: WireVector.all)
    func truncation(vector: WireVector) throws {
        let frame = try octets(vector.frame)
        for length in 0..<frame.count {
            let verdict = PacketVerdict(frame: Array(frame[..<length]))
            #expect(verdict.reason == .ipHeader)
        }
    }

    @Test("A VLAN tag and padding change nothing", arguments: WireVector.all)
    func envelope(vector: WireVector) throws {
        let frame = try octets(vector.frame)
        var receiver = Receiver()
        if vector.expectation == "ok:needs-ah" { receiver.authentication = Authentication(password: "s3cret") }
        let plain = PacketVerdict(frame: frame, receiver: receiver)
        #expect(PacketVerdict(frame: frame + [UInt8](repeating: 0xaa, count: 18), receiver: receiver) == plain)
        let tagged = Array(frame[..<12]) + [0x81, 0x00, 0x00, 0x64] + Array(frame[12...])
        #expect(PacketVerdict(frame: tagged, receiver: receiver) == plain)
    }
}

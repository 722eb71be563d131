import ControlProtocol
import JSONDocument
import Testing
import VRRP

@Suite("What decode lets its receiver be configured with")
struct ReceiverTests {
    private static let source = IPAddress("192.0.2.20")!
    private static let group = AddressFamily.ipv4.vrrpGroup

    private static func message(
        version: ProtocolVersion = .v3, family: AddressFamily = .ipv4, interval: Int = 100,
        addresses: [String] = ["192.0.2.100", "192.0.2.101"], password: String = "",
        checksum: ChecksumForm = .pseudoHeader, source: IPAddress = source, destination: IPAddress = group
    ) -> [UInt8] {
        let contents = AdvertisementContents(
            version: version, family: family, virtualRouterID: VirtualRouterID(rawValue: 77)!,
            interval: AdvertisementInterval(centiseconds: interval)!, addresses: addresses.map { IPAddress($0)! },
            authentication: Authentication(password: password))
        var octets: [UInt8] = []
        contents.encode(
            priority: 150, source: source, destination: destination, checksum: checksum, into: &octets)
        return octets
    }

    private static func reason(
        _ message: [UInt8], ttl: UInt8 = 255, to destination: IPAddress = group,
        _ change: (inout Receiver) -> Void = { _ in }
    ) -> String? {
        var receiver = Receiver()
        change(&receiver)
        let datagram = Datagram(source: source, destination: destination, hopLimit: ttl)
        return PacketVerdict(message: message, datagram: datagram, receiver: receiver).reason?.counterName
    }

    @Test("What is left out is taken from the packet")
    func leftOut() {
        #expect(Self.reason(Self.message()) == nil)
        #expect(Self.reason(Self.message(version: .v2, interval: 300)) == nil)
        #expect(Self.reason(Self.message(version: .v2, password: "\u{1}\u{2}")) == nil)
        #expect(Self.reason(Self.message(interval: 4095)) == nil)
    }

    @Test("The version, the identifier and the interval that are expected decide")
    func expectations() {
        #expect(Self.reason(Self.message()) { $0.version = .v2 } == "version-errors")
        #expect(Self.reason(Self.message(version: .v2)) { $0.version = .v3 } == "version-errors")
        #expect(Self.reason(Self.message()) { $0.virtualRouterID = VirtualRouterID(rawValue: 78) } == "vrid-errors")
        #expect(Self.reason(Self.message()) { $0.virtualRouterID = VirtualRouterID(rawValue: 77) } == nil)
        #expect(Self.reason(Self.message(version: .v2)) { $0.interval = .init(seconds: "2") } == "interval-errors")
        #expect(Self.reason(Self.message()) { $0.interval = .init(seconds: "2") } == nil)
    }

    @Test("A packet for an unknown identifier counts under the first check that it fails")
    func unknownRouter() {
        func other(_ receiver: inout Receiver) { receiver.virtualRouterID = VirtualRouterID(rawValue: 78) }
        #expect(Self.reason(Self.message(), ttl: 254, other) == "ip-ttl-errors")
        #expect(Self.reason([0x31], other) == "packet-length-errors")
        #expect(Self.reason([0x41] + Self.message().dropFirst(), other) == "version-errors")
        #expect(Self.reason([0x32] + Self.message().dropFirst(), other) == "invalid-type-pkts-rcvd")
        #expect(
            Self.reason(Self.message()) {
                other(&$0)
                $0.version = .v2
            } == "version-errors")
    }

    @Test("A password is compared in its first eight octets, and none is a mismatch of the type")
    func passwords() {
        let message = Self.message(version: .v2, password: "abcdefgh")
        #expect(Self.reason(message) { $0.authentication = Authentication(password: "abcdefghij") } == nil)
        #expect(Self.reason(message) { $0.authentication = Authentication(password: "abcdefgi") } == "auth-failures")
        #expect(Self.reason(message) { $0.authentication = Authentication(password: "") } == "auth-type-mismatch")
        let open = Self.message(version: .v2)
        #expect(Self.reason(open) { $0.authentication = Authentication(password: "x") } == "auth-type-mismatch")
        #expect(Self.reason(Self.message()) { $0.authentication = Authentication(password: "x") } == nil)
    }

    @Test("An authentication type that VRRPv2 does not know has its own counter")
    func authenticationTypes() {
        for (type, reason) in [(2, "auth-type-mismatch"), (3, "invalid-auth-type")] as [(UInt8, String)] {
            var message = Self.message(version: .v2)
            message[4] = type
            let old = UInt16(message[6]) << 8 | UInt16(message[7])
            message.setUInt16(InternetChecksum.updated(old, replacing: 0x0001, with: UInt16(type) << 8 | 1), at: 6)
            #expect(Self.reason(message) == reason)
        }
    }

    @Test("Other addresses, or the same in another order, are a warning unless the receiver discards")
    func addresses() {
        let other = [IPAddress("192.0.2.101")!, IPAddress("192.0.2.100")!]
        let datagram = Datagram(source: Self.source, destination: Self.group, hopLimit: 255)
        var receiver = Receiver()
        receiver.addresses = other
        let verdict = PacketVerdict(message: Self.message(), datagram: datagram, receiver: receiver)
        #expect(verdict.reason == nil)
        #expect(verdict.warnings.names == ["address-list-mismatch"])
        receiver.addressListMismatch = .discard
        #expect(
            PacketVerdict(message: Self.message(), datagram: datagram, receiver: receiver).reason == .addressList)
        receiver.addresses = other.reversed()
        #expect(PacketVerdict(message: Self.message(), datagram: datagram, receiver: receiver).reason == nil)
    }

    @Test("The checksum form is told for a dropped packet too")
    func forms() {
        func form(_ message: [UInt8], ttl: UInt8 = 255) -> JSONValue? {
            let datagram = Datagram(source: Self.source, destination: Self.group, hopLimit: ttl)
            guard case .object(let object) = PacketVerdict(message: message, datagram: datagram).json else {
                return nil
            }
            return object["checksumForm"]
        }
        #expect(form(Self.message()) == "pseudo-header")
        #expect(form(Self.message(checksum: .messageOnly)) == "message-only")
        #expect(form(Self.message(version: .v2)) == "message-only")
        #expect(form(Self.message(), ttl: 3) == "pseudo-header")
        var broken = Self.message()
        broken[7] ^= 1
        #expect(form(broken) == "none")
        #expect(Self.reason(broken) == "checksum-errors")
        #expect(form([]) == "none")
    }

    @Test("A receiver may accept one form of checksum alone")
    func acceptedForms() {
        let message = Self.message(checksum: .messageOnly)
        #expect(Self.reason(message) { $0.acceptedChecksums = .pseudoHeader } == "checksum-errors")
        #expect(Self.reason(message) { $0.acceptedChecksums = .messageOnly } == nil)
    }

    @Test("VRRPv2 does not exist for IPv6")
    func version2OverIPv6() {
        let source = IPAddress("fe80::b")!
        let group = AddressFamily.ipv6.vrrpGroup
        let message = Self.message(
            version: .v2, family: .ipv6, addresses: ["fe80::64"], source: source, destination: group)
        let datagram = Datagram(source: source, destination: group, hopLimit: 255)
        for version in [nil, .v2, .v3] as [ProtocolVersion?] {
            var receiver = Receiver()
            receiver.version = version
            #expect(PacketVerdict(message: message, datagram: datagram, receiver: receiver).reason == .version)
        }
    }

    @Test("A unicast receiver takes no packet to a group, and a group's receiver none to another group")
    func destinations() {
        #expect(Self.reason(Self.message()) { $0.transport = .unicast } == "destination-errors")
        let other = IPAddress("224.0.0.5")!
        #expect(Self.reason(Self.message(destination: other), to: other) == "destination-errors")
        let own = IPAddress("192.0.2.10")!
        #expect(Self.reason(Self.message(destination: own), to: own) == nil)
        #expect(Self.reason(Self.message(), to: own) == nil)
        #expect(Self.reason(Self.message(), to: own) { $0.transport = .multicast } == "destination-errors")
    }

    @Test("The shape of the answer does not depend on what could be read")
    func shape() {
        func names(_ verdict: PacketVerdict) -> [String] {
            guard case .object(let object) = verdict.json else { return [] }
            return object.map(\.key)
        }
        let datagram = Datagram(source: Self.source, destination: Self.group, hopLimit: 255)
        let whole = names(PacketVerdict(message: Self.message(), datagram: datagram))
        #expect(whole.suffix(4) == ["checksumForm", "verdict", "reason", "warnings"])
        #expect(names(PacketVerdict(frame: [])) == whole)
        #expect(names(PacketVerdict(message: [0x31, 1], datagram: datagram)) == whole)
        #expect(PacketVerdict(frame: []).reason == .ipHeader)
    }

    @Test(
        "An interval is read exactly",
        arguments: [
            ("1", 100), ("0.25", 25), ("0.01", 1), ("40.95", 4095), ("255", 25_500), ("1.5", 150), ("1.500", 150),
            ("0", nil), ("0.001", nil), ("-1", nil), ("256", nil), ("1.", nil), (".5", nil), ("1e2", nil), ("", nil),
        ] as [(String, UInt16?)])
    func intervals(text: String, centiseconds: UInt16?) {
        #expect(AdvertisementInterval(seconds: text)?.centiseconds == centiseconds)
    }
}

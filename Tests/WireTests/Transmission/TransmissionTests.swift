import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("The format of adverts on the wire", .needs(VRRPDaemon.prerequisites + [.macvlan]), .timeLimit(.minutes(1)))
struct TransmissionTests {
    typealias Router = TransmissionBench.Router

    @Test("Case 1: an IPv4 advert goes from the virtual MAC and the primary address to the group, with TTL 255")
    func envelopeOfIPv4() async throws {
        let advert = try #require(try await TransmissionBench.capture.value.advert(Router.multicast))
        #expect("\(advert.destination)" == "01:00:5e:00:00:12")
        #expect("\(advert.source)" == "00:00:5e:00:01:4d")
        let packet = try #require(advert.packet)
        #expect("\(packet.source)" == "192.0.2.10")
        #expect("\(packet.destination)" == "224.0.0.18")
        #expect(packet.timeToLive == 255)
        #expect(packet.protocolNumber == 112)
        #expect(packet.trafficClass == 0xc0)
    }

    @Test(
        "Case 2: an IPv6 advert goes from the virtual MAC and the link-local address to the group, with hop limit 255")
    func envelopeOfIPv6() async throws {
        let advert = try #require(try await TransmissionBench.capture.value.advert(Router.multicast, .ipv6))
        #expect("\(advert.destination)" == "33:33:00:00:00:12")
        #expect("\(advert.source)" == "00:00:5e:00:02:4d")
        let packet = try #require(advert.packet)
        #expect("\(packet.source)" == "fe80::ff:fe00:a")
        #expect("\(packet.destination)" == "ff02::12")
        #expect(packet.timeToLive == 255)
        #expect(packet.protocolNumber == 112)
        #expect(packet.trafficClass == 0xc0)
    }

    @Test(
        "Case 3: the fields of a VRRPv3 advert stand where RFC 9568 has them", arguments: [AddressFamily.ipv4, .ipv6])
    func fieldsOfVersion3(_ family: AddressFamily) async throws {
        let message = try await TransmissionBench.capture.value.message(Router.multicast, family)
        #expect(message.prefix(6) == [0x31, 77, 255, 2, 0x00, 0x64])
        #expect(message.count == 8 + 2 * family.addressLength)
    }

    @Test("Case 4: intervals of 40.95 s and 10 ms are sent as 0x0fff and 0x0001")
    func extremeIntervals() async throws {
        let capture = try await TransmissionBench.capture.value
        #expect(capture.message(Router.longestInterval).dropFirst(4).prefix(2) == [0x0f, 0xff])
        #expect(capture.message(Router.shortestInterval).dropFirst(4).prefix(2) == [0x00, 0x01])
    }

    @Test(
        "Case 4: a daemon that is told an interval of 0, or that its definitions have 40.96 s, ends and sends nothing")
    func impossibleInterval() async throws {
        try await expectRefusal(.keepalived(file(interval: "0")), naming: "advert_int")
        try await expectRefusal(
            .routers([RouterText.router(with: ["advertisementIntervalMilliseconds": 40_960])]),
            naming: "advertisementIntervalMilliseconds")
    }

    @Test("Case 4: keepalived.conf with 40.96 s means 40.95 s, as with keepalived, and that is said")
    func tooLongInterval() async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            let device = try await lab.device()
            let daemon = try await VRRPDaemon.start(on: device, .keepalived(file(interval: "40.96")))
            let advert = try await tap.waitForAdvert()
            #expect(Array(advert.packet.payload.dropFirst(4).prefix(2)) == [0x0f, 0xff])
            #expect(daemon.process.output.contains("advert_int"))
        }
    }

    private func file(interval: String) -> String {
        """
        vrrp_instance VI {
            interface eth0
            version 3
            virtual_router_id 77
            priority 255
            advert_int \(interval)
            virtual_ipaddress {
                192.0.2.100
            }
        }
        """
    }

    @Test("Case 5: a VRRPv2 advert has its interval in seconds and ends with eight zero octets")
    func fieldsOfVersion2() async throws {
        let message = try await TransmissionBench.capture.value.message(Router.version2)
        #expect(message.prefix(6) == [0x21, 3, 255, 2, 0, 1])
        #expect(message.count == 16 + 4 * 2)
        #expect(message.suffix(8) == [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(internetChecksum(message) == 0)
    }

    @Test("Case 6: a VRRPv2 advert with a password ends with it, filled with zeros, and the checksum covers it")
    func passwordOfVersion2() async throws {
        let message = try await TransmissionBench.capture.value.message(Router.version2Password)
        #expect(message.prefix(6) == [0x21, 4, 255, 1, 1, 1])
        #expect(message.suffix(8) == [0x73, 0x33, 0x63, 0x72, 0x65, 0x74, 0, 0])
        #expect(internetChecksum(message) == 0)
    }

    @Test("Case 7: the transmitted checksum form is the chosen one for VRRPv3 over IPv4 and leaves all else alone")
    func checksumForms() async throws {
        let capture = try await TransmissionBench.capture.value
        func isRight(_ id: UInt8, _ family: AddressFamily, withPseudoHeader: Bool) throws -> Bool {
            let packet = try #require(capture.advert(id, family)?.packet)
            var envelope = ForgedEnvelope(family, virtualRouterID: id)
            (envelope.source, envelope.destination) = (packet.source, packet.destination)
            let pseudoHeader = withPseudoHeader ? envelope.pseudoHeader(length: packet.payload.count) : []
            return internetChecksum(pseudoHeader + packet.payload) == 0
        }
        #expect(try isRight(Router.multicast, .ipv4, withPseudoHeader: true))
        #expect(try !isRight(Router.multicast, .ipv4, withPseudoHeader: false))
        #expect(try isRight(Router.messageOnly, .ipv4, withPseudoHeader: false))
        #expect(try !isRight(Router.messageOnly, .ipv4, withPseudoHeader: true))
        #expect(try isRight(Router.messageOnly, .ipv6, withPseudoHeader: true))
        #expect(try isRight(Router.version2MessageOnly, .ipv4, withPseudoHeader: false))
        #expect(try isRight(Router.version2, .ipv4, withPseudoHeader: false))
    }

    @Test("Case 8: addresses are listed in the configured order")
    func orderOfAddresses() async throws {
        let message = try await TransmissionBench.capture.value.message(Router.unordered)
        #expect(message.dropFirst(8) == [10, 0, 7, 9, 10, 0, 7, 1, 10, 0, 7, 5])
    }

    @Test("Case 8: a link-local IPv6 address that a keepalived.conf lists last is sent first")
    func linkLocalGoesFirst() async throws {
        try await Lab.with { lab in
            let device = try await lab.device()
            let tap = try await lab.tap(keeping: \.isVRRP)
            let daemon = try await VRRPDaemon.start(
                on: device,
                .keepalived(
                    """
                    vrrp_instance VI {
                        interface eth0
                        virtual_router_id 77
                        priority 255
                        virtual_ipaddress {
                            2001:db8:0:1::64
                            fe80::64
                        }
                    }
                    """))
            try await daemon.waitForState(.active, of: "VI")
            let advert = try await tap.next("advert", within: .seconds(15)) { _ in true }
            let message = try #require(advert.packet?.payload)
            #expect(message.count == 40)
            #expect(IPAddress(.ipv6, in: message.span, at: 8) == IPAddress("fe80::64"))
            #expect(IPAddress(.ipv6, in: message.span, at: 24) == IPAddress("2001:db8:0:1::64"))
        }
    }

    @Test("Case 9: an advert lists 255 addresses in 1028 octets")
    func mostAddresses() async throws {
        let message = try await TransmissionBench.capture.value.message(Router.longest)
        #expect(message.count == 1028)
        #expect(message.count > 3 && message[3] == 255)
        #expect(message.suffix(4) == [10, 0, 8, 254])
    }

    @Test("Case 9: a daemon that is told 256 addresses says so, ends and sends nothing")
    func tooManyAddresses() async throws {
        let router = RouterText.router(addresses: (0..<256).map { "10.0.8.\($0)" }, with: ["priority": 255])
        try await expectRefusal(.routers([router]), naming: "addresses")
    }

    @Test("Case 9: with a keepalived.conf the 256th address is held and not listed")
    func surplusAddress() async throws {
        try await Lab.with { lab in
            let device = try await lab.device()
            let tap = try await lab.tap(keeping: \.isVRRP)
            let addresses = (0..<256).map { "10.0.8.\($0)" }
            let file = KeepalivedInstance.file(KeepalivedInstance(priority: 255, addresses: addresses))
            let daemon = try await VRRPDaemon.start(on: device, .keepalived(file))
            let advert = try await tap.waitForAdvert()
            #expect(advert.packet.payload[3] == 255)
            #expect(advert.packet.payload.suffix(4) == [10, 0, 8, 254])
            try await daemon.status(when: "256 addresses") {
                try $0.router("VI").presentAddresses.count == 256
            }
        }
    }

    @Test("Case 12: an IPv4 and an IPv6 router with the same identifier on one interface both speak")
    func familiesAreIndependent() async throws {
        let capture = try await TransmissionBench.capture.value
        #expect(capture.advert(Router.multicast, .ipv4) != nil)
        #expect(capture.advert(Router.multicast, .ipv6) != nil)
        for name in ["ipv4-77", "ipv6-77"] { #expect(try capture.status.router(name).state == .active) }
    }

    @Test("Case 13: a router does not hear its own adverts")
    func advertsAreNotLooped() async throws {
        let capture = try await TransmissionBench.capture.value
        for router in capture.status.routers {
            #expect(router.counter("advertisement-sent") > 0, "\(router.name)")
            #expect(router.counter("advertisement-rcvd") == 0, "\(router.name)")
            #expect(router.discards.isEmpty, "\(router.name): \(router.discards)")
        }
    }

    @Test("Case 16: an owner of IPv6 addresses announces each one with R and O set and the virtual MAC")
    func ownerAnnouncesIPv6() async throws {
        let capture = try await TransmissionBench.capture.value
        for address in RouterText.addresses(.ipv6) {
            let frame = try #require(capture.frames.first { $0.announces(address) }, "\(address)")
            #expect("\(frame.destination)" == "33:33:00:00:00:01")
            #expect("\(frame.source)" == "00:00:5e:00:02:4d")
            #expect(frame.packet?.source == IPAddress(address))
            #expect(frame.packet?.destination == IPAddress("ff02::1"))
            #expect(frame.packet?.timeToLive == 255)
            let advertisement = try #require(frame.neighborAdvertisement)
            #expect(advertisement.flags == 0xa0)
            #expect(advertisement.linkAddress == frame.source)
        }
    }

    private func expectRefusal(_ configuration: VRRPDaemon.Configuration, naming keyword: String) async throws {
        try await Lab.with { lab in
            let device = try await lab.device()
            let tap = try await lab.tap(keeping: \.isVRRP)
            let daemon = try await VRRPDaemon.start(on: device, configuration)
            #expect(try await !daemon.process.waitForExit(within: .seconds(10)).isSuccess)
            #expect(daemon.process.output.contains(keyword))
            #expect(tap.frames.entries().isEmpty)
        }
    }
}

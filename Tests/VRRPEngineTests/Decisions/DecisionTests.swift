import Testing
import VRRP
import VRRPEngine

@Suite("Decisions that change no state")
struct DecisionTests {
    /// An engine with one virtual router of priority 150 on eth0 with 192.0.2.10, and what it has told.
    private struct Device {
        var engine = Engine()
        var effects: [Effect] = []
        var now = Instant(1_000_000_000)
        let router: VirtualRouterDefinition

        init(tellsDecisions: Bool = true) throws {
            var router = VirtualRouterDefinition(
                name: "vr", interface: "eth0", family: .ipv4, virtualRouterID: VirtualRouterID(rawValue: 7)!,
                addresses: [VirtualAddress(IPAddress("192.0.2.100")!, prefixLength: 32)])
            router.priority = Priority(rawValue: 150)!
            self.router = router
            engine.tellsDecisions = tellsDecisions
            try engine.apply(Definitions(generation: 1, virtualRouters: [router]), at: now, effects: &effects)
            let interface = HostInterface(
                index: 1, name: "eth0", isRunning: true, macAddress: MACAddress("02:00:00:00:00:0a"),
                addresses: [HostAddress(IPAddress("192.0.2.10")!, prefixLength: 24)])
            engine.interfacesResynchronized([interface], at: now, effects: &effects)
        }

        mutating func pass(_ time: Nanoseconds) {
            now = now + time
            engine.advance(to: now, effects: &effects)
        }

        mutating func hear(
            priority: UInt8, from source: String = "192.0.2.20", id: UInt8 = 7,
            _ change: (inout [UInt8]) -> Void = { _ in }
        ) {
            let contents = AdvertisementContents(
                version: .v3, family: .ipv4, virtualRouterID: VirtualRouterID(rawValue: id)!, interval: .default,
                addresses: [IPAddress("192.0.2.100")!])
            let template = AdvertisementTemplate(
                contents, priority: priority, source: IPAddress(source)!, destination: AddressFamily.ipv4.vrrpGroup,
                checksum: .pseudoHeader, sourceMAC: .broadcast, destinationMAC: .broadcast)
            var packet = Array(template.frame[AdvertisementTemplate.ethernetHeaderLength...])
            change(&packet)
            engine.receiveIPv4(packet.span, interfaceIndex: 1, at: now, effects: &effects)
        }

        /// What was told since the last time.
        mutating func told() -> [String] {
            defer { effects = [] }
            return effects.compactMap { if case .decision(let decision) = $0 { "\(decision)" } else { nil } }
        }
    }

    @Test("A backup tells whom it waits for and how long, once, and when its timer has run out")
    func waiting() throws {
        var device = try Device()
        #expect(device.told() == ["vr: listens; takes over when nobody is heard for 3.414 s"])
        device.pass(.seconds(1))
        for _ in 0..<20 {
            device.hear(priority: 200)
            device.pass(.seconds(1))
        }
        #expect(device.told() == ["vr: follows 192.0.2.20, priority 200; takes over when it is silent for 3.414 s"])
        device.pass(.milliseconds(2_415))
        #expect(
            device.told() == ["vr: the Active_Down_Timer has run out, 3.415 s after the last advert of 192.0.2.20"])
        #expect(device.engine.snapshot(at: device.now).routers[0].state.name == .active)
    }

    @Test("A backup that preempts tells whose adverts it discards")
    func preemption() throws {
        var device = try Device()
        device.pass(.seconds(1))
        device.effects = []
        device.hear(priority: 90)
        device.hear(priority: 90)
        #expect(
            device.told()
                == ["vr: discards the adverts of 192.0.2.20, whose priority 90 is lower; takes over in 2.414 s"])
    }

    @Test("Whoever makes a backup change its mind with each packet is told of once a second")
    func flood() throws {
        var device = try Device()
        device.pass(.seconds(1))
        device.effects = []
        for number in 0..<3_000 {
            device.hear(priority: UInt8(151 + number % 50), from: "192.0.2.\(20 + number % 7)")
            device.pass(.milliseconds(1))
        }
        let count = device.told().count
        #expect((3...4).contains(count), "\(count)")
    }

    @Test("Packets that no virtual router wants are told of by their reason, one of each in ten seconds")
    func refusals() throws {
        var device = try Device()
        device.effects = []
        for _ in 0..<21 {
            // A version that nobody has.
            device.hear(priority: 100, id: 9) { $0[20] = 0x51 }
            device.pass(.seconds(1))
        }
        let told = device.told().filter { $0.hasPrefix("eth0:") }
        #expect(told.count == 3, "\(told)")
        #expect(
            Set(told) == [
                "eth0: discarded a packet from 192.0.2.20 for no virtual router here: its version is not the configured one "
                    + "(version-errors)"
            ])
    }

    @Test("Nothing is told where nobody asked for it")
    func silence() throws {
        var device = try Device(tellsDecisions: false)
        device.hear(priority: 200)
        device.hear(priority: 100, id: 9) { $0[20] = 0x51 }
        device.pass(.milliseconds(3_415))
        #expect(device.told().isEmpty)
        #expect(device.engine.snapshot(at: device.now).routers[0].state.name == .active)
    }
}

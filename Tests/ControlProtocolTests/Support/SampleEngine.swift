import VRRP
import VRRPEngine

/// An engine with a router in each state, for status and reports.
struct SampleEngine {
    var engine = Engine()
    var effects: [Effect] = []

    /// `active` became active, `backup` hears 192.0.2.20 of priority 200, `broken` has no interface; 10 seconds in.
    init() throws {
        var active = Self.router("active", 1, "192.0.2.101")
        active.priority = .addressOwner
        active.version = .v2
        active.authentication = .simpleText(SimpleTextPassword("s3cret")!)
        let backup = Self.router("backup", 2, "192.0.2.102")
        var broken = Self.router("broken", 3, "192.0.2.103")
        broken.interface = "eth9"
        broken.virtualMAC = VirtualMACInterface(name: "vrrp.3")
        let definitions = Definitions(generation: 4, virtualRouters: [active, backup, broken])
        let start = Instant(1_000_000_000)
        try engine.apply(definitions, at: start, effects: &effects)
        engine.interfacesResynchronized([Self.interface], at: start, effects: &effects)
        for second in 1...9 as ClosedRange<Int64> {
            let now = start + .seconds(second)
            hear(priority: 200, at: now)
            hear(virtualRouterID: 99, priority: 200, at: now)
            engine.advance(to: now, effects: &effects)
        }
    }

    var snapshot: EngineSnapshot { engine.snapshot(at: Instant(10_500_000_000)) }

    var reports: [Report] {
        effects.compactMap { effect in
            if case .report(let report) = effect { report } else { nil }
        }
    }

    /// Lets `backup`, or another router, hear an advert of 192.0.2.20.
    mutating func hear(virtualRouterID: UInt8 = 2, priority: UInt8, at now: Instant) {
        let contents = AdvertisementContents(
            version: .v3, family: .ipv4, virtualRouterID: VirtualRouterID(rawValue: virtualRouterID)!,
            interval: .default, addresses: [IPAddress("192.0.2.102")!])
        let template = AdvertisementTemplate(
            contents, priority: priority, source: IPAddress("192.0.2.20")!, destination: AddressFamily.ipv4.vrrpGroup,
            checksum: .pseudoHeader, sourceMAC: .broadcast, destinationMAC: .broadcast)
        let packet = Array(template.frame[AdvertisementTemplate.ethernetHeaderLength...])
        engine.receiveIPv4(packet.span, interfaceIndex: 2, at: now, effects: &effects)
    }

    /// `eth0` with 192.0.2.10.
    static let interface = HostInterface(
        index: 2, name: "eth0", isRunning: true, macAddress: MACAddress("02:00:00:00:00:0a"),
        addresses: [HostAddress(IPAddress("192.0.2.10")!, prefixLength: 24)])

    /// A router on it.
    static func router(_ name: String, _ id: UInt8, _ address: String) -> VirtualRouterDefinition {
        VirtualRouterDefinition(
            name: name, interface: "eth0", family: .ipv4, virtualRouterID: VirtualRouterID(rawValue: id)!,
            addresses: [VirtualAddress(IPAddress(address)!, prefixLength: 24)])
    }
}

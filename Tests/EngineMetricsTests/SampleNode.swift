import ControlProtocol
import ProcessFigures
import VRRP
import VRRPEngine

/// A node of many virtual routers, half of them active, as its vrrpd reports it.
struct SampleNode {
    private var engine = Engine()
    private var effects: [Effect] = []
    private var now = Instant(1_000_000_000)

    /// - Parameter count: how many virtual routers, on as few interfaces as they fit on.
    init(routers count: Int) throws {
        let definitions = (0..<count).map { number in
            var definition = VirtualRouterDefinition(
                name: "ns/web-\(number)", interface: "eth\(number / 255)", family: .ipv4,
                virtualRouterID: VirtualRouterID(rawValue: UInt8(number % 255 + 1))!,
                addresses: [
                    VirtualAddress(IPAddress("10.\(number / 200).\(number % 200).1")!, prefixLength: 32)
                ])
            if number % 2 == 0 { definition.priority = .addressOwner }
            return definition
        }
        try engine.apply(Definitions(generation: 7, virtualRouters: definitions), at: now, effects: &effects)
        let interfaces = (0...(count - 1) / 255).map { number in
            HostInterface(
                index: Int32(number + 1), name: "eth\(number)", isRunning: true,
                macAddress: MACAddress("02:00:00:00:00:0a"),
                addresses: [HostAddress(IPAddress("192.0.2.\(number + 1)")!, prefixLength: 24)])
        }
        engine.interfacesResynchronized(interfaces, at: now, effects: &effects)
        pass(.seconds(2))
    }

    /// Lets time go by, with adverts of 192.0.2.200 for the routers of even number in the first interface that are backups.
    mutating func pass(_ time: Nanoseconds, hearing routers: [UInt8] = []) {
        let end = now + time
        while now < end {
            now = now + .milliseconds(500)
            for router in routers { hear(router) }
            engine.advance(to: now, effects: &effects)
        }
    }

    /// Hears an advert of priority 200.
    mutating func hear(_ virtualRouterID: UInt8, from source: String = "192.0.2.200") {
        let contents = AdvertisementContents(
            version: .v3, family: .ipv4, virtualRouterID: VirtualRouterID(rawValue: virtualRouterID)!,
            interval: .default, addresses: [IPAddress("10.0.\(virtualRouterID - 1).1")!])
        let template = AdvertisementTemplate(
            contents, priority: 200, source: IPAddress(source)!, destination: AddressFamily.ipv4.vrrpGroup,
            checksum: .pseudoHeader, sourceMAC: .broadcast, destinationMAC: .broadcast)
        let packet = Array(template.frame[AdvertisementTemplate.ethernetHeaderLength...])
        engine.receiveIPv4(packet.span, interfaceIndex: 1, at: now, effects: &effects)
    }

    /// What vrrpd says at this moment.
    func status(loadError: String? = nil, zeroCounters: Bool = true) -> NodeStatus {
        let time = WallTime("2026-11-29T12:00:00.000Z")!
        return NodeStatus(
            engine.snapshot(at: now),
            daemon: DaemonStatus(
                version: "1.0", processID: 1,
                startTime: WallTime(millisecondsSinceEpoch: time.millisecondsSinceEpoch - 60_000), uptime: .seconds(60),
                definitionsFile: "/etc/vrrp/definitions.json",
                lastLoad: DefinitionsLoad(time: time, error: loadError),
                process: ProcessFigures(
                    processorSeconds: 12.25, residentOctets: 9_437_184, virtualOctets: 33_554_432, openDescriptors: 21,
                    mostDescriptors: 1024)), time: time,
            zeroCounters: zeroCounters)
    }
}

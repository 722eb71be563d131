import ControlProtocol
import EngineMetrics
import ProcessFigures
import VRRP
import VRRPEngine

/// A node with virtual routers, driven by hand: two, 192.0.2.1 and 192.0.2.2 on eth0, or many more.
struct SampleNode {
    private var engine = Engine()
    private var effects: [Effect] = []
    private var now = Instant(1_000_000_000)
    var loadError: String?

    /// - Parameter count: how many virtual routers there are, 255 on each interface.
    init(routers count: Int = 2) throws {
        let routers = (0..<count).map { number in
            VirtualRouterDefinition(
                name: "shop/web-\(number + 1)", interface: "eth\(number / 255)", family: .ipv4,
                virtualRouterID: VirtualRouterID(rawValue: UInt8(number % 255 + 1))!,
                addresses: [
                    VirtualAddress(IPAddress("192.0.\(2 + number / 255).\(number % 255 + 1)")!, prefixLength: 32)
                ])
        }
        try engine.apply(Definitions(generation: 3, virtualRouters: routers), at: now, effects: &effects)
        let interfaces = (0...(count - 1) / 255).map { number in
            HostInterface(
                index: Int32(number + 1), name: "eth\(number)", isRunning: true,
                macAddress: MACAddress("02:00:00:00:00:0a"),
                addresses: [HostAddress(IPAddress("192.0.\(2 + number).100")!, prefixLength: 24)])
        }
        engine.interfacesResynchronized(interfaces, at: now, effects: &effects)
    }

    /// Lets time go by; each half second an advert comes for each of these identifiers, which other nodes then have.
    mutating func pass(_ seconds: Int64, hearing identifiers: [UInt8] = []) {
        for _ in 0..<seconds * 2 {
            now = now + .milliseconds(500)
            for identifier in identifiers { hear(identifier) }
            engine.advance(to: now, effects: &effects)
            confirmAddresses()
        }
    }

    /// What the engine's thread makes for a status.
    var snapshot: EngineSnapshot { engine.snapshot(at: now) }

    /// What the metrics are made of.
    func report(controlPlane: ControlPlaneReport? = nil) -> EngineReport {
        let time = WallTime(millisecondsSinceEpoch: 1_796_000_000_000)
        let daemon = DaemonStatus(
            version: "1.0", processID: 1,
            startTime: WallTime(millisecondsSinceEpoch: time.millisecondsSinceEpoch - 60_000), uptime: .seconds(60),
            definitionsFile: "definitions.json",
            lastLoad: DefinitionsLoad(time: time, error: loadError), process: ProcessFigures.current)
        return EngineReport(
            status: NodeStatus(engine.snapshot(at: now), daemon: daemon, time: time), controlPlane: controlPlane)
    }

    private mutating func hear(_ identifier: UInt8) {
        let contents = AdvertisementContents(
            version: .v3, family: .ipv4, virtualRouterID: VirtualRouterID(rawValue: identifier)!, interval: .default,
            addresses: [IPAddress("192.0.2.\(identifier)")!])
        let template = AdvertisementTemplate(
            contents, priority: 200, source: IPAddress("192.0.2.200")!, destination: AddressFamily.ipv4.vrrpGroup,
            checksum: .pseudoHeader, sourceMAC: .broadcast, destinationMAC: .broadcast)
        let packet = Array(template.frame[AdvertisementTemplate.ethernetHeaderLength...])
        engine.receiveIPv4(packet.span, interfaceIndex: 1, at: now, effects: &effects)
    }

    /// Lets every change of an address succeed.
    private mutating func confirmAddresses() {
        for effect in effects {
            switch effect {
            case .addAddress(let assignment):
                engine.addressOperationEnded(assignment, isAdded: true, .done, at: now, effects: &effects)
            case .removeAddress(let assignment):
                engine.addressOperationEnded(assignment, isAdded: false, .done, at: now, effects: &effects)
            default: break
            }
        }
        effects.removeAll()
    }
}

import VRRP
import VRRPEngine

/// An engine with many virtual routers on simulated interfaces, and the time that it lives in.
struct Workbench {
    var engine = Engine()
    var now = Instant.zero
    var effects: [Effect] = []
    var frames: [UInt8] = []

    static let interval = AdvertisementInterval(centiseconds: 10) ?? .default

    /// Up to 255 routers on each interface, all at the same priority.
    init(interfaces: Int, routersOnEach: Int, priority: UInt8) throws {
        effects.reserveCapacity(16_384)
        frames.reserveCapacity(1 << 20)
        var definitions = Definitions()
        let nodes = (0..<interfaces).map { number in
            HostInterface(
                index: Int32(number + 1), name: "eth\(number)", isRunning: true,
                macAddress: MACAddress(rawValue: 0x0200_0000_0000 + UInt64(number)),
                addresses: [HostAddress(.v4(IPv4Address(10, UInt8(number), 0, 1)), prefixLength: 16)])
        }
        for number in 0..<interfaces {
            for identifier in 1...UInt8(routersOnEach) {
                guard let id = VirtualRouterID(rawValue: identifier) else { continue }
                var definition = VirtualRouterDefinition(
                    name: "eth\(number)-\(identifier)", interface: "eth\(number)", family: .ipv4, virtualRouterID: id,
                    addresses: [VirtualAddress(.v4(IPv4Address(10, UInt8(number), 1, identifier)))])
                definition.priority = Priority(rawValue: priority) ?? .default
                definition.advertisementInterval = Self.interval
                definitions.virtualRouters.append(definition)
            }
        }
        engine.interfacesResynchronized(nodes, at: now, effects: &effects)
        try engine.apply(definitions, at: now, effects: &effects)
        carryOut()
    }

    /// Lets time pass to the next deadline, and carries out what follows.
    mutating func advance() {
        now = max(now, engine.nextDeadline)
        engine.advance(to: now, effects: &effects)
        carryOut()
    }

    /// Lets time pass until all routers are active and have announced themselves.
    mutating func settle() {
        let end = now + .seconds(10)
        while engine.nextDeadline < end { advance() }
        now = end
    }

    private mutating func carryOut() {
        var ended: [AddressAssignment] = []
        for effect in effects {
            switch effect {
            case .transmit(let transmission):
                frames.removeAll(keepingCapacity: true)
                engine.encode(transmission, into: &frames)
            case .addAddress(let assignment): ended.append(assignment)
            default: break
            }
        }
        effects.removeAll(keepingCapacity: true)
        for assignment in ended {
            engine.addressOperationEnded(assignment, isAdded: true, succeeded: true, at: now, effects: &effects)
        }
    }
}

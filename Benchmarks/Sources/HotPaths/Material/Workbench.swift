import VRRP
import VRRPEngine

/// An engine with many virtual routers on simulated interfaces, and the time that it lives in.
struct Workbench {
    var engine = Engine()
    var now = Instant.zero
    var effects: [Effect] = []
    private var frames: [UInt8] = []

    /// Up to 255 routers on each interface, none of which knows another router yet.
    init(interfaces: Int, routersOnEach: Int, peers: [UnicastPeer] = []) throws {
        effects.reserveCapacity(16_384)
        frames.reserveCapacity(1 << 20)
        let nodes = (0..<interfaces).map { number in
            HostInterface(
                index: Int32(number + 1), name: "eth\(number)", isRunning: true,
                macAddress: MACAddress(rawValue: 0x0200_0000_0000 + UInt64(number)),
                addresses: [HostAddress(.v4(IPv4Address(10, UInt8(number), 0, 1)), prefixLength: 16)])
        }
        engine.interfacesResynchronized(nodes, at: now, effects: &effects)
        try engine.apply(
            .material(interfaces: interfaces, routersOnEach: routersOnEach, peers: peers), at: now, effects: &effects)
        carryOut()
    }

    /// Lets time pass to the next deadline, and carries out what follows.
    mutating func advance() {
        now = max(now, engine.nextDeadline)
        engine.advance(to: now, effects: &effects)
        carryOut()
    }

    /// Lets time pass to `end`.
    mutating func advance(to end: Instant) {
        while engine.nextDeadline <= end { advance() }
        now = end
    }

    /// Hands in IPv4 packets that arrive at `interfaceIndex` at once, and carries out what follows.
    mutating func receive(_ packets: [[UInt8]], interfaceIndex: Int32) {
        for packet in packets {
            engine.receiveIPv4(packet.span, interfaceIndex: interfaceIndex, at: now, effects: &effects)
        }
        engine.advance(to: now, effects: &effects)
        carryOut()
    }

    /// Encodes an advert and finds out where it goes, as the socket that it leaves by has to know.
    private mutating func encode(_ transmission: Transmission) {
        engine.encode(transmission, into: &frames)
        guard case .peer = transmission.destination else { return }
        let addresses = engine.addresses(of: transmission)
        precondition(addresses.destination != addresses.source && engine.hopLimit(of: transmission) > 0)
    }

    /// Does what a host does with effects, apart from system calls: adverts are encoded, addresses are configured.
    mutating func carryOut() {
        frames.removeAll(keepingCapacity: true)
        var position = 0
        while position < effects.count {
            switch effects[position] {
            case .transmit(let transmission): encode(transmission)
            case .announce(let announcement): announcement.encode(into: &frames)
            case .addAddress(let assignment):
                engine.addressOperationEnded(assignment, isAdded: true, .done, at: now, effects: &effects)
            case .removeAddress(let assignment):
                engine.addressOperationEnded(assignment, isAdded: false, .done, at: now, effects: &effects)
                engine.addressRemoved(
                    assignment.address.address, prefixLength: assignment.address.prefixLength,
                    interfaceIndex: assignment.interfaceIndex, at: now, effects: &effects)
            default: break
            }
            position += 1
        }
        effects.removeAll(keepingCapacity: true)
    }
}

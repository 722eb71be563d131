import VRRP
import VRRPEngine

// How frames get from one engine to the others: as octets, through the code that reads them from a socket.
extension Lab {
    /// Encodes an advert and sends it on its way.
    mutating func send(_ transmission: Transmission, _ node: Int) {
        let name = nodes[node].name
        var frame: [UInt8] = []
        nodes[node].engine.encode(transmission, into: &frame)
        guard let packet = Self.packet(in: frame, isRouted: transmission.destination != .group),
            let advert = Self.describe(frame, packet, from: name, at: now)
        else {
            violate("sends an advert that is none: \(frame)", node: name)
            return
        }
        trace.note(.sent(advert), at: now, node: name)
        if transmission.priority != advert.message.priority {
            violate("sends priority \(advert.message.priority), not \(transmission.priority)", node: name)
        }
        guard let interface = nodes[node].kernel.interfaces[transmission.interfaceIndex],
            interface.description.isRunning, !network.silentSegments.contains(interface.segment)
        else { return }
        for other in nodes.indices where other != node {
            guard
                let index = nodes[other].kernel.receivingInterface(
                    on: interface.segment, destination: packet.datagram.destination)
            else { continue }
            deliver(.frame(frame, interfaceIndex: index, source: name), to: other, from: name)
        }
        if transmission.destination == .group { show(frame, from: name) }
    }

    /// Encodes an announcement and shows it to the host.
    mutating func announce(_ announcement: Announcement, _ node: Int) {
        let name = nodes[node].name
        trace.note(.announced(announcement), at: now, node: name)
        // The process may not have heard yet that its interface is down.
        guard nodes[node].kernel.interfaces[announcement.interfaceIndex]?.description.isRunning == true else { return }
        var frame: [UInt8] = []
        announcement.encode(into: &frame)
        show(frame, from: name)
    }

    /// Hands a frame to the engine of a node through its receive path.
    mutating func receive(_ frame: [UInt8], _ interfaceIndex: Int32, _ node: Int) {
        let start = AdvertisementTemplate.ethernetHeaderLength
        if frame.count > start, let claim = NeighborClaim(arp: frame.span.extracting(start..<frame.count)) {
            drive(node) { engine, now, effects in
                engine.addressClaimed(claim, count: 1, interfaceIndex: interfaceIndex, at: now, effects: &effects)
            }
            return
        }
        let family: AddressFamily = frame.count > start && frame[start] >> 4 == 6 ? .ipv6 : .ipv4
        let listens = nodes[node].subscriptions.contains {
            $0.interfaceIndex == interfaceIndex && $0.family == family && !nodes[node].deafSubscriptions.contains($0)
        }
        guard listens else { return }
        if family == .ipv6 {
            guard let packet = IPPacket(ipv6: frame.span, from: start),
                case .v6(let source) = packet.datagram.source, case .v6(let destination) = packet.datagram.destination
            else { return }
            drive(node) { engine, now, effects in
                engine.receiveIPv6(
                    frame.span.extracting(packet.message), source: source, destination: destination,
                    hopLimit: packet.datagram.hopLimit, interfaceIndex: interfaceIndex, at: now, effects: &effects)
            }
        } else {
            drive(node) { engine, now, effects in
                engine.receiveIPv4(
                    frame.span.extracting(min(start, frame.count)..<frame.count), interfaceIndex: interfaceIndex,
                    at: now, effects: &effects)
            }
        }
    }

    private mutating func deliver(_ input: SimulatedNode.Input, to node: Int, from source: String) {
        let arrivals = arrivals(from: source, to: nodes[node].name)
        if arrivals.isEmpty { trace.note(.lost(from: source), at: now, node: nodes[node].name) }
        for delay in arrivals {
            queue.plan(
                .arrival(node: node, input, incarnation: nodes[node].incarnation), at: now + delay)
        }
    }

    private mutating func show(_ frame: [UInt8], from source: String) {
        for delay in arrivals(from: source, to: Self.hostName) {
            queue.plan(.sighting(frame, from: source), at: now + delay)
        }
    }

    private mutating func arrivals(from source: String, to destination: String) -> [Nanoseconds] {
        let direction = SimulatedNetwork.Direction(from: source, to: destination)
        if network.blocked.contains(direction) { return [] }
        return (network.conditionsByDirection[direction] ?? network.conditions).arrivals(using: &random)
    }

    /// The IP packet in a frame; the Ethernet header of one that the kernel routes is blank.
    static func packet(in frame: [UInt8], isRouted: Bool) -> IPPacket? {
        let start = AdvertisementTemplate.ethernetHeaderLength
        guard isRouted else { return IPPacket(ethernet: frame.span) }
        guard frame.count > start else { return nil }
        return frame[start] >> 4 == 6
            ? IPPacket(ipv6: frame.span, from: start) : IPPacket(ipv4: frame.span, from: start)
    }

    private static func describe(
        _ frame: [UInt8], _ packet: IPPacket, from node: String, at now: Instant
    ) -> SentAdvertisement? {
        let message = frame.span.extracting(packet.message)
        guard let fields = Advertisement(message), let version = ProtocolVersion(rawValue: fields.version),
            message.count
                == Advertisement.length(
                    version: version, family: packet.datagram.family, addressCount: fields.addressCount)
        else { return nil }
        let addresses = (0..<fields.addressCount).map {
            Advertisement.address($0, of: packet.datagram.family, in: frame.span.extracting(packet.message))
        }
        return SentAdvertisement(
            moment: now, node: node, datagram: packet.datagram, message: fields, addresses: addresses, frame: frame)
    }
}

extension SimulatedKernel {
    /// The interface on a segment that a packet to a group or to an own address comes in by; nil when none takes it.
    fileprivate func receivingInterface(on segment: String, destination: IPAddress) -> Int32? {
        indices.first { index in
            guard let interface = interfaces[index], interface.segment == segment, interface.parentIndex == nil,
                interface.description.isRunning
            else { return false }
            return destination.isMulticast || interface.addresses.contains { $0.address == destination }
        }
    }
}

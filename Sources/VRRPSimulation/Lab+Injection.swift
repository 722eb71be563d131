public import VRRP
public import VRRPEngine

/// An advert of a router that has no engine in the laboratory: the scenario writes it.
public struct ForgedAdvertisement: Sendable {
    /// The sender.
    public var source: IPAddress
    /// The fields of the message apart from its priority.
    public var contents: AdvertisementContents
    /// The priority, 0 for giving up.
    public var priority: UInt8
    /// Where it is sent; nil for the group.
    public var destination: IPAddress?
    /// The form of the checksum.
    public var checksum: ChecksumForm = .pseudoHeader
    /// The number in its authentication header; it does not count without one.
    public var sequenceNumber: UInt32 = 1
    /// Changes the octets of the frame before it is sent; the checksum of an IPv4 header is made right afterwards, because
    /// a kernel discards a packet with a wrong one before anybody sees it.
    public var mutation: (@Sendable (inout [UInt8]) -> Void)?

    /// An advert that a router with this definition would take, from `source`.
    public init(
        for router: VirtualRouterDefinition, from source: IPAddress, priority: UInt8,
        interval: AdvertisementInterval? = nil
    ) {
        self.source = source
        self.priority = priority
        contents = AdvertisementContents(
            version: router.version, family: router.family, virtualRouterID: router.virtualRouterID,
            interval: interval ?? router.advertisementInterval, addresses: router.addresses.map(\.address),
            authentication: router.authentication)
    }

    /// The complete frame.
    public var frame: [UInt8] {
        let destination = destination ?? contents.family.vrrpGroup
        let template = AdvertisementTemplate(
            contents, priority: priority, source: source, destination: destination, checksum: checksum,
            sourceMAC: .virtualRouter(contents.virtualRouterID, contents.family),
            destinationMAC: destination.isMulticast ? .multicast(destination) : nil)
        var frame: [UInt8] = []
        template.append(priority: priority, sequenceNumber: sequenceNumber, to: &frame)
        guard let mutation else { return frame }
        mutation(&frame)
        Self.repairIPv4Header(in: &frame)
        return frame
    }

    private static func repairIPv4Header(in frame: inout [UInt8]) {
        let start = AdvertisementTemplate.ethernetHeaderLength
        guard frame.count > start, frame[start] >> 4 == 4 else { return }
        let end = start + Int(frame[start] & 0xf) * 4
        guard end >= start + 20, end <= frame.count else { return }
        frame.setUInt16(0, at: start + 10)
        var sum = InternetChecksum()
        sum.add(frame.span, from: start, to: end)
        frame.setUInt16(sum.field, at: start + 10)
    }
}

extension Lab {
    /// Lets an advert arrive at a node at this moment, whatever the network is like.
    public mutating func inject(_ advert: ForgedAdvertisement, into name: String, interface: String = "eth0") {
        inject(advert.frame, into: name, interface: interface, from: "\(advert.source)")
    }

    /// Lets a frame arrive at a node at this moment, whatever the network is like.
    public mutating func inject(
        _ frame: [UInt8], into name: String, interface: String = "eth0", from source: String = "injector"
    ) {
        let node = index(of: name)
        guard let index = nodes[node].kernel.index(of: interface), nodes[node].isRunning else { return }
        let input = SimulatedNode.Input.frame(frame, interfaceIndex: index, source: source)
        if nodes[node].isPaused {
            wait(input, for: node)
        } else {
            take(input, node)
        }
    }
}

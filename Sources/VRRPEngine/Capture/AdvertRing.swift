import VRRP

/// The last adverts of a virtual router, in memory that is set aside when the router comes; to take one in is a copy.
struct AdvertRing: Sendable {
    /// How much of a packet is kept: VRRPv3 with 17 IPv4 or 3 IPv6 addresses in full.
    static let snapLength = 96

    /// What is known of a packet besides its octets.
    private struct Entry: Sendable {
        var time: Instant
        var length: UInt16
        var kept: UInt8
        var decision: CaptureDecision
    }

    private let capacity: Int
    private var entries: [Entry] = []
    private var storage: [UInt8] = []
    /// Where the next packet goes once there are as many as there is room for.
    private var next = 0

    init(capacity: Int) {
        self.capacity = capacity
        entries.reserveCapacity(capacity)
        storage.reserveCapacity(capacity * Self.snapLength)
    }

    /// Takes a packet in, the oldest one making room for it: octets of a header, then others.
    ///
    /// Allocates nothing.
    mutating func record(
        _ header: Span<UInt8>, _ rest: Span<UInt8>, at now: Instant, _ decision: CaptureDecision
    ) {
        let length = header.count + rest.count
        let kept = min(length, Self.snapLength)
        let entry = Entry(time: now, length: UInt16(clamping: length), kept: UInt8(kept), decision: decision)
        let place = entries.count < capacity ? entries.count : next
        if entries.count < capacity {
            entries.append(entry)
            storage.append(contentsOf: repeatElement(0, count: Self.snapLength))
        } else {
            entries[place] = entry
            next = next + 1 == capacity ? 0 : next + 1
        }
        let fromHeader = min(kept, header.count)
        storage.withUnsafeMutableBytes { storage in
            let target = UnsafeMutableRawBufferPointer(
                rebasing: storage[place * Self.snapLength..<(place + 1) * Self.snapLength])
            header.extracting(0..<fromHeader).withUnsafeBytes { target.copyMemory(from: $0) }
            guard kept > fromHeader else { return }
            rest.extracting(0..<kept - fromHeader).withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: target[fromHeader...]).copyMemory(from: $0)
            }
        }
    }

    /// Changes an octet of the packet that was taken in last.
    mutating func patchLast(_ octet: UInt8, at offset: Int) {
        guard offset < Self.snapLength, !entries.isEmpty else { return }
        storage[last * Self.snapLength + offset] = octet
    }

    /// Forgets the packets and keeps the memory.
    mutating func removeAll() {
        entries.removeAll(keepingCapacity: true)
        storage.removeAll(keepingCapacity: true)
        next = 0
    }

    /// The packets, oldest first.
    var adverts: [CapturedAdvert] {
        (0..<entries.count).map { number in
            let place = (next + number) % max(1, entries.count)
            let entry = entries[place]
            let start = place * Self.snapLength
            return CapturedAdvert(
                time: entry.time, decision: entry.decision, length: Int(entry.length),
                octets: Array(storage[start..<start + Int(entry.kept)]))
        }
    }

    private var last: Int {
        guard entries.count == capacity else { return entries.count - 1 }
        return next == 0 ? capacity - 1 : next - 1
    }
}

/// The adverts of a virtual router before its last change of state, and those since.
struct AdvertCapture: Sendable {
    /// What all routers together may take, roughly; each keeps at least two and at most 64 adverts on either side of a
    /// change.
    private static let budget = 2 << 20

    private var recent: AdvertRing
    private var frozen: AdvertRing

    /// - Parameter routerCount: how many virtual routers share the memory.
    init(routerCount: Int) {
        let share = Self.budget / max(1, routerCount) / (2 * (AdvertRing.snapLength + 24))
        let capacity = min(max(share, 2), 64)
        recent = AdvertRing(capacity: capacity)
        frozen = AdvertRing(capacity: capacity)
    }

    /// What is kept, oldest first.
    var adverts: [CapturedAdvert] { frozen.adverts + recent.adverts }

    /// Takes in a packet that a router received whose header the kernel delivers.
    mutating func record(received packet: Span<UInt8>, at now: Instant, _ decision: CaptureDecision) {
        recent.record(packet, packet.extracting(0..<0), at: now, decision)
    }

    /// Takes in an IPv6 packet that a router received, whose header the kernel does not deliver.
    mutating func record(
        received message: Span<UInt8>, _ datagram: Datagram, at now: Instant, _ decision: CaptureDecision
    ) {
        guard case .v6(let source) = datagram.source, case .v6(let destination) = datagram.destination else { return }
        let length = UInt16(clamping: message.count)
        let header: InlineArray<40, UInt8> = InlineArray { place in
            switch place {
            case 0: 0x60
            case 4: UInt8(length >> 8)
            case 5: UInt8(length & 0xff)
            case 6: VRRPNumbers.ipProtocol
            case 7: datagram.hopLimit
            case 8..<24: source.octet(place - 8)
            case 24..<40: destination.octet(place - 24)
            default: 0
            }
        }
        recent.record(header.span, message, at: now, decision)
    }

    /// Takes in an advert that a router sends.
    mutating func record(
        sent template: AdvertisementTemplate, priority: UInt8, sequenceNumber: UInt32, at now: Instant
    ) {
        let frame = template.frame
        let packet = frame.span.extracting(AdvertisementTemplate.ethernetHeaderLength..<frame.count)
        recent.record(packet, packet.extracting(0..<0), at: now, .sent)
        let header = AdvertisementTemplate.ethernetHeaderLength
        if let patch = template.patch(forPriority: priority) {
            recent.patchLast(priority, at: patch.priorityOffset - header)
            recent.patchLast(UInt8(patch.checksum >> 8), at: patch.checksumOffset - header)
            recent.patchLast(UInt8(patch.checksum & 0xff), at: patch.checksumOffset + 1 - header)
        }
        if let patch = template.authenticationPatch(forPriority: priority, sequenceNumber: sequenceNumber) {
            for place in 0..<AdvertisementTemplate.AuthenticationPatch.length {
                recent.patchLast(patch.octet(place), at: patch.offset + place - header)
            }
        }
    }

    /// Keeps what led to a change of state until the next one.
    mutating func freeze() {
        swap(&recent, &frozen)
        recent.removeAll()
    }
}

extension IPv6Address {
    /// The octet at a place, 0 to 15.
    fileprivate func octet(_ place: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: (place < 8 ? high : low) >> UInt64(56 - 8 * (place & 7)))
    }
}

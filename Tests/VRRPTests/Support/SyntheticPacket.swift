import VRRP

/// A packet as a sender could make it, faults included: every field can be wrong by itself.
///
/// What is not set is right. The defaults are an advert of 192.0.2.20 for virtual router 77 with priority 200.
struct SyntheticPacket: Sendable {
    /// How the checksum field comes about.
    enum Checksum: Sendable {
        case correct(ChecksumForm)
        /// The right value with some bits flipped.
        case damaged
        case value(UInt16)
    }

    var source: IPAddress
    var destination: IPAddress
    var hopLimit: UInt8 = 255
    var ipProtocol: UInt8 = 112
    /// IPv4: the length of the header in words; more than 5 are filled with no-operation options.
    var headerWords = 5
    /// IPv4: the header length field where it lies.
    var claimedHeaderWords: UInt8?
    /// IPv4: flags and fragment offset.
    var fragment: UInt16 = 0x4000
    /// The total length (IPv4) or payload length (IPv6) field where it lies.
    var claimedLength: UInt16?
    /// Octets behind the IP packet.
    var ethernetPadding = 0
    var sourceMAC = MACAddress(rawValue: 0x0200_0000_000b)

    var version: UInt8
    var type: UInt8 = 1
    var virtualRouterID: UInt8 = 77
    var priority: UInt8 = 200
    /// The count field where it differs from the number of addresses.
    var addressCount: UInt8?
    var addresses: [IPAddress]
    /// VRRPv3: centiseconds. VRRPv2: seconds.
    var interval: UInt16
    /// VRRPv3: the four bits in front of the interval.
    var reserved: UInt8 = 0
    var authenticationType: UInt8 = 0
    /// What ends the message; eight zeros in VRRPv2.
    var trailer: [UInt8]
    /// How many octets of the finished message are sent.
    var truncation: Int?
    var checksum = Checksum.correct(.pseudoHeader)

    init(version: UInt8 = 3, _ family: AddressFamily = .ipv4) {
        self.version = version
        destination = family.vrrpGroup
        interval = version == 2 ? 1 : 100
        trailer = version == 2 ? Array(repeating: 0, count: 8) : []
        switch family {
        case .ipv4:
            source = Bench.injector
            addresses = Bench.addresses
        case .ipv6:
            source = Bench.injector6
            addresses = Bench.addresses6
        }
    }

    /// The packet after a change.
    func with(_ change: (inout SyntheticPacket) -> Void) -> SyntheticPacket {
        var copy = self
        change(&copy)
        return copy
    }

    /// The VRRP message.
    var message: [UInt8] {
        var octets = [version << 4 | type, virtualRouterID, priority, addressCount ?? UInt8(addresses.count)]
        if version == 2 {
            octets += [authenticationType, UInt8(interval)]
        } else {
            octets += [reserved << 4 | UInt8(interval >> 8 & 0xf), UInt8(interval & 0xff)]
        }
        octets += [0, 0]
        for address in addresses { address.append(to: &octets) }
        octets += trailer
        let field = checksumField(of: octets)
        octets[6] = UInt8(field >> 8)
        octets[7] = UInt8(field & 0xff)
        return Array(octets.prefix(truncation ?? octets.count))
    }

    /// The Ethernet frame.
    var frame: [UInt8] {
        var octets: [UInt8] = []
        MACAddress.multicast(destination).append(to: &octets)
        sourceMAC.append(to: &octets)
        octets += source.family == .ipv4 ? [0x08, 0x00] : [0x86, 0xdd]
        let message = message
        octets += source.family == .ipv4 ? ipv4Header(message.count) : ipv6Header(message.count)
        return octets + message + Array(repeating: 0, count: ethernetPadding)
    }

    private func checksumField(of octets: [UInt8]) -> UInt16 {
        func correct(_ form: ChecksumForm) -> UInt16 {
            guard version != 2, form != .messageOnly else { return ReferenceChecksum.of(octets) }
            let destination = form == .pseudoHeaderOfGroup ? destination.family.vrrpGroup : destination
            let header = ReferenceChecksum.pseudoHeader(
                source: source, destination: destination, length: octets.count)
            return ReferenceChecksum.of(header + octets)
        }
        switch checksum {
        case .correct(let form): return correct(form)
        case .damaged: return correct(.pseudoHeader) ^ 0x5a5a
        case .value(let value): return value
        }
    }

    private func ipv4Header(_ messageLength: Int) -> [UInt8] {
        let length = claimedLength ?? UInt16(headerWords * 4 + messageLength)
        var header = [0x40 | (claimedHeaderWords ?? UInt8(headerWords)), 0xc0]
        header += [UInt8(length >> 8), UInt8(length & 0xff), 0, 1, UInt8(fragment >> 8), UInt8(fragment & 0xff)]
        header += [hopLimit, ipProtocol, 0, 0]
        source.append(to: &header)
        destination.append(to: &header)
        header += Array(repeating: 1, count: (headerWords - 5) * 4)
        let sum = ReferenceChecksum.of(Array(header.prefix(Int(claimedHeaderWords ?? UInt8(headerWords)) * 4)))
        header[10] = UInt8(sum >> 8)
        header[11] = UInt8(sum & 0xff)
        return header
    }

    private func ipv6Header(_ messageLength: Int) -> [UInt8] {
        let length = claimedLength ?? UInt16(messageLength)
        var header: [UInt8] = [0x6c, 0, 0, 0, UInt8(length >> 8), UInt8(length & 0xff), ipProtocol, hopLimit]
        source.append(to: &header)
        destination.append(to: &header)
        return header
    }
}

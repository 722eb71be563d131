public import VRRP

/// One frame that tells a link where a virtual address is now.
public struct Announcement: Hashable, Sendable {
    /// The interface that it leaves by.
    public var interfaceIndex: Int32
    /// The hardware address that is announced, and that the frame comes from.
    public var macAddress: MACAddress
    /// The virtual address.
    public var address: IPAddress

    /// Appends the complete Ethernet frame: a gratuitous ARP request or an unsolicited neighbour advertisement.
    public func encode(into octets: inout [UInt8]) {
        switch address {
        case .v4(let address):
            NeighborAnnouncement.appendGratuitousARP(address, from: macAddress, to: &octets)
        case .v6(let address):
            NeighborAnnouncement.appendNeighborAdvertisement(address, from: macAddress, to: &octets)
        }
    }
}

/// The frames by which an active router tells its link where a virtual address is now (RFC 9568, section 6.4.2).
public enum NeighborAnnouncement {
    /// Appends a gratuitous ARP request for `address`: sender and target are the address itself (errata 7947, 7949).
    ///
    /// The target hardware address is the broadcast address, as keepalived and FRR send it; receivers ignore the field.
    public static func appendGratuitousARP(
        _ address: IPv4Address, from macAddress: MACAddress, to octets: inout [UInt8]
    ) {
        MACAddress.broadcast.append(to: &octets)
        macAddress.append(to: &octets)
        octets.appendBigEndian(UInt16(0x0806))
        octets.appendBigEndian(UInt16(1))  // hardware: Ethernet
        octets.appendBigEndian(UInt16(0x0800))  // protocol: IPv4
        octets.append(6)
        octets.append(4)
        octets.appendBigEndian(UInt16(1))  // operation: request
        macAddress.append(to: &octets)
        octets.appendBigEndian(address.rawValue)
        MACAddress.broadcast.append(to: &octets)
        octets.appendBigEndian(address.rawValue)
    }

    /// Appends an unsolicited neighbour advertisement for `address` to all nodes: Router and Override set, Solicited
    /// clear, with the target link-layer address (RFC 9568, section 6.4.2; RFC 4861, section 4.4).
    public static func appendNeighborAdvertisement(
        _ address: IPv6Address, from macAddress: MACAddress, to octets: inout [UInt8]
    ) {
        let allNodes = IPAddress.v6(IPv6Address(high: 0xff02_0000_0000_0000, low: 1))
        let length = 32
        MACAddress.multicast(allNodes).append(to: &octets)
        macAddress.append(to: &octets)
        octets.appendBigEndian(UInt16(0x86dd))
        octets.appendBigEndian(UInt32(6) << 28)
        octets.appendBigEndian(UInt16(length))
        octets.append(58)  // ICMPv6
        octets.append(255)
        IPAddress.v6(address).append(to: &octets)
        allNodes.append(to: &octets)

        let start = octets.count
        octets.append(136)  // neighbour advertisement
        octets.append(0)
        octets.appendBigEndian(UInt16(0))
        octets.appendBigEndian(UInt32(0xa000_0000))
        IPAddress.v6(address).append(to: &octets)
        octets.append(2)  // option: target link-layer address
        octets.append(1)
        macAddress.append(to: &octets)

        var sum = InternetChecksum()
        sum.add(octets.span, from: start)
        sum.add(.v6(address))
        sum.add(allNodes)
        sum.add(UInt16(length))
        sum.add(UInt16(58))
        octets.setUInt16(sum.field, at: start + 2)
    }
}

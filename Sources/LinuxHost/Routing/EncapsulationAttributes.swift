import CLinux
import Glibc
import VRRP
import VRRPEngine

extension RouteEncapsulation {
    /// What the kernel is told of it: its type (RTA_ENCAP_TYPE), and the attributes that belong to the type (RTA_ENCAP).
    var kernelValues: (kind: UInt16, attributes: [UInt8]) {
        let kind: lwtunnel_encap_types
        var values: [UInt8] = []
        func add(_ attribute: UInt32, _ octets: [UInt8]) { values += RouteRequest.attribute(attribute, octets) }
        func add(_ attributes: TunnelAttributes, _ header: TunnelHeader) {
            // The identifier is in network byte order, the flags are as keepalived hands them over.
            if let identifier = header.identifier { add(attributes.identifier, Self.octets(identifier)) }
            if let address = header.destination { add(attributes.destination, Self.octets(address)) }
            if let address = header.source { add(attributes.source, Self.octets(address)) }
            if let octet = header.trafficClass { add(attributes.trafficClass, [octet]) }
            if let octet = header.hopLimit { add(attributes.hopLimit, [octet]) }
            if let flags = header.flags { add(attributes.flags, withUnsafeBytes(of: flags) { Array($0) }) }
        }
        switch self {
        case .ipv4(let header):
            kind = LWTUNNEL_ENCAP_IP
            add(.ipv4, header)
        case .ipv6(let header):
            kind = LWTUNNEL_ENCAP_IP6
            add(.ipv6, header)
        case .mpls(let labels):
            kind = LWTUNNEL_ENCAP_MPLS
            // Of each entry the label, and the sign that it is the last one (RFC 3032, section 2.1).
            let entries = labels.enumerated().flatMap { place, label in
                Self.octets(label << 12 | (place == labels.count - 1 ? 1 << 8 : 0))
            }
            add(UInt32(MPLS_IPTUNNEL_DST), entries)
        case .ila(let locator):
            kind = LWTUNNEL_ENCAP_ILA
            add(UInt32(ILA_ATTR_LOCATOR), Self.octets(locator))
        }
        return (UInt16(kind.rawValue), values)
    }

    private static func octets<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
        var octets: [UInt8] = []
        octets.appendBigEndian(number)
        return octets
    }

    private static func octets(_ address: IPAddress) -> [UInt8] {
        var octets: [UInt8] = []
        address.append(to: &octets)
        return octets
    }
}

/// The kernel's numbers for the fields of a tunnel's header.
private struct TunnelAttributes {
    let identifier, destination, source, trafficClass, hopLimit, flags: UInt32

    static let ipv4 = TunnelAttributes(
        identifier: LWTUNNEL_IP_ID.rawValue, destination: LWTUNNEL_IP_DST.rawValue,
        source: LWTUNNEL_IP_SRC.rawValue, trafficClass: LWTUNNEL_IP_TOS.rawValue,
        hopLimit: LWTUNNEL_IP_TTL.rawValue, flags: LWTUNNEL_IP_FLAGS.rawValue)
    static let ipv6 = TunnelAttributes(
        identifier: LWTUNNEL_IP6_ID.rawValue, destination: LWTUNNEL_IP6_DST.rawValue,
        source: LWTUNNEL_IP6_SRC.rawValue, trafficClass: LWTUNNEL_IP6_TC.rawValue,
        hopLimit: LWTUNNEL_IP6_HOPLIMIT.rawValue, flags: LWTUNNEL_IP6_FLAGS.rawValue)
}

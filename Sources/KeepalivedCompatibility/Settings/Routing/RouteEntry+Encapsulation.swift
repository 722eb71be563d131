import VRRP
import VRRPEngine

extension RouteEntry {
    /// What stands behind `encap`: `ip` or `ip6` with the fields of a tunnel's header, `mpls LABEL[/LABEL...]`, or
    /// `ila LOCATOR`; nil, and reported, where it is wrong.
    func readEncapsulation(_ reader: inout EntryReader, _ log: inout DiagnosticLog) -> RouteEncapsulation? {
        let kinds = ValueFormat<String>.choice(["ip": "ip", "ip6": "ip6", "mpls": "mpls", "ila": "ila"])
        switch reader.value(of: "encap", kinds, &log) {
        case "ip": return readHeader(.ipv4, &reader, &log).map(RouteEncapsulation.ipv4)
        case "ip6": return readHeader(.ipv6, &reader, &log).map(RouteEncapsulation.ipv6)
        case "mpls": return reader.value(of: "encap mpls", .labels, &log).map { .mpls(labels: $0) }
        case "ila": return reader.value(of: "encap ila", .locator, &log).map { .ila(locator: $0) }
        default: return nil
        }
    }

    /// The header of a tunnel; the first word that is none of its fields belongs to the route again.
    private func readHeader(
        _ family: AddressFamily, _ reader: inout EntryReader, _ log: inout DiagnosticLog
    ) -> TunnelHeader? {
        var header = TunnelHeader()
        let (trafficClass, hopLimit) = family == .ipv4 ? ("tos", "ttl") : ("tc", "hoplimit")
        while true {
            if reader.skip("id") {
                guard let number = reader.value(of: "encap id", .tunnelIdentifier, &log) else { return nil }
                header.identifier = number
            } else if reader.skip("dst") {
                guard let address = reader.value(of: "encap dst", .address(of: family), &log) else { return nil }
                header.destination = address
            } else if reader.skip("src") {
                guard let address = reader.value(of: "encap src", .address(of: family), &log) else { return nil }
                header.source = address
            } else if reader.skip(trafficClass) {
                guard let number = reader.value(of: "encap \(trafficClass)", names.serviceType, &log) else {
                    return nil
                }
                header.trafficClass = UInt8(clamping: number)
            } else if reader.skip(hopLimit) {
                guard let number = reader.value(of: "encap \(hopLimit)", .number(0...255), &log) else { return nil }
                header.hopLimit = UInt8(clamping: number)
            } else if reader.skip("flags") {
                guard let number = reader.value(of: "encap flags", .number(0...0xffff), &log) else { return nil }
                header.flags = UInt16(clamping: number)
            } else {
                break
            }
        }
        guard header.destination != nil || header.identifier != nil else {
            log.error(place, "encap", .valueMissing(allowed: "dst or id"))
            return nil
        }
        return header
    }
}

extension ValueFormat<IPAddress> {
    /// An address of a host, of one family.
    fileprivate static func address(of family: AddressFamily) -> Self {
        ValueFormat(allowed: "an \(family.name) address") { text in
            IPAddress(text).flatMap { $0.family == family && $0.isUnicast ? $0 : nil }
        }
    }
}

extension ValueFormat<UInt64> {
    /// The identifier of a tunnel.
    fileprivate static var tunnelIdentifier: Self {
        ValueFormat(allowed: "0 to \(TunnelHeader.greatestIdentifier)") { text in
            let isHexadecimal = text.hasPrefix("0x")
            let digits = isHexadecimal ? text.dropFirst(2) : text[...]
            guard digits.utf8.first != UInt8(ascii: "+"), let number = UInt64(digits, radix: isHexadecimal ? 16 : 10),
                number <= TunnelHeader.greatestIdentifier
            else { return nil }
            return number
        }
    }

    /// The locator of Identifier-Locator Addressing.
    fileprivate static var locator: Self {
        ValueFormat(allowed: "four groups of hexadecimal digits between colons") { RouteEncapsulation.locator($0) }
    }
}

extension ValueFormat<[UInt32]> {
    /// Labels of MPLS.
    fileprivate static var labels: Self {
        let greatest = RouteEncapsulation.greatestLabel
        let allowed = "1 to \(RouteEncapsulation.mostLabels) labels of 0 to \(greatest) with / between them"
        return ValueFormat(allowed: allowed) { text in
            var labels: [UInt32] = []
            for word in text.split(separator: "/", omittingEmptySubsequences: false) {
                guard let label = RoutingNames.number(word), label <= greatest else { return nil }
                labels.append(label)
            }
            return labels.count <= RouteEncapsulation.mostLabels ? labels : nil
        }
    }
}

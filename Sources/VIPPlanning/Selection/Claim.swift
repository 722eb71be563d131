import VRRP

/// A virtual router that a Service asks for, before it has an identifier or nodes.
struct Claim: Hashable {
    /// What the router is called wherever its identifier is kept: the Service's name, with the address where each address
    /// has a router of its own.
    var key: String
    /// The group.
    var group: ObjectName
    /// The Service.
    var service: ObjectName
    /// The addresses, in order; never empty.
    var addresses: [IPAddress]
    /// How a node finds out whether it may hold them.
    var health: Service.HealthCheck
    /// Options of keepalived that the Service asks for.
    var options: [String: String]

    /// The family of the addresses.
    var family: AddressFamily { addresses[0].family }

    /// The name of the router's object in the group's namespace: a DNS subdomain, unique among all routers.
    ///
    /// It ends with the family or the address, and neither a namespace nor the name of a Service contains a dot, so that
    /// different routers never have the same one.
    var objectName: String {
        let last =
            key == service.description
            ? family.name.lowercased()
            : "ip" + String(addresses[0].description.map { $0 == "." || $0 == ":" ? "-" : $0 }) + "x"
        let name = [group.name, service.namespace, service.name, last].joined(separator: ".")
        guard name.utf8.count > Self.longestName else { return name }
        let weight = String(Rendezvous.weight(of: last, for: "\(group) \(key)"), radix: 36)
        return "\(group.name.prefix(200).withoutTrailingMarks).\(weight)"
    }

    private static let longestName = 253
}

extension Substring {
    /// The text without dots and hyphens at its end, where no label may have them.
    fileprivate var withoutTrailingMarks: Substring {
        var text = self
        while let last = text.last, last == "." || last == "-" { text.removeLast() }
        return text
    }
}

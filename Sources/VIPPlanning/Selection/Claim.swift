public import VRRP

/// A virtual router that a Service asks for, before it has an identifier or nodes.
struct Claim: Hashable, Sendable {
    /// What the router is called wherever its identifier is kept: the Service's name, with the address where each address
    /// has a router of its own.
    let key: String
    /// The group.
    let group: ObjectName
    /// The Service.
    let service: ObjectName
    /// The addresses, in order; never empty.
    let addresses: [IPAddress]
    /// How a node finds out whether it may hold them.
    let health: Service.HealthCheck
    /// The time between adverts that the Service asks for; nil where it leaves that to the group.
    let advertisementInterval: AdvertisementInterval?
    /// Options of keepalived that the Service asks for.
    let options: [String: String]
    /// The name of the router's object in the group's namespace: a DNS subdomain, unique among all routers.
    let objectName: String

    /// The family of the addresses.
    var family: AddressFamily { addresses[0].family }

    /// A router for all addresses of a family.
    ///
    /// - Parameter addresses: At least one, of one family, in order.
    init(_ addresses: [IPAddress], of service: Service, in group: ObjectName) {
        self.init(
            addresses, of: service, in: group, key: service.name.description, mark: Self.mark(of: addresses[0].family))
    }

    /// A router for one address alone.
    init(_ address: IPAddress, of service: Service, in group: ObjectName) {
        self.init(
            [address], of: service, in: group, key: "\(service.name)/\(address)",
            mark: Self.mark(ofAddress: address.description))
    }

    fileprivate static func mark(of family: AddressFamily) -> String { family.name.lowercased() }

    fileprivate static func mark(ofAddress address: some StringProtocol) -> String {
        "ip" + String(address.map { $0 == "." || $0 == ":" ? "-" : $0 }) + "x"
    }

    private init(_ addresses: [IPAddress], of service: Service, in group: ObjectName, key: String, mark: String) {
        self.key = key
        self.group = group
        self.service = service.name
        self.addresses = addresses
        health = service.health
        advertisementInterval = service.advertisementInterval
        options = service.options
        objectName = Self.objectName(group, service.name, key: key, mark: mark)
    }

    /// It ends with the family or the address, and neither a namespace nor the name of a Service contains a dot, so that
    /// different routers never have the same one.
    fileprivate static func objectName(
        _ group: ObjectName, _ service: ObjectName, key: String, mark: String
    ) -> String {
        let name = [group.name, service.namespace, service.name, mark].joined(separator: ".")
        guard name.utf8.count > longestName else { return name }
        let weight = String(Rendezvous.weight(of: mark, for: "\(group) \(key)"), radix: 36)
        return "\(group.name.prefix(200).withoutTrailingMarks).\(weight)"
    }

    private static let longestName = 253
}

extension PlannedRouter {
    /// The name that the object of a router has.
    ///
    /// - Parameters:
    ///   - group: The group.
    ///   - key: What the router is called in it.
    ///   - family: The family of its addresses.
    /// - Returns: The name; nil where the key is none.
    public static func objectName(group: ObjectName, key: String, family: AddressFamily) -> String? {
        let parts = key.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count >= 2 else { return nil }
        let mark = parts.count == 3 ? Claim.mark(ofAddress: parts[2]) : Claim.mark(of: family)
        return Claim.objectName(group, ObjectName(String(parts[0]), String(parts[1])), key: key, mark: mark)
    }
}

extension Substring {
    /// The text without dots and hyphens at its end, where no label may have them.
    fileprivate var withoutTrailingMarks: Substring {
        var text = self
        while let last = text.last, last == "." || last == "-" { text.removeLast() }
        return text
    }
}

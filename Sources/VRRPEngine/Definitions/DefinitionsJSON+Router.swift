import JSONDocument
import VRRP

/// One member of `virtualRouters`.
extension VirtualRouterDefinition {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        let family = try fields.required("family").addressFamily()
        self.init(
            name: try fields.required("name").routerName(),
            interface: try fields.required("interface").interfaceName(),
            family: family,
            virtualRouterID: try fields.required("virtualRouterID").virtualRouterID(),
            addresses: try fields.required("addresses").elements(count: 0...255) {
                (reader) throws(JSONFieldError) in try VirtualAddress(reader, family: family)
            })
        version = try fields.optional("version")?.protocolVersion() ?? version
        priority = try fields.optional("priority")?.priority() ?? priority
        advertisementInterval =
            try fields.optional("advertisementIntervalMilliseconds")?.advertisementInterval() ?? advertisementInterval
        unadvertisedAddresses =
            try fields.optional("unadvertisedAddresses")?.elements { (reader) throws(JSONFieldError) in
                try VirtualAddress(reader, family: nil)
            } ?? []
        virtualRoutes = try fields.optional("virtualRoutes")?.objects(VirtualRoute.init(fields:)) ?? []
        virtualRules = try fields.optional("virtualRules")?.objects(VirtualRule.init(fields:)) ?? []
        preemption = try fields.optional("preemption")?.object(Preemption.init(fields:)) ?? preemption
        acceptMode = try fields.optional("acceptMode")?.bool() ?? acceptMode
        transport =
            try fields.optional("transport")?.object { (fields) throws(JSONFieldError) in
                try Transport(fields: &fields, family: family)
            } ?? transport
        sourceAddress = try fields.optional("sourceAddress")?.unicastAddress(of: family)
        authentication = try fields.optional("authentication")?.object(Authentication.init(fields:)) ?? authentication
        virtualMAC = try fields.optional("virtualMAC")?.object(VirtualMACInterface.init(fields:))
        tracking = try fields.optional("tracking")?.object(Tracking.init(fields:)) ?? tracking
        announcements = try fields.optional("announcements")?.object(AnnouncementPlan.init(fields:)) ?? announcements
        interoperability =
            try fields.optional("interoperability")?.object(InteroperabilityPolicy.init(fields:)) ?? interoperability
        downTimerAdverts = try fields.optional("downTimerAdverts")?.integer(in: 1...100) ?? downTimerAdverts
        unicastHopLimit = try fields.optional("unicastHopLimit")?.integer(in: 1...255) ?? unicastHopLimit
        promotesSecondaries = try fields.optional("promotesSecondaries")?.bool() ?? promotesSecondaries
    }

    var json: JSONValue {
        let standard = VirtualRouterDefinition(
            name: name, interface: interface, family: family, virtualRouterID: virtualRouterID, addresses: addresses)
        var object: JSONObject = [
            "name": .string(name), "interface": .string(interface), "family": family.json,
            "virtualRouterID": .integer(Int64(virtualRouterID.rawValue)),
        ]
        object.add("version", version, unless: standard.version) { .integer(Int64($0.rawValue)) }
        object.add("priority", priority, unless: standard.priority) { .integer(Int64($0.rawValue)) }
        object.add(
            "advertisementIntervalMilliseconds", advertisementInterval, unless: standard.advertisementInterval
        ) { $0.duration.jsonMilliseconds }
        object["addresses"] = .array(addresses.map(\.json))
        object.add("unadvertisedAddresses", unadvertisedAddresses, unless: []) { .array($0.map(\.json)) }
        object.add("virtualRoutes", virtualRoutes, unless: []) { .array($0.map { .object($0.json) }) }
        object.add("virtualRules", virtualRules, unless: []) { .array($0.map { .object($0.json) }) }
        object.add("preemption", preemption, unless: standard.preemption, \.json)
        object.add("acceptMode", acceptMode, unless: standard.acceptMode, JSONValue.bool)
        object.add("transport", transport, unless: standard.transport, \.json)
        object.add("sourceAddress", sourceAddress, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("authentication", authentication, unless: standard.authentication, \.json)
        object.add("virtualMAC", virtualMAC, unless: nil) { $0?.json ?? .null }
        object.add("tracking", tracking, unless: standard.tracking, \.json)
        object.add("announcements", announcements, unless: standard.announcements, \.json)
        object.add("interoperability", interoperability, unless: standard.interoperability, \.json)
        object.add("downTimerAdverts", downTimerAdverts, unless: standard.downTimerAdverts) { .integer(Int64($0)) }
        object.add("unicastHopLimit", unicastHopLimit, unless: standard.unicastHopLimit) { .integer(Int64($0)) }
        object.add("promotesSecondaries", promotesSecondaries, unless: standard.promotesSecondaries, JSONValue.bool)
        return .object(object)
    }
}

extension VirtualMACInterface {
    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init(name: try fields.required("name").interfaceName())
        macAddress = try fields.optional("macAddress")?.macAddress()
        advertisesFromParent = try fields.optional("advertisesFromParent")?.bool() ?? false
        linkGroup = try fields.optional("linkGroup")?.integer()
    }

    fileprivate var json: JSONValue {
        var object: JSONObject = ["name": .string(name)]
        object.add("macAddress", macAddress, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("advertisesFromParent", advertisesFromParent, unless: false, JSONValue.bool)
        object.add("linkGroup", linkGroup, unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
        return .object(object)
    }
}

import JSONDocument
import VRRP

/// A member of `virtualRoutes`.
extension VirtualRoute {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init(to: try fields.required("destination").prefix())
        kind = try fields.optional("kind")?.oneOf(Kind.self) ?? kind
        source = try fields.optional("source")?.prefix()
        gateway = try fields.optional("gateway")?.unicastAddress(of: nil)
        interface = try fields.optional("interface")?.interfaceName()
        nextHops = try fields.optional("nextHops")?.objects(NextHop.init(fields:)) ?? []
        encapsulation = try fields.optional("encapsulation")?.object(RouteEncapsulation.init(fields:))
        isOnLink = try fields.optional("onLink")?.bool() ?? isOnLink
        preferredSource = try fields.optional("preferredSource")?.unicastAddress(of: nil)
        table = try fields.optional("table")?.integer(in: 1...UInt32.max) ?? table
        typeOfService = try fields.optional("typeOfService")?.integer() ?? typeOfService
        protocolNumber = try fields.optional("protocol")?.integer() ?? protocolNumber
        scope = try fields.optional("scope")?.integer()
        metric = try fields.optional("metric")?.integer()
        realms = try fields.optional("realms")?.integer()
        routerPreference = try fields.optional("routerPreference")?.oneOf(
            ["low": RouterPreference.low, "medium": .medium, "high": .high])
        lifetime = try fields.optional("lifetime")?.integer(in: 1...UInt32.max)
        metrics =
            try fields.optional("metrics")?.object { (fields) throws(JSONFieldError) in
                var metrics: [RouteMetric: UInt32] = [:]
                for metric in RouteMetric.allCases {
                    metrics[metric] = try fields.optional(metric.rawValue)?.integer()
                }
                return metrics
            } ?? [:]
        lockedMetrics = Set(
            try fields.optional("lockedMetrics")?.elements { (reader) throws(JSONFieldError) in
                try reader.oneOf(RouteMetric.self)
            } ?? [])
        congestionControl = try fields.optional("congestionControl")?.string(as: "a name of 1 to 15 bytes") { name in
            (1...15).contains(name.utf8.count) ? name : nil
        }
        placement = try fields.optional("placement")?.oneOf(Placement.self) ?? placement
        isTracked = try fields.optional("track")?.bool() ?? isTracked
    }

    var json: JSONObject {
        let standard = VirtualRoute(to: destination)
        var object: JSONObject = ["destination": .string("\(destination)")]
        object.add("kind", kind, unless: standard.kind, \.jsonWord)
        object.add("source", source, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("gateway", gateway, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("interface", interface, unless: nil) { $0.map(JSONValue.string) ?? .null }
        object.add("nextHops", nextHops, unless: []) { .array($0.map(\.json)) }
        object.add("encapsulation", encapsulation, unless: nil) { $0?.json ?? .null }
        object.add("onLink", isOnLink, unless: false, JSONValue.bool)
        object.add("preferredSource", preferredSource, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("table", table, unless: standard.table) { .integer(Int64($0)) }
        object.add("typeOfService", typeOfService, unless: 0) { .integer(Int64($0)) }
        object.add("protocol", protocolNumber, unless: standard.protocolNumber) { .integer(Int64($0)) }
        object.add("scope", scope, unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
        object.add("metric", metric, unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
        object.add("realms", realms, unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
        object.add("routerPreference", routerPreference, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("lifetime", lifetime, unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
        object.add("metrics", metrics, unless: [:]) { metrics in
            var values = JSONObject()
            for metric in RouteMetric.allCases {
                values.add(metric.rawValue, metrics[metric], unless: nil) { $0.map { .integer(Int64($0)) } ?? .null }
            }
            return .object(values)
        }
        object.add("lockedMetrics", lockedMetrics, unless: []) { locked in
            .array(RouteMetric.allCases.filter(locked.contains).map(\.jsonWord))
        }
        object.add("congestionControl", congestionControl, unless: nil) { $0.map(JSONValue.string) ?? .null }
        object.add("placement", placement, unless: standard.placement, \.jsonWord)
        object.add("track", isTracked, unless: true, JSONValue.bool)
        return object
    }
}

extension NextHop {
    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init(
            gateway: try fields.optional("gateway")?.unicastAddress(of: nil),
            interface: try fields.optional("interface")?.interfaceName())
        encapsulation = try fields.optional("encapsulation")?.object(RouteEncapsulation.init(fields:))
        weight = try fields.optional("weight")?.integer(in: 1...256) ?? weight
        isOnLink = try fields.optional("onLink")?.bool() ?? isOnLink
    }

    fileprivate var json: JSONValue {
        var object = JSONObject()
        object.add("gateway", gateway, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("interface", interface, unless: nil) { $0.map(JSONValue.string) ?? .null }
        object.add("encapsulation", encapsulation, unless: nil) { $0?.json ?? .null }
        object.add("weight", weight, unless: 1) { .integer(Int64($0)) }
        object.add("onLink", isOnLink, unless: false, JSONValue.bool)
        return .object(object)
    }
}

extension JSONReader {
    /// A network prefix.
    func prefix() throws(JSONFieldError) -> NetworkPrefix {
        try string(as: "a prefix as in \"192.0.2.0/24\" or \"::/0\"") { NetworkPrefix($0) }
    }
}

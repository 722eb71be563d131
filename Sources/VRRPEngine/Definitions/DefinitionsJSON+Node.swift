import JSONDocument
import VRRP

/// The member `node`.
extension NodePolicy {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init()
        startDelay = try fields.optional("startDelayMilliseconds")?.milliseconds() ?? startDelay
        delayAfterBoot = try fields.optional("delayAfterBootMilliseconds")?.milliseconds() ?? delayAfterBoot
        reportsUnknownRouters = try fields.optional("reportsUnknownRouters")?.bool() ?? reportsUnknownRouters
        announcementGroups =
            try fields.optional("announcementGroups")?.objects(AnnouncementGroup.init(fields:)) ?? announcementGroups
        disablesLocalIGMP = try fields.optional("disablesLocalIGMP")?.bool() ?? disablesLocalIGMP
        filter = try fields.optional("filter")?.object(FilterPolicy.init(fields:)) ?? filter
    }

    var json: JSONValue {
        let standard = NodePolicy()
        var object = JSONObject()
        object.add("startDelayMilliseconds", startDelay, unless: standard.startDelay, \.jsonMilliseconds)
        object.add("delayAfterBootMilliseconds", delayAfterBoot, unless: standard.delayAfterBoot, \.jsonMilliseconds)
        object.add("reportsUnknownRouters", reportsUnknownRouters, unless: false, JSONValue.bool)
        object.add("announcementGroups", announcementGroups, unless: []) { .array($0.map(\.json)) }
        object.add("disablesLocalIGMP", disablesLocalIGMP, unless: false, JSONValue.bool)
        object.add("filter", filter, unless: standard.filter, \.json)
        return .object(object)
    }
}

extension AnnouncementGroup {
    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init(
            interfaces: try fields.required("interfaces").elements(count: 1...Int.max) {
                (reader) throws(JSONFieldError) in try reader.interfaceName()
            })
        gratuitousARPSpacing = try fields.optional("gratuitousARPSpacingMilliseconds")?.milliseconds()
        neighborAdvertisementSpacing = try fields.optional("neighborAdvertisementSpacingMilliseconds")?.milliseconds()
    }

    fileprivate var json: JSONValue {
        var object: JSONObject = ["interfaces": .array(interfaces.map(JSONValue.string))]
        object.add("gratuitousARPSpacingMilliseconds", gratuitousARPSpacing, unless: nil) {
            $0?.jsonMilliseconds ?? .null
        }
        object.add("neighborAdvertisementSpacingMilliseconds", neighborAdvertisementSpacing, unless: nil) {
            $0?.jsonMilliseconds ?? .null
        }
        return .object(object)
    }
}

extension FilterPolicy {
    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init()
        table = try fields.optional("table")?.string(length: 1...255) ?? table
        priority = try fields.optional("priority")?.integer() ?? priority
        countsPackets = try fields.optional("countsPackets")?.bool() ?? countsPackets
    }

    fileprivate var json: JSONValue {
        let standard = FilterPolicy()
        var object = JSONObject()
        object.add("table", table, unless: standard.table, JSONValue.string)
        object.add("priority", priority, unless: standard.priority) { .integer(Int64($0)) }
        object.add("countsPackets", countsPackets, unless: false, JSONValue.bool)
        return .object(object)
    }
}

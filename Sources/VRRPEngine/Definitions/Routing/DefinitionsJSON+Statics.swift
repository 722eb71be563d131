import JSONDocument

/// The member `statics`.
extension StaticDefinitions {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        addresses =
            try fields.optional("addresses")?.objects { (fields) throws(JSONFieldError) in
                let group = try fields.optional("trackGroup")?.routerName()
                return StaticEntry(try VirtualAddress(fields: &fields, family: nil), trackGroup: group)
            } ?? []
        routes =
            try fields.optional("routes")?.objects { (fields) throws(JSONFieldError) in
                let group = try fields.optional("trackGroup")?.routerName()
                return StaticEntry(try VirtualRoute(fields: &fields), trackGroup: group)
            } ?? []
        rules =
            try fields.optional("rules")?.objects { (fields) throws(JSONFieldError) in
                let group = try fields.optional("trackGroup")?.routerName()
                return StaticEntry(try VirtualRule(fields: &fields), trackGroup: group)
            } ?? []
        trackGroups =
            try fields.optional("trackGroups")?.objects { (fields) throws(JSONFieldError) in
                TrackGroupDefinition(
                    name: try fields.required("name").routerName(),
                    virtualRouters: try fields.required("members").elements { (reader) throws(JSONFieldError) in
                        try reader.routerName()
                    })
            } ?? []
    }

    var json: JSONValue {
        var object = JSONObject()
        object.add("addresses", addresses, unless: []) { entries in
            .array(entries.map { Self.json($0.value.jsonObject, $0.trackGroup) })
        }
        object.add("routes", routes, unless: []) { entries in
            .array(entries.map { Self.json($0.value.json, $0.trackGroup) })
        }
        object.add("rules", rules, unless: []) { entries in
            .array(entries.map { Self.json($0.value.json, $0.trackGroup) })
        }
        object.add("trackGroups", trackGroups, unless: []) { groups in
            .array(
                groups.map { group in
                    ["name": .string(group.name), "members": .array(group.virtualRouters.map(JSONValue.string))]
                })
        }
        return .object(object)
    }

    private static func json(_ object: JSONObject, _ trackGroup: String?) -> JSONValue {
        var object = object
        object.add("trackGroup", trackGroup, unless: nil) { $0.map(JSONValue.string) ?? .null }
        return .object(object)
    }
}

import JSONDocument

/// One member of `syncGroups`.
extension SyncGroupDefinition {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init(
            name: try fields.required("name").routerName(),
            members: try fields.required("members").elements(count: 1...Int.max) { (reader) throws(JSONFieldError) in
                try reader.routerName()
            })
        conditions = try fields.optional("conditions")?.objects(TrackedCondition.init(fields:)) ?? conditions
    }

    var json: JSONValue {
        var object: JSONObject = ["name": .string(name), "members": .array(members.map(JSONValue.string))]
        object.add("conditions", conditions, unless: []) { .array($0.map(\.json)) }
        return .object(object)
    }
}

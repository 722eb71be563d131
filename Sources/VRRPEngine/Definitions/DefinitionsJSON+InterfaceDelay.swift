import JSONDocument

/// One member of `interfaceDelays`.
extension InterfaceDelay {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        let interface = try fields.required("interface").interfaceName()
        let down = try fields.required("downMilliseconds").milliseconds()
        self.init(
            interface: interface, down: down, up: try fields.optional("upMilliseconds")?.milliseconds() ?? down)
    }

    var json: JSONValue {
        var object: JSONObject = ["interface": .string(interface), "downMilliseconds": down.jsonMilliseconds]
        object.add("upMilliseconds", up, unless: down, \.jsonMilliseconds)
        return .object(object)
    }
}

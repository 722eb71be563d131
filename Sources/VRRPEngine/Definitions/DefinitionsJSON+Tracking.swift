import JSONDocument
import VRRP

extension Tracking {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init()
        ownInterface = try fields.optional("ownInterface")?.bool() ?? ownInterface
        sourceAddress = try fields.optional("sourceAddress")?.bool() ?? sourceAddress
        conditions = try fields.optional("conditions")?.objects(TrackedCondition.init(fields:)) ?? []
    }

    var json: JSONValue {
        var object = JSONObject()
        object.add("ownInterface", ownInterface, unless: true, JSONValue.bool)
        object.add("sourceAddress", sourceAddress, unless: false, JSONValue.bool)
        object.add("conditions", conditions, unless: []) { .array($0.map(\.json)) }
        return .object(object)
    }
}

extension TrackedCondition {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        object = try TrackedObject(fields: &fields)
        let weight = try fields.optional("weight")
        let reversedWeight = try fields.optional("reversedWeight")
        let reversedFault = try fields.optional("reversedFault")
        switch (weight, reversedWeight) {
        case (nil, nil): effect = try reversedFault?.bool() == true ? .reversedFault : .fault
        case (let weight?, nil): effect = .weight(try weight.integer(in: object.weights))
        case (nil, let reversed?): effect = .reversedWeight(try reversed.integer(in: object.weights))
        case (.some, let reversed?): throw reversed.error("cannot stand beside \"weight\"")
        }
        if let reversedFault, effect.isWeight { throw reversedFault.error("cannot stand beside a weight") }
    }

    var json: JSONValue {
        var members = JSONObject()
        switch object {
        case .interface(let name): members["interface"] = .string(name)
        case .external(let name): members["external"] = .string(name)
        case .number(let name): members["number"] = .string(name)
        }
        switch effect {
        case .fault: break
        case .reversedFault: members["reversedFault"] = true
        case .weight(let weight): members["weight"] = .integer(Int64(weight))
        case .reversedWeight(let weight): members["reversedWeight"] = .integer(Int64(weight))
        }
        return .object(members)
    }
}

extension TrackedObject {
    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        let interface = try fields.optional("interface")
        let external = try fields.optional("external")
        let number = try fields.optional("number")
        switch (interface, external, number) {
        case (let interface?, nil, nil): self = .interface(try interface.interfaceName())
        case (nil, let external?, nil): self = .external(try external.routerName())
        case (nil, nil, let number?): self = .number(try number.routerName())
        default:
            throw fields.object.error(allowed: "an object with one of \"interface\", \"external\" and \"number\"")
        }
    }
}

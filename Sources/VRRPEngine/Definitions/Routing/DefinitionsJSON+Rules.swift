import JSONDocument
import VRRP

/// A member of `virtualRules`.
extension VirtualRule {
    private enum Verdict: String, CaseIterable { case nothing, blackhole, unreachable, prohibit }

    init(fields: inout JSONFields) throws(JSONFieldError) {
        let source = try fields.optional("source")?.prefix()
        let destination = try fields.optional("destination")?.prefix()
        let family = try fields.optional("family")?.addressFamily()
        self.init(
            try Action(&fields), priority: try fields.required("priority").integer(),
            family: family ?? (source ?? destination)?.family ?? .ipv4)
        self.source = source
        self.destination = destination
        usesTableOfVRF = action == .lookup(table: 0)
        isInverted = try fields.optional("not")?.bool() ?? isInverted
        typeOfService = try fields.optional("typeOfService")?.integer() ?? typeOfService
        firewallMark = try fields.optional("firewallMark")?.integer()
        firewallMask = try fields.optional("firewallMask")?.integer()
        inputInterface = try fields.optional("inputInterface")?.interfaceName()
        outputInterface = try fields.optional("outputInterface")?.interfaceName()
        tunnelID = try fields.optional("tunnelID")?.integer(in: 1...UInt64(Int64.max))
        userIDs = try fields.optional("userIDs")?.range()
        ipProtocol = try fields.optional("ipProtocol")?.integer(in: 1...255)
        sourcePorts = try fields.optional("sourcePorts")?.range()
        destinationPorts = try fields.optional("destinationPorts")?.range()
        suppressedPrefixLength = try fields.optional("suppressedPrefixLength")?.integer(in: 0...128)
        suppressedInterfaceGroup = try fields.optional("suppressedInterfaceGroup")?.integer()
        realms = try fields.optional("realms")?.integer()
        protocolNumber = try fields.optional("protocol")?.integer() ?? protocolNumber
        isTracked = try fields.optional("track")?.bool() ?? isTracked
    }

    var json: JSONObject {
        var object = JSONObject()
        object.add("family", family, unless: (source ?? destination)?.family ?? .ipv4, \.json)
        object["priority"] = .integer(Int64(priority))
        switch action {
        case .lookup where usesTableOfVRF: object["tableOfVRF"] = .bool(true)
        case .lookup(let table): object["table"] = .integer(Int64(table))
        case .goTo(let priority): object["goTo"] = .integer(Int64(priority))
        case .nothing: object["verdict"] = Verdict.nothing.jsonWord
        case .blackhole: object["verdict"] = Verdict.blackhole.jsonWord
        case .unreachable: object["verdict"] = Verdict.unreachable.jsonWord
        case .prohibit: object["verdict"] = Verdict.prohibit.jsonWord
        }
        object.add("not", isInverted, unless: false, JSONValue.bool)
        object.add("source", source, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("destination", destination, unless: nil) { $0.map { .string("\($0)") } ?? .null }
        object.add("typeOfService", typeOfService, unless: 0) { .integer(Int64($0)) }
        object.add("firewallMark", firewallMark, unless: nil, Self.number)
        object.add("firewallMask", firewallMask, unless: nil, Self.number)
        object.add("inputInterface", inputInterface, unless: nil) { $0.map(JSONValue.string) ?? .null }
        object.add("outputInterface", outputInterface, unless: nil) { $0.map(JSONValue.string) ?? .null }
        object.add("tunnelID", tunnelID, unless: nil, Self.number)
        object.add("userIDs", userIDs, unless: nil, Self.range)
        object.add("ipProtocol", ipProtocol, unless: nil, Self.number)
        object.add("sourcePorts", sourcePorts, unless: nil, Self.range)
        object.add("destinationPorts", destinationPorts, unless: nil, Self.range)
        object.add("suppressedPrefixLength", suppressedPrefixLength, unless: nil, Self.number)
        object.add("suppressedInterfaceGroup", suppressedInterfaceGroup, unless: nil, Self.number)
        object.add("realms", realms, unless: nil, Self.number)
        object.add("protocol", protocolNumber, unless: VirtualRoute.ownProtocol) { .integer(Int64($0)) }
        object.add("track", isTracked, unless: true, JSONValue.bool)
        return object
    }

    private static func number(_ number: (some FixedWidthInteger)?) -> JSONValue {
        number.map { .integer(Int64(clamping: $0)) } ?? .null
    }

    private static func range(_ range: ClosedRange<some FixedWidthInteger>?) -> JSONValue {
        range.map { .array([.integer(Int64($0.lowerBound)), .integer(Int64($0.upperBound))]) } ?? .null
    }
}

extension VirtualRule.Action {
    /// Reads the one field that says what happens.
    fileprivate init(_ fields: inout JSONFields) throws(JSONFieldError) {
        var actions: [Self] = []
        if let table = try fields.optional("table") {
            actions.append(.lookup(table: try table.integer(in: 1...UInt32.max)))
        }
        if let flag = try fields.optional("tableOfVRF"), try flag.bool() { actions.append(.lookup(table: 0)) }
        if let target = try fields.optional("goTo") { actions.append(.goTo(try target.integer())) }
        if let verdict = try fields.optional("verdict") {
            let words: KeyValuePairs<String, Self> = [
                "nothing": .nothing, "blackhole": .blackhole, "unreachable": .unreachable, "prohibit": .prohibit,
            ]
            actions.append(try verdict.oneOf(words))
        }
        guard actions.count == 1 else {
            throw fields.object.error("needs one of table, tableOfVRF, goTo and verdict, and no more")
        }
        self = actions[0]
    }
}

extension JSONReader {
    /// The first and the last number of a range.
    fileprivate func range<Number: FixedWidthInteger>() throws(JSONFieldError) -> ClosedRange<Number> {
        let numbers: [Number] = try elements(count: 2...2) { (reader) throws(JSONFieldError) in try reader.integer() }
        guard numbers[0] <= numbers[1] else { throw error(allowed: "a number and one that is not smaller") }
        return numbers[0]...numbers[1]
    }
}

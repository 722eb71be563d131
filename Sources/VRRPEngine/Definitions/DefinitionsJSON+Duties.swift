import JSONDocument
import VRRP

extension Tracking {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init()
        ownInterface = try fields.optional("ownInterface")?.bool() ?? ownInterface
        conditions = try fields.optional("conditions")?.objects(TrackedCondition.init(fields:)) ?? []
    }

    var json: JSONValue {
        var object = JSONObject()
        object.add("ownInterface", ownInterface, unless: true, JSONValue.bool)
        object.add("conditions", conditions, unless: []) { .array($0.map(\.json)) }
        return .object(object)
    }
}

extension TrackedCondition {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        let interface = try fields.optional("interface")
        let external = try fields.optional("external")
        let weight = try fields.optional("weight")
        let reversedWeight = try fields.optional("reversedWeight")
        switch (interface, external) {
        case (let interface?, nil): object = .interface(try interface.interfaceName())
        case (nil, let external?): object = .external(try external.routerName())
        case (nil, nil), (.some, .some):
            throw fields.object.error(allowed: "an object with either \"interface\" or \"external\"")
        }
        switch (weight, reversedWeight) {
        case (nil, nil): effect = .fault
        case (let weight?, nil): effect = .weight(try weight.integer(in: -253...253))
        case (nil, let reversed?): effect = .reversedWeight(try reversed.integer(in: -253...253))
        case (.some, let reversed?): throw reversed.error("cannot stand beside \"weight\"")
        }
    }

    var json: JSONValue {
        var members = JSONObject()
        switch object {
        case .interface(let name): members["interface"] = .string(name)
        case .external(let name): members["external"] = .string(name)
        }
        switch effect {
        case .fault: break
        case .weight(let weight): members["weight"] = .integer(Int64(weight))
        case .reversedWeight(let weight): members["reversedWeight"] = .integer(Int64(weight))
        }
        return .object(members)
    }
}

extension AnnouncementPlan {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init()
        afterBecomingActive =
            try fields.optional("afterBecomingActiveMilliseconds")?.ascendingMilliseconds() ?? afterBecomingActive
        afterContest = try fields.optional("afterContestMilliseconds")?.ascendingMilliseconds() ?? afterContest
        if let refresh = try fields.optional("refreshIntervalMilliseconds") {
            let interval = try refresh.milliseconds()
            guard interval == .zero || interval >= .seconds(1) else {
                throw refresh.error(allowed: "0 for never, or at least 1000")
            }
            refreshInterval = interval == .zero ? nil : interval
        }
        refreshRounds = try fields.optional("refreshRounds")?.integer(in: 1...100) ?? refreshRounds
        gratuitousARPSpacing =
            try fields.optional("gratuitousARPSpacingMilliseconds")?.milliseconds() ?? gratuitousARPSpacing
        neighborAdvertisementSpacing =
            try fields.optional("neighborAdvertisementSpacingMilliseconds")?.milliseconds()
            ?? neighborAdvertisementSpacing
        extraInterfaces = try fields.optional("extraInterfaces")?.object(ExtraInterfaceAnnouncements.init(fields:))
    }

    var json: JSONValue {
        let standard = AnnouncementPlan()
        var object = JSONObject()
        object.add("afterBecomingActiveMilliseconds", afterBecomingActive, unless: standard.afterBecomingActive) {
            .array($0.map(\.jsonMilliseconds))
        }
        object.add("afterContestMilliseconds", afterContest, unless: standard.afterContest) {
            .array($0.map(\.jsonMilliseconds))
        }
        object.add("refreshIntervalMilliseconds", refreshInterval, unless: standard.refreshInterval) {
            $0?.jsonMilliseconds ?? 0
        }
        object.add("refreshRounds", refreshRounds, unless: standard.refreshRounds) { .integer(Int64($0)) }
        object.add(
            "gratuitousARPSpacingMilliseconds", gratuitousARPSpacing, unless: standard.gratuitousARPSpacing,
            \.jsonMilliseconds)
        object.add(
            "neighborAdvertisementSpacingMilliseconds", neighborAdvertisementSpacing,
            unless: standard.neighborAdvertisementSpacing, \.jsonMilliseconds)
        object.add("extraInterfaces", extraInterfaces, unless: nil) { $0?.json ?? .null }
        return .object(object)
    }
}

extension ExtraInterfaceAnnouncements {
    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init(
            interval: try fields.required("intervalMilliseconds").milliseconds(),
            includesPhysicalInterfaces: try fields.optional("includesPhysicalInterfaces")?.bool() ?? false)
    }

    fileprivate var json: JSONValue {
        var object: JSONObject = ["intervalMilliseconds": interval.jsonMilliseconds]
        object.add("includesPhysicalInterfaces", includesPhysicalInterfaces, unless: false, JSONValue.bool)
        return .object(object)
    }
}

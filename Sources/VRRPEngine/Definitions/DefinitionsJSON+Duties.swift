import JSONDocument
import VRRP

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

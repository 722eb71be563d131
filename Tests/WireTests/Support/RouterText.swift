import JSONDocument
import VRRP

/// Members of `virtualRouters` in a definitions.json, written as a person would write them.
enum RouterText {
    /// The addresses of the lab's standard virtual routers.
    static func addresses(_ family: AddressFamily) -> [String] {
        switch family {
        case .ipv4: ["192.0.2.100", "192.0.2.101"]
        case .ipv6: ["fe80::64", "2001:db8:0:1::64"]
        }
    }

    /// A virtual router on `eth0` that announces each address once, to keep captures short.
    ///
    /// - Parameters:
    ///   - addresses: those of the standard virtual router of the family unless given.
    ///   - more: further fields, or other values for these.
    static func router(
        _ name: String = "VR", id: UInt8 = 77, family: AddressFamily = .ipv4, addresses: [String]? = nil,
        with more: JSONObject = [:]
    ) -> JSONObject {
        let announcements: JSONValue = [
            "afterBecomingActiveMilliseconds": [0], "afterContestMilliseconds": [], "refreshIntervalMilliseconds": 0,
        ]
        var object: JSONObject = [
            "name": .string(name), "interface": "eth0", "family": family == .ipv4 ? "ipv4" : "ipv6",
            "virtualRouterID": .integer(Int64(id)),
            "addresses": .array((addresses ?? Self.addresses(family)).map(JSONValue.string)),
            "announcements": announcements,
        ]
        for member in more { object[member.key] = member.value }
        return object
    }
}

extension RouterText {
    /// A JSON value from its text, for values that are easier computed than written.
    static func json(_ text: String) -> JSONValue? { try? JSONNode.parse(text).value }
}

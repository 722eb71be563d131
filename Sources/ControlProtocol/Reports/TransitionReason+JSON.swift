import JSONDocument
import VRRP
import VRRPEngine

/// A reason as an object: `kind` for programs, `text` for people, and what the kind needs.
extension TransitionReason {
    private enum Kind: String, CaseIterable {
        case startedAsAddressOwner = "started-as-address-owner"
        case started
        case activeRouterSilent = "active-router-silent"
        case activeRouterResigned = "active-router-resigned"
        case preempted
        case higherPriority = "higher-priority"
        case higherAddress = "higher-address"
        case stalled
        case shutdown
        case groupTookOver = "group-took-over"
        case groupMadeWay = "group-made-way"
        case groupListens = "group-listens"
        case ceded
        case reclaimed
    }

    private var kind: Kind {
        switch self {
        case .startedAsAddressOwner: .startedAsAddressOwner
        case .started: .started
        case .activeRouterSilent: .activeRouterSilent
        case .activeRouterResigned: .activeRouterResigned
        case .preempted: .preempted
        case .higherPriority: .higherPriority
        case .higherAddress: .higherAddress
        case .stalled: .stalled
        case .shutdown: .shutdown
        case .ceded: .ceded
        case .reclaimed: .reclaimed
        case .group(.takeOver): .groupTookOver
        case .group(.makeWay): .groupMadeWay
        case .group(.listen), .group(.wait): .groupListens
        }
    }

    var json: JSONValue {
        var object: JSONObject = ["kind": .string(kind.rawValue), "text": .string(explanation)]
        switch self {
        case .startedAsAddressOwner, .started, .activeRouterSilent, .shutdown, .group, .ceded, .reclaimed: break
        case .activeRouterResigned(let router), .preempted(let router), .higherAddress(let router):
            object["router"] = router.json
        case .higherPriority(let router, let priority):
            object["router"] = router.json
            object["priority"] = .integer(Int64(priority))
        case .stalled(let pause):
            object["pauseMilliseconds"] = pause.jsonMilliseconds
        }
        return .object(object)
    }

    init(_ reader: JSONReader) throws(JSONFieldError) {
        func router() throws(JSONFieldError) -> IPAddress { try reader.member("router").address() }
        switch try reader.member("kind").oneOf(Kind.self) {
        case .startedAsAddressOwner: self = .startedAsAddressOwner
        case .started: self = .started
        case .activeRouterSilent: self = .activeRouterSilent
        case .activeRouterResigned: self = .activeRouterResigned(try router())
        case .preempted: self = .preempted(try router())
        case .higherPriority:
            self = .higherPriority(try router(), priority: try reader.member("priority").integer())
        case .higherAddress: self = .higherAddress(try router())
        case .stalled: self = .stalled(try reader.member("pauseMilliseconds").milliseconds())
        case .shutdown: self = .shutdown
        case .groupTookOver: self = .group(.takeOver)
        case .groupMadeWay: self = .group(.makeWay)
        case .groupListens: self = .group(.listen)
        case .ceded: self = .ceded
        case .reclaimed: self = .reclaimed
        }
    }
}

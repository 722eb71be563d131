import JSONDocument
import VRRP
import VRRPEngine

/// A report as an object: `kind` says which one it is, the other members belong to the kind.
extension Report {
    private enum Kind: String, CaseIterable {
        case transition
        case handOver = "hand-over"
        case faults
        case priorityChanged = "priority-changed"
        case discarded
        case warned
        case duplicateAddress = "duplicate-address"
        case secondAddressOwner = "second-address-owner"
        case addressClaimed = "address-claimed"
        case contestWon = "contest-won"
        case addressRestored = "address-restored"
        case addressRefused = "address-refused"
        case routingRestored = "routing-restored"
        case routingRefused = "routing-refused"
        case strayRemoved = "stray-removed"
        case leftoverRemoved = "leftover-removed"
        case unknownRouter = "unknown-router"
    }

    private var kind: Kind {
        switch self {
        case .transition: .transition
        case .handOver: .handOver
        case .faults: .faults
        case .priorityChanged: .priorityChanged
        case .discarded: .discarded
        case .warned: .warned
        case .conflict(_, .duplicateAddress): .duplicateAddress
        case .conflict(_, .secondAddressOwner): .secondAddressOwner
        case .addressClaimed: .addressClaimed
        case .contestWon: .contestWon
        case .addressRestored: .addressRestored
        case .addressRefused: .addressRefused
        case .routingRestored: .routingRestored
        case .routingRefused: .routingRefused
        case .strayRemoved: .strayRemoved
        case .leftoverRemoved: .leftoverRemoved
        case .unknownRouter: .unknownRouter
        }
    }

    var members: JSONObject {
        var object: JSONObject = ["kind": .string(kind.rawValue)]
        object["router"] = router.map(JSONValue.string)
        switch self {
        case .transition(_, let transition, let priority):
            object["from"] = .string(transition.from.rawValue)
            object["to"] = .string(transition.to.rawValue)
            object["reason"] = transition.reason.json
            object["priority"] = .integer(Int64(priority.rawValue))
            if let peer = transition.peer { object["peer"] = peer.json }
            if let cause = transition.cause {
                object["syncGroup"] = .string(cause.group)
                object["member"] = .string(cause.member)
            }
        case .handOver(_, let step):
            for member in step.members { object[member.key] = member.value }
        case .faults(_, let faults):
            object["faults"] = .array(faults.map(\.json))
        case .priorityChanged(_, let old, let new):
            object["from"] = .integer(Int64(old.rawValue))
            object["to"] = .integer(Int64(new.rawValue))
        case .discarded(_, let reason, let source):
            object["counter"] = .string(reason.counterName)
            object["source"] = source.json
        case .warned(_, let warnings, let source):
            object["warnings"] = .array(warnings.names.map(JSONValue.string))
            object["source"] = source.json
        case .conflict(_, .duplicateAddress(let address)), .conflict(_, .secondAddressOwner(let address)),
            .addressRestored(_, let address), .addressRefused(_, let address), .strayRemoved(_, let address):
            object["address"] = address.json
        case .addressClaimed(_, let address, let macAddress):
            object["address"] = address.json
            object["macAddress"] = .string(macAddress.description)
        case .contestWon(_, let priority):
            object["priority"] = .integer(Int64(priority.rawValue))
        case .routingRestored(_, let entry), .routingRefused(_, let entry): object["entry"] = .string(entry)
        case .leftoverRemoved(let address, let interface):
            object["address"] = address.json
            object["interface"] = .string(interface)
        case .unknownRouter(let identifier, let interface, let source):
            object["virtualRouterID"] = .integer(Int64(identifier))
            object["interface"] = .string(interface)
            object["source"] = source.json
        }
        return object
    }

    init(_ reader: JSONReader) throws(JSONFieldError) {
        func router() throws(JSONFieldError) -> String { try reader.member("router").string() }
        func routerOrNode() throws(JSONFieldError) -> String? {
            try reader.optionalMember("router").map { (router) throws(JSONFieldError) in try router.string() }
        }
        func entry() throws(JSONFieldError) -> String { try reader.member("entry").string() }
        func address() throws(JSONFieldError) -> IPAddress { try reader.member("address").address() }
        switch try reader.member("kind").oneOf(Kind.self) {
        case .transition:
            let cause = try reader.optionalMember("syncGroup").map { (group) throws(JSONFieldError) in
                SyncGroupCause(group: try group.string(), member: try reader.member("member").string())
            }
            let peer = try reader.optionalMember("peer").map { (peer) throws(JSONFieldError) in try HeardAdvert(peer) }
            let change = StateChange(
                from: try reader.member("from").oneOf(VirtualRouterState.Name.self),
                to: try reader.member("to").oneOf(VirtualRouterState.Name.self),
                reason: try TransitionReason(reader.member("reason")), cause: cause, peer: peer)
            self = .transition(router: try router(), change, priority: try reader.member("priority").priority())
        case .handOver:
            self = .handOver(router: try router(), try HandOverStep(reader))
        case .faults:
            self = .faults(router: try router(), try reader.member("faults").elements(RouterFault.init))
        case .priorityChanged:
            self = .priorityChanged(
                router: try router(), from: try reader.member("from").priority(),
                to: try reader.member("to").priority())
        case .discarded:
            self = .discarded(
                router: try router(), try reader.member("counter").oneOf(DiscardReason.self),
                source: try reader.member("source").address())
        case .warned:
            self = .warned(
                router: try router(), try ReceptionWarnings(names: reader.member("warnings")),
                source: try reader.member("source").address())
        case .duplicateAddress: self = .conflict(router: try router(), .duplicateAddress(try address()))
        case .secondAddressOwner: self = .conflict(router: try router(), .secondAddressOwner(try address()))
        case .addressClaimed:
            self = .addressClaimed(
                router: try router(), try address(),
                macAddress: try reader.member("macAddress").string(as: "a hardware address") { MACAddress($0) })
        case .contestWon:
            self = .contestWon(router: try router(), priority: try reader.member("priority").priority())
        case .addressRestored: self = .addressRestored(router: try routerOrNode(), try address())
        case .addressRefused: self = .addressRefused(router: try routerOrNode(), try address())
        case .routingRestored: self = .routingRestored(router: try routerOrNode(), entry: try entry())
        case .routingRefused: self = .routingRefused(router: try routerOrNode(), entry: try entry())
        case .strayRemoved: self = .strayRemoved(router: try router(), try address())
        case .leftoverRemoved:
            self = .leftoverRemoved(try address(), interface: try reader.member("interface").string())
        case .unknownRouter:
            self = .unknownRouter(
                identifier: try reader.member("virtualRouterID").integer(in: 0...255),
                interface: try reader.member("interface").string(), source: try reader.member("source").address())
        }
    }
}

extension ReceptionWarnings {
    fileprivate init(names reader: JSONReader) throws(JSONFieldError) {
        let known = (0..<RawValue.bitWidth).map { ReceptionWarnings(rawValue: 1 << $0) }
        self = []
        for name in try reader.elements() {
            formUnion(try name.string(as: "the name of a warning") { text in known.first { $0.names == [text] } })
        }
    }
}

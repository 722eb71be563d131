import JSONDocument

extension PageSnapshot {
    /// What the page's script reads, but for the moment of sending; a member with `null` is one that is not known.
    var json: JSONValue {
        let (kind, name) =
            switch scope {
            case .node(let name): ("node", name)
            case .cluster(let name): ("cluster", name)
            }
        return [
            "scope": .string(kind), "name": .string(name), "time": time.json,
            "version": .string(version),
            "warnings": .array(warnings.map(\.json)), "virtualRouters": .array(virtualRouters.map(\.json)),
            "nodes": .array(nodes.map(\.json)), "transitions": .array(transitions.map(\.json)),
        ]
    }
}

extension PageTime {
    fileprivate var json: JSONValue { .integer(millisecondsSinceEpoch) }
}

extension PageWarning {
    fileprivate var json: JSONValue {
        [
            "severity": .string(severity.rawValue), "subject": .string(subject), "text": .string(text),
            "since": since?.json ?? .null,
        ]
    }
}

extension PageVirtualRouter {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "belongsTo": .string(belongsTo), "group": .string(group),
            "interface": .string(interface),
            "virtualRouterID": .integer(Int64(virtualRouterID)), "addresses": .array(addresses.map(JSONValue.string)),
            "owners": .array(owners.map(\.json)), "successor": successor?.json ?? .null,
            "explanation": .string(explanation), "faults": .array(faults.map(JSONValue.string)),
            "aside": .bool(isAside), "ownerKnown": .bool(isOwnerKnown), "members": .array(members.map(\.json)),
            "conflicts": .integer(Int64(conflicts)),
        ]
    }
}

extension PageVirtualRouter.Member {
    fileprivate var json: JSONValue { ["node": .string(node), "priority": .integer(Int64(priority))] }
}

extension PageVirtualRouter.Owner {
    fileprivate var json: JSONValue { ["node": .string(node), "since": since?.json ?? .null] }
}

extension PageVirtualRouter.Successor {
    fileprivate var json: JSONValue {
        ["node": .string(node), "afterMilliseconds": afterMilliseconds.map(JSONValue.number) ?? .null]
    }
}

extension PageNode {
    fileprivate var json: JSONValue {
        [
            "name": .string(name), "state": .string(state.rawValue), "explanation": .string(explanation),
            "activeRouters": .integer(Int64(activeRouters)), "virtualRouters": .integer(Int64(virtualRouters)),
        ]
    }
}

extension PageTransition {
    fileprivate var json: JSONValue {
        [
            "time": time.json, "virtualRouter": .string(virtualRouter), "from": .string(from), "to": .string(to),
            "reason": .string(reason),
        ]
    }
}

import VRRP
import VRRPEngine

extension ExplanationStatus {
    /// The explanation as a person reads it, several lines under the name of the router.
    public var text: String {
        var lines = ["\(router.name): \(state)"]
        for (label, texts) in [
            ("addresses", [addresses]), ("active", [active]), ("priority", [priority]), ("next", next),
            ("blocked by", obstacles.map(\.text)),
        ] {
            for (number, text) in texts.enumerated() {
                let heading = number == 0 ? label : ""
                lines.append("  " + heading + String(repeating: " ", count: 12 - heading.count) + text)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var state: String {
        let reason = router.reason.map { " because \($0.explanation)" } ?? ""
        let handOver = router.handOver.map { ", \($0.phase.rawValue)" } ?? ""
        return "\(router.state.rawValue)\(handOver) for \(router.since.inWords)\(reason)"
    }

    private var addresses: String {
        guard !router.addresses.isEmpty else { return "none" }
        return router.addresses.map { "\($0.text) is \($0.isPresent ? "here" : "not here")" }.joined(separator: ", ")
    }

    private var active: String {
        let since = router.activeFor.map { ", for \($0.inWords)" } ?? ""
        switch (router.state, router.activeRouter, router.activePriority) {
        case (.active, _, _): return "this node\(since)"
        case (_, let address?, 0?): return "nobody: \(address) gave up"
        case (_, let address?, let priority?): return "\(address) with the priority \(priority)\(since)"
        case (.backup, _, _): return "nobody was heard yet"
        case (.initialize, _, _): return "not known: this router takes no part and hears nothing"
        }
    }

    private var priority: String {
        guard router.priority != router.definedPriority || !priorityChanges.isEmpty else { return "\(router.priority)" }
        let changes = priorityChanges.map { "\($0.change > 0 ? "+" : "")\($0.change) by \($0.object)" }
        let isLowered = obstacles.contains { $0.kind == "drained" || $0.kind == "stopping" }
        let reasons = isLowered ? ["because it is to hand over"] : changes
        return "\(router.priority), defined as \(router.definedPriority)"
            + (reasons.isEmpty ? "" : ": \(reasons.joined(separator: ", "))")
    }

    /// Who would take over, as far as that can be known: VRRP backups do not speak.
    private var next: [String] {
        // Who takes no part hears nothing: whom it heard before may be the active router.
        guard router.state != .initialize else { return ["not this node"] }
        let known = others.filter { router.state == .active || $0.address != router.activeRouter }
        var lines: [String] = []
        if let ownTurn { lines.append("this node\(ownTurn)") }
        for other in known {
            lines.append(
                "\(other.address) \(other.wait.text), if it is there and still has the priority \(other.priority): last heard "
                    + "\(other.silentFor.inWords) ago")
        }
        switch router.state {
        case .active where known.isEmpty:
            lines.append("not known: backups do not speak, and none has been active since vrrpd was started\(peers)")
        case .active: lines.append("others may be there: backups do not speak\(peers)")
        case .backup: lines.append("a backup with a higher priority would be earlier; backups do not speak\(peers)")
        case .initialize: break
        }
        return lines
    }

    /// When this node takes over, as the end of a sentence; nil where it has.
    private var ownTurn: String? {
        let kinds = Set(obstacles.map(\.kind))
        if kinds.contains("waits-for-group") { return ", when every member of its sync group would take over" }
        // It preempts, or nobody is active: there is no last advert to count from.
        if kinds.contains("listens") { return ", unless it hears a better router before" }
        return ownWait.map { " \($0.text)" }
    }

    /// The unicast peers, which are known by definition.
    private var peers: String {
        let peers = router.destinations.filter { !$0.isMulticast && $0 != router.primaryAddress }
        guard !peers.isEmpty else { return "" }
        return "; the peers are \(peers.map(\.description).joined(separator: ", "))"
    }
}

extension WaitStatus {
    fileprivate var text: String {
        "\(afterSilence.inMilliseconds) after the active router's last advert, or \(afterResignation.inMilliseconds) after it "
            + "gives up"
    }
}

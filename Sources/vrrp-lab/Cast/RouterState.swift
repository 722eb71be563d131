/// What a host says about its part in a virtual router.
struct RouterState: Equatable {
    /// The states of RFC 9568, section 6.4.
    enum Name: String {
        case initialize, backup, active
    }

    let name: Name
    /// The priority in force, 1 to 255.
    let priority: Int
}

/// A change of state, as vrrpd logs it: `web: backup → active (the active router was silent), priority 150`.
struct Transition {
    let router: String
    let from: RouterState.Name
    let to: RouterState
    /// Why the state changed, as a clause.
    let reason: String

    /// Reads a line of the log; nil when it tells something else.
    init?(logLine: String, of routers: [FloatingRouter]) {
        let pattern = /: ([a-z]+) → ([a-z]+) \((.*)\), priority ([0-9]+)/
        guard let match = logLine.firstMatch(of: pattern), let from = RouterState.Name(rawValue: String(match.1)),
            let to = RouterState.Name(rawValue: String(match.2)), let priority = Int(match.4)
        else { return nil }
        let start = logLine[..<match.range.lowerBound]
        guard let router = routers.first(where: { start.hasSuffix($0.nameInLog) }) else { return nil }
        self.router = router.name
        self.from = from
        self.to = RouterState(name: to, priority: priority)
        reason = String(match.3)
    }
}

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

/// A change of state, as vrrpd logs it with definitions: `web: backup → active (the active router was silent), priority 150`;
/// or as it logs it with `-D` beside keepalived's words: `web: the reason is that the active router was silent` and fields.
struct Transition {
    let router: String
    let from: RouterState.Name
    let to: RouterState
    /// Why the state changed, as a clause.
    let reason: String

    /// Reads a line of the log; nil when it tells something else.
    init?(logLine: String, of routers: [FloatingRouter]) {
        let sentence = /: ([a-z]+) → ([a-z]+) \((.*)\), priority ([0-9]+)/
        let detail = /: the reason is that (.*) from=([a-z]+) kind=reason (?:.* )?priority=([0-9]+) .*to=([a-z]+)$/
        let end: String.Index
        let (from, to, priority): (Substring, Substring, Substring)
        if let match = logLine.firstMatch(of: sentence) {
            end = match.range.lowerBound
            (from, to, reason, priority) = (match.1, match.2, String(match.3), match.4)
        } else if let match = logLine.firstMatch(of: detail) {
            end = match.range.lowerBound
            (reason, from, priority, to) = (String(match.1), match.2, match.3, match.4)
        } else {
            return nil
        }
        guard let from = RouterState.Name(rawValue: String(from)), let name = RouterState.Name(rawValue: String(to)),
            let priority = Int(priority),
            let router = routers.first(where: { logLine[..<end].hasSuffix($0.nameInLog) })
        else { return nil }
        self.router = router.name
        self.from = from
        self.to = RouterState(name: name, priority: priority)
    }
}

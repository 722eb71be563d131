public import VRRPEngine

/// Tells in keepalived's words which interfaces go down and come up, as far as an instance cannot take part for it.
public struct LinkFollower: Sendable {
    /// The interfaces that each router misses, and how many routers miss each.
    private var missedBy: [String: Set<String>] = [:]
    private var counts: [String: Int] = [:]

    /// Every interface is up.
    public init() {}

    /// What keepalived logs when the engine has reported something.
    public mutating func logLines(of report: Report) -> [String] {
        guard case .faults(let router, let faults) = report else { return [] }
        let missed = faults.compactMap { fault in
            switch fault {
            case .interfaceDown(let name), .trackedObject(.interface(let name)): name
            default: nil
            }
        }
        let before = missedBy.removeValue(forKey: router) ?? []
        let after = Set(missed)
        if !after.isEmpty { missedBy[router] = after }
        var lines: [String] = []
        for name in after.subtracting(before).sorted() {
            counts[name, default: 0] += 1
            if counts[name] == 1 { lines.append("Netlink reports \(name) down") }
        }
        for name in before.subtracting(after).sorted() {
            counts[name, default: 1] -= 1
            guard counts[name] == 0 else { continue }
            counts[name] = nil
            lines.append("Netlink reports \(name) up")
        }
        return lines
    }
}

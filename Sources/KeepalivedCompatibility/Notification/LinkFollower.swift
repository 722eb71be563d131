public import VRRPEngine

/// Tells in keepalived's words which interfaces go down and come up, as far as an instance cannot take part for it.
public struct LinkFollower: Sendable {
    private var downByRouter: [String: Set<String>] = [:]

    /// Every interface is up.
    public init() {}

    /// What keepalived logs when the engine has reported something.
    public mutating func logLines(of report: Report) -> [String] {
        guard case .faults(let router, let faults) = report else { return [] }
        let before = down
        let own = faults.compactMap { fault in
            switch fault {
            case .interfaceDown(let name), .trackedObject(.interface(let name)): name
            default: nil
            }
        }
        downByRouter[router] = own.isEmpty ? nil : Set(own)
        let after = down
        return after.subtracting(before).sorted().map { "Netlink reports \($0) down" }
            + before.subtracting(after).sorted().map { "Netlink reports \($0) up" }
    }

    private var down: Set<String> { downByRouter.values.reduce(into: []) { $0.formUnion($1) } }
}

import Glibc
import NetworkLab
import VRRP

/// The lab with its hosts, and the time line of what happens in it.
///
/// Everything here runs in one task: the time line goes on whenever that task waits by `watch`.
final class Stage {
    let screen: Screen
    let lab: Lab
    /// Hears every advert and announcement on the bridge.
    let tap: PacketTap
    let nodes: [Node]
    let client: Host
    /// The virtual routers whose states are shown.
    var routers: [FloatingRouter] = []

    private let start = Timestamp.now

    /// Makes the hosts and connects them.
    init(_ lab: Lab, screen: Screen) async throws {
        self.screen = screen
        self.lab = lab
        tap = try await lab.tap { $0.isVRRP || $0.announcedAddress != nil }
        var nodes: [Node] = []
        for number in 1...3 {
            let name = "node\(number)"
            let host = try await toTheEnd {
                try await lab.host(
                    name,
                    addresses: ["192.0.2.1\(number)/24", "fe80::1\(number)/64", "2001:db8::1\(number)/64"])
            }
            nodes.append(Node(name: name, host: host, interface: try await lab.interface(of: host)))
        }
        self.nodes = nodes
        client = try await toTheEnd {
            try await lab.host("client", addresses: ["192.0.2.9/24", "2001:db8::9/64"])
        }
    }

    /// Adds a line to the time line.
    func note(_ who: String, _ what: String, at time: Timestamp = .now) {
        note(who, [Table.Cell(what)], at: time)
    }

    /// Goes on with the time line for some time.
    func watch(for time: Duration) async throws {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end { try await tick() }
    }

    /// Goes on with the time line until something has happened.
    ///
    /// - Parameter what: what is waited for, for the error: `web to be active on node2`.
    func watch(
        until what: String, within timeout: Duration = .seconds(10), _ hasHappened: () async throws -> Bool
    ) async throws {
        let end = ContinuousClock.now + timeout
        repeat {
            try await tick()
            if try await hasHappened() { return }
        } while ContinuousClock.now < end
        throw DemonstrationError.didNotHappen(what, within: timeout)
    }

    /// Stops a host's vrrpd in order and goes on with the time line until it has ended.
    ///
    /// - Throws: `DemonstrationError.stoppedBadly` when it returns another status than 0.
    func stop(_ node: Node) async throws {
        guard let process = node.dismissDaemon(by: SIGTERM) else { return }
        try await watch(until: "vrrpd on \(node.name) to end") { process.exitStatus != nil }
        guard let status = process.exitStatus, !status.isSuccess else { return }
        throw DemonstrationError.stoppedBadly(node.name, status)
    }

    /// Shows what vrrpd has said meanwhile, on all hosts, in the order of time.
    private func tick() async throws {
        try await Task.sleep(for: .milliseconds(15))
        let news = nodes.flatMap { node in node.newTransitions(of: routers).map { (node: node, $0.time, $0.transition) }
        }
        for (node, time, transition) in news.sorted(by: { $0.1 < $1.1 }) { show(transition, of: node, at: time) }
        for node in nodes {
            if let status = node.daemon?.exitStatus { throw DemonstrationError.ended("vrrpd", node.name, status) }
            if let status = node.agent?.exitStatus { throw DemonstrationError.ended("vrrp-agent", node.name, status) }
        }
    }

    private func show(_ transition: Transition, of node: Node, at time: Timestamp) {
        // Every router listens first; that is in the table, and would be nine lines here.
        guard transition.from == .active || transition.to.name == .active,
            let router = routers.first(where: { $0.name == transition.router })
        else { return }
        let states = "\(transition.from.rawValue) → \(transition.to.name.rawValue)"
        note(
            node.name,
            [
                Table.Cell(router.name.padded(to: 5)),
                Table.Cell(states.padded(to: 20), transition.to.name == .active ? .good : nil),
                Table.Cell("\(router.address)".padded(to: 14)), Table.Cell(transition.reason, .aside),
            ], at: time)
    }

    private func note(_ who: String, _ cells: [Table.Cell], at time: Timestamp) {
        let what = cells.map { screen.styled($0.text, $0.style) }.joined(separator: " ")
        screen.line("\((time - start).inSecondsText.alignedRight(in: 10))  \(who.padded(to: 6)) \(what)")
    }
}

import ControlProtocol
import StatusServer
import VIPPlanning
import VRRP
import VRRPEngine

/// The last changes that the node knows of, the newest first: those of its own virtual routers' states, and moves of
/// addresses between other nodes that it only hears of.
struct TransitionHistory: Sendable {
    private(set) var transitions: [PageTransition] = []
    /// How many are kept.
    static let longest = 50

    /// Takes a report of the node's vrrpd; what is no change of state is passed over.
    mutating func take(_ timed: TimedReport) {
        guard case .transition(let router, let change, _) = timed.report else { return }
        add(
            PageTransition(
                time: PageTime(timed.time), virtualRouter: router, from: change.from.rawValue, to: change.to.rawValue,
                reason: change.reason.explanation))
    }

    /// Takes what vrrpd says after what it said before: who is active may be another one for a router that was, and is, a
    /// backup here. Its own changes it reports.
    ///
    /// - Parameter planned: The routers as they are planned, by the names of their definitions.
    mutating func take(_ status: NodeStatus, after before: NodeStatus?, planned: [String: PlannedRouter]) {
        guard let before else { return }
        let old = Dictionary(before.virtualRouters.map { ($0.name, $0) }) { first, _ in first }
        for router in status.virtualRouters where router.state == .backup {
            guard let former = old[router.name], former.state == .backup, let left = former.activeRouter,
                let came = router.activeRouter, left != came
            else { continue }
            let planned = planned[router.name]
            let owner = planned?.activeMember(for: router)?.node ?? came.description
            add(
                PageTransition(
                    time: PageTime(status.time), virtualRouter: router.name,
                    from: planned?.activeMember(for: former)?.node ?? left.description, to: owner,
                    reason: "\(owner) advertises as the active router"))
        }
    }

    private mutating func add(_ transition: PageTransition) {
        transitions.insert(transition, at: 0)
        if transitions.count > Self.longest { transitions.removeLast() }
    }
}

extension PageTime {
    init(_ time: WallTime) { self.init(millisecondsSinceEpoch: time.millisecondsSinceEpoch) }
}

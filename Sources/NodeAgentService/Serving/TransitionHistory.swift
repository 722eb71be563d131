import ControlProtocol
import StatusServer
import VRRP
import VRRPEngine

/// The last changes of state of the node's virtual routers, the newest first.
struct TransitionHistory: Sendable {
    private(set) var transitions: [PageTransition] = []
    private static let longest = 50

    mutating func take(_ timed: TimedReport, node: String) {
        guard case .transition(let router, let change, _) = timed.report else { return }
        let transition = PageTransition(
            time: PageTime(timed.time), virtualRouter: router, from: "\(node): \(change.from.rawValue)",
            to: "\(node): \(change.to.rawValue)", reason: change.reason.explanation)
        transitions.insert(transition, at: 0)
        if transitions.count > Self.longest { transitions.removeLast() }
    }
}

extension PageTime {
    init(_ time: WallTime) { self.init(millisecondsSinceEpoch: time.millisecondsSinceEpoch) }
}

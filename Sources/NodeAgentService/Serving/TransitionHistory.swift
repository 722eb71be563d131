import ControlProtocol
import StatusServer
import VIPPlanning
import VRRP
import VRRPEngine

/// The last changes that the node knows of, the newest first: those of its own virtual routers' states, and moves of
/// addresses between other nodes that it only hears of.
struct TransitionHistory: Sendable {
    /// A change, and its number in the log of the present vrrpd; nil where it is in none.
    private struct Entry {
        var transition: PageTransition
        var sequence: UInt64?
    }

    /// The newest first.
    private var entries: [Entry] = []
    /// The greatest number that the present vrrpd has given; 0 before the first.
    private(set) var lastSequence: UInt64 = 0
    /// How many are kept.
    static let longest = 50

    var transitions: [PageTransition] { entries.map(\.transition) }

    /// Another process of vrrpd counts from the beginning.
    mutating func forgetSequences() {
        lastSequence = 0
        for place in entries.indices { entries[place].sequence = nil }
    }

    /// Takes what vrrpd remembers; some of it may have been reported already.
    mutating func take(_ list: EventList) {
        for event in list.events { take(event) }
    }

    /// Takes a report of the node's vrrpd; what is no change of state is passed over, and what is there already.
    mutating func take(_ timed: TimedReport) {
        let sequence = timed.place?.sequence
        lastSequence = max(lastSequence, sequence ?? 0)
        guard case .transition(let router, let change, _) = timed.report else { return }
        if let sequence, entries.contains(where: { $0.sequence == sequence }) { return }
        add(
            PageTransition(
                time: PageTime(timed.time), virtualRouter: router, from: change.from.rawValue, to: change.to.rawValue,
                reason: change.explanation),
            sequence)
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

    /// Puts a change where its time belongs: what is asked for may come behind what is reported.
    private mutating func add(_ transition: PageTransition, _ sequence: UInt64? = nil) {
        let time = transition.time.millisecondsSinceEpoch
        let place = entries.firstIndex { $0.transition.time.millisecondsSinceEpoch <= time } ?? entries.endIndex
        guard place < Self.longest else { return }
        entries.insert(Entry(transition: transition, sequence: sequence), at: place)
        if entries.count > Self.longest { entries.removeLast() }
    }
}

extension PageTime {
    init(_ time: WallTime) { self.init(millisecondsSinceEpoch: time.millisecondsSinceEpoch) }
}

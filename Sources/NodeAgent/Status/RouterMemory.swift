import ControlProtocol
public import KubernetesAPI
import VRRP

/// What an agent remembers of a virtual router from one report to the next.
public struct RouterMemory: Sendable {
    /// A process of vrrpd, and how often the router has become active in it: tells one time of being active from the next
    /// whatever happens to the clock.
    private struct Claim: Equatable {
        var process: EngineProcess?
        var count: UInt64
    }

    /// The process that is spoken to.
    private var process: EngineProcess?
    private var claim: Claim?
    /// The claim that was written last.
    private var written: Claim?
    /// A claim that was taken back because vrrpd did not answer, while nobody else has made one.
    private var suspended: Claim?
    private var contestedSince: Timestamp?
    private var awaySince: Timestamp?
    private var isSilent = false
    /// Adverts and claims of others that no status tells yet.
    private(set) var untoldConflicts = 0
    private var conflicts = ConflictWatch()

    /// How far clocks may differ before the order of claims means something, in seconds.
    static let clockTolerance: Int64 = 1
    /// After this time, in seconds, a later claim of another node counts as the work of its clock.
    private static let longestContest: Int64 = 10
    /// How long a node that gave up waits for another one to say that it has the addresses, in seconds.
    private static let longestAbsence: Int64 = 10

    /// Nothing is remembered.
    public init() {}

    /// The vrrpd that the next report is from.
    public mutating func speak(of process: EngineProcess) { self.process = process }

    /// Whether the present time of being active was written to the object.
    var hasClaimed: Bool { claim != nil && claim == written }

    func isSameClaim(as old: KubernetesAPI.VirtualRouter.Status, since: Timestamp) -> Bool {
        if hasClaimed { return true }
        // Written by an earlier process of the agent, perhaps.
        guard written == nil, let told = old.activeSince else { return false }
        return abs(told.seconds - since.seconds) <= Self.clockTolerance + 1
    }

    /// Whether the addresses have been here all the time, although nobody could say so for a while.
    var hasOnlyBeenSilent: Bool { claim != nil && claim == suspended }

    func contestIsOver(at now: Timestamp) -> Bool {
        contestedSince.map { now.seconds - $0.seconds >= Self.longestContest } ?? false
    }

    /// Whether another node has claimed the addresses for so long, while this one is active, that somebody should look.
    public func isContested(at now: Timestamp) -> Bool {
        contestedSince.map { now.seconds - $0.seconds >= Self.longestContest / 2 } ?? false
    }

    func hasBeenAway(at now: Timestamp) -> Bool {
        awaySince.map { now.seconds - $0.seconds >= Self.longestAbsence } ?? false
    }

    /// What somebody else does with what is the router's; nil where nobody does, or did lately.
    func conflict(at now: Timestamp) -> RouterTrouble? { conflicts.conflict(at: WallTime(now))?.trouble }

    mutating func observe(_ report: RouterReport) {
        if let router = report.router {
            untoldConflicts += conflicts.take(router, of: process, at: WallTime(report.time))
        }
        isSilent = report.silence != nil
        let owner = report.object.status?.activeNode
        let isMine = owner == report.node
        if owner != nil, !isMine { suspended = nil }
        if report.activeSince != nil, let router = report.router {
            claim = Claim(process: process, count: router.counters["master-transitions"])
            awaySince = nil
            contestedSince = isMine ? nil : contestedSince ?? report.time
        } else {
            claim = nil
            contestedSince = nil
            awaySince = isMine ? awaySince ?? report.time : nil
        }
    }

    /// The status that was decided on is written.
    public mutating func wrote() {
        // A process that has not answered may be active still; one that says that it is not is not.
        suspended = claim == nil && isSilent ? written ?? suspended : nil
        written = claim
        contestedSince = nil
        untoldConflicts = 0
    }
}

extension WallTime {
    /// A moment of the API server's, to the millisecond.
    init(_ time: Timestamp) { self.init(millisecondsSinceEpoch: time.microseconds / 1000) }
}

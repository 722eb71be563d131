import VRRP
import VRRPEngine

/// How the number of a program's processes turns into good and bad: a change counts once it has lasted.
struct ProcessCourse {
    /// What is counted.
    let definition: TrackedProcessDefinition
    private var count: Int
    private var isGood: Bool
    private var change: Change?

    /// A change that does not count yet.
    private struct Change {
        let deadline: Instant
        /// Whether further processes are its cause, rather than missing ones.
        let isByFork: Bool
    }

    /// The first number counts at once.
    init(_ definition: TrackedProcessDefinition, count: Int) {
        self.definition = definition
        self.count = count
        isGood = definition.quorum.contains(count)
    }

    /// When a change counts; the distant future while there is none to wait for.
    var deadline: Instant { change?.deadline ?? .distantFuture }

    /// What is known at the moment.
    var observation: ProcessObservation {
        ProcessObservation(
            name: definition.name, count: count, isGood: isGood, awaitsForkDelay: change?.isByFork == true,
            awaitsTerminateDelay: change?.isByFork == false)
    }

    /// Takes a number in.
    mutating func note(count new: Int, at now: Instant) {
        let isByFork = new > count
        count = new
        guard definition.quorum.contains(new) != isGood else {
            change = nil
            return
        }
        guard change == nil else { return }
        let delay = isByFork ? definition.forkDelay : definition.terminateDelay
        change = Change(deadline: now + delay, isByFork: isByFork)
        advance(to: now)
    }

    /// Lets a change count that has lasted.
    mutating func advance(to now: Instant) {
        guard let change, change.deadline <= now else { return }
        self.change = nil
        isGood = definition.quorum.contains(count)
    }
}

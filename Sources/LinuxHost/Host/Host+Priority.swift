public import VRRP
import VRRPEngine

/// How far a late process may raise itself.
public struct AutomaticPriority: Hashable, Sendable {
    /// The highest real-time priority that it takes, 1 to 99.
    public var highest: Int32
    /// The lateness from which on it takes the next higher one.
    public var delay: Nanoseconds

    /// Up to `highest`, by one with each lateness of `delay` or more.
    public init(highest: Int32, delay: Nanoseconds) {
        self.highest = highest
        self.delay = delay
    }
}

extension Host {
    /// Takes the next higher real-time priority, where that is wanted and the process was as late as that.
    func raisePriority(lateness: Nanoseconds) {
        guard let automaticPriority, lateness >= automaticPriority.delay, priority < automaticPriority.highest else {
            return
        }
        do throws(PrivilegeError) {
            try Scheduling.roundRobin(priority: priority + 1).apply()
            priority += 1
            observer.host(self, warned: .priorityRaised(to: priority))
        } catch {
            self.automaticPriority = nil
            observer.host(self, warned: .priorityNotRaised(error))
        }
    }
}

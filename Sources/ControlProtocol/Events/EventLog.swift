public import VRRP
public import VRRPEngine

/// What happened to the virtual routers of a node lately: changes of state, and what led to them.
///
/// Bounded: the oldest events make room for new ones. Takes events in when something changes, and never for an advert.
public struct EventLog: Sendable {
    /// How many events the log of vrrpd holds.
    public static let standardCapacity = 1024

    private let capacity: Int
    /// The events; once there are ``capacity`` of them, the oldest stands where the next one goes.
    private var ring: [TimedReport] = []
    /// The number of the next event.
    private var next: UInt64 = 1

    /// An empty log for so many events, at least one.
    public init(capacity: Int = Self.standardCapacity) { self.capacity = max(1, capacity) }

    /// Takes a report in, if it is of a kind that is kept.
    ///
    /// - Parameters:
    ///   - time: when it was made, by the clock on the wall.
    ///   - monotonic: the same moment by the clock that never jumps.
    /// - Returns: The report with its place; without one where it is not kept.
    public mutating func take(_ report: Report, at time: WallTime, monotonic: Instant) -> TimedReport {
        guard report.isEvent else { return TimedReport(time: time, report: report) }
        let event = TimedReport(
            time: time, report: report, place: EventPlace(sequence: next, monotonic: monotonic))
        if ring.count < capacity {
            ring.append(event)
        } else {
            ring[slot(of: next)] = event
        }
        next += 1
        return event
    }

    /// The events whose numbers are greater than `sequence`, oldest first.
    public func events(since sequence: UInt64) -> EventList {
        let first = next - UInt64(ring.count)
        let start = sequence < first ? first : min(sequence, next - 1) + 1
        return EventList(
            events: (start..<next).map { ring[slot(of: $0)] }, missed: sequence < first ? first - 1 - sequence : 0,
            last: next - 1)
    }

    private func slot(of sequence: UInt64) -> Int { Int((sequence - 1) % UInt64(capacity)) }
}

extension Report {
    /// Whether it tells of a virtual router that changed, and not of a packet.
    fileprivate var isEvent: Bool {
        switch self {
        case .transition, .handOver, .faults, .priorityChanged: true
        case .discarded, .warned, .conflict, .addressClaimed, .contestWon, .addressRestored, .addressRefused,
            .routingRestored,
            .routingRefused, .strayRemoved, .leftoverRemoved, .unknownRouter:
            false
        }
    }
}

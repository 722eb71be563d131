import NetworkLab
import VRRP

/// What was heard on a segment, in order; grows with each ``read()``.
final class WireLog {
    private let tap: PacketTap
    private var position = Journal<CapturedFrame>.Position.start
    private(set) var events: [WireEvent] = []

    init(_ tap: PacketTap) { self.tap = tap }

    /// Takes in what was heard meanwhile.
    func read() { events += tap.frames.read(from: &position).compactMap(WireEvent.init) }

    /// Forgets what was heard so far.
    func forget() {
        read()
        events.removeAll(keepingCapacity: true)
    }

    /// Ends listening.
    ///
    /// - Throws: When the kernel had to drop frames, so that the figures would be wrong.
    func close() throws {
        read()
        let dropped = try tap.droppedByKernel()
        tap.close()
        guard dropped == 0 else { throw ComparisonError("the capture lost \(dropped) frames") }
    }

    /// Reads until `condition` holds.
    func wait(
        for what: String, within timeout: Duration, every pause: Duration = .milliseconds(20),
        until condition: (WireLog) -> Bool
    ) async throws {
        let start = ContinuousClock.now
        while true {
            read()
            if condition(self) { return }
            guard ContinuousClock.now - start < timeout else {
                throw ComparisonError("\(what) did not come within \(timeout); \(events.count) events were heard")
            }
            try await Task.sleep(for: pause)
        }
    }

    /// The times of the adverts of a node by identifier, those of priority 0 left out.
    func adverts(of node: Int, since start: Double = 0) -> [UInt8: [Double]] {
        var times: [UInt8: [Double]] = [:]
        for event in events where event.node == node && event.time >= start {
            if case .advert(let identifier, let priority) = event.kind, priority > 0 {
                times[identifier, default: []].append(event.time)
            }
        }
        return times
    }

    /// When a node first announced each address.
    func firstAnnouncements(of node: Int, since start: Double = 0) -> [IPv4Address: Double] {
        var times: [IPv4Address: Double] = [:]
        for event in events where event.node == node && event.time >= start {
            if case .announcement(let address) = event.kind, times[address] == nil { times[address] = event.time }
        }
        return times
    }
}

/// Why a measurement has no result.
struct ComparisonError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

public import VRRP
import VRRPEngine

/// A laboratory: engines on simulated nodes, a network between them, and virtual time.
///
/// Everything is decided by the scenario and the seed, so that a run repeats exactly. A laboratory is a value: copy it in
/// the middle of a run and let the copies go different ways to compare two futures.
///
///     var lab = Lab()
///     lab.addNode("a", addresses: ["192.0.2.10/24"])
///     lab.addNode("b", addresses: ["192.0.2.20/24"])
///     lab.start("a", [.example(priority: 200)])
///     lab.start("b", [.example(priority: 100)])
///     lab.at(.seconds(10)) { $0.partition(["a"], from: ["b"]) }
///     lab.run(until: .seconds(20))
public struct Lab {
    /// The laboratory's time; every node has a clock of its own.
    public internal(set) var now: Instant = .zero
    /// The nodes, in the order in which they were added.
    public internal(set) var nodes: [SimulatedNode] = []
    /// What the network does to frames.
    public var network = SimulatedNetwork()
    /// A host called `host` on the segment, whose cache shows where it would reach a virtual address.
    public internal(set) var host = NeighborCache()
    /// What happened so far.
    public internal(set) var trace = Trace()
    /// What must hold after every event, besides what the laboratory always checks.
    public var invariants: [Invariant] = []
    /// The first invariant that did not hold; nothing happens after it.
    public internal(set) var violation: String?
    /// The seed of everything random.
    public let seed: UInt64

    var random: SplitMix64
    var queue = EventQueue<Event>()
    /// The effects of the engine that runs at the moment; kept for its storage.
    var effects: [Effect] = []
    private var eventsAtThisMoment = 0

    /// The name under which the host takes part in ``partition(_:from:)`` and its like.
    public static let hostName = "host"

    enum Event {
        case action((inout Lab) -> Void)
        case arrival(node: Int, SimulatedNode.Input, incarnation: Int)
        case sighting([UInt8], from: String)
        case wakeUp(node: Int, number: Int)
    }

    /// An empty laboratory at time zero.
    public init(seed: UInt64 = 0) {
        self.seed = seed
        random = SplitMix64(seed: seed)
    }

    /// Plans something to be done at a moment, counted from the beginning of the simulation.
    public mutating func at(_ time: Nanoseconds, _ action: @escaping (inout Lab) -> Void) {
        queue.plan(.action(action), at: max(now, .zero + time))
    }

    /// Lets time pass up to a moment counted from the beginning, what is due then included.
    public mutating func run(until time: Nanoseconds) {
        let end = Instant.zero + time
        while violation == nil, let moment = queue.nextMoment, moment <= end, let (_, event) = queue.next() {
            if moment > now { eventsAtThisMoment = 0 }
            eventsAtThisMoment += 1
            now = max(now, moment)
            guard eventsAtThisMoment < Self.mostEventsAtOnce else {
                violate("nothing comes to rest: \(eventsAtThisMoment) events at one moment")
                return
            }
            handle(event)
        }
        if violation == nil { now = max(now, end) }
    }

    /// Lets a span of time pass.
    public mutating func run(for span: Nanoseconds) { run(until: now + span - .zero) }

    /// More events at one moment than this are a livelock.
    private static let mostEventsAtOnce = 500_000

    private mutating func handle(_ event: Event) {
        switch event {
        case .action(let action): action(&self)
        case .arrival(let node, let input, let incarnation):
            guard nodes[node].isRunning, nodes[node].incarnation == incarnation else { return }
            if nodes[node].isPaused {
                wait(input, for: node)
            } else {
                take(input, node)
            }
        case .sighting(let frame, let source): host.hear(frame, from: source, at: now)
        case .wakeUp(let node, let number):
            guard nodes[node].isRunning, !nodes[node].isPaused, nodes[node].wakeUpNumber == number else { return }
            nodes[node].wakeUp = nil
            drive(node) { engine, now, effects in engine.advance(to: now, effects: &effects) }
        }
    }

    /// Notes that something does not hold, and ends the run.
    mutating func violate(_ text: String, node: String = "") {
        guard violation == nil else { return }
        violation = node.isEmpty ? text : "\(node): \(text)"
        trace.note(.violated(text), at: now, node: node)
    }

    /// What to print when a test fails: what does not hold, how to repeat the run, and what happened last.
    public func failureReport(lines: Int = 80) -> String {
        "\(violation ?? "nothing is violated")\nseed \(seed), at \(now.rawValue) ns; the last lines of the trace:\n"
            + trace.text(last: lines)
    }
}

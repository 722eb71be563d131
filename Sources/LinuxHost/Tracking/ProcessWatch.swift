import VRRP
import VRRPEngine

/// Follows how many processes the tracked programs have: by the kernel's word where it gives one, and by looks at /proc.
struct ProcessWatch: ~Copyable {
    /// How often /proc is looked at where the kernel tells nothing.
    private static let scanInterval = Nanoseconds.milliseconds(500)
    /// How often it is looked at all the same where the kernel tells.
    private static let checkInterval = Nanoseconds.seconds(60)
    /// The share of a processor that looks may take, as the time between them in lengths of one.
    private static let restAfterScan: Int64 = 20

    private var events: ProcessEvents?
    private var table = ProcessTable([])
    private var courses: [ProcessCourse] = []
    private var nextScan = Instant.distantFuture
    private var earliestScan = Instant.zero

    /// Whether the kernel tells of processes.
    var isTold: Bool {
        switch events {
        case .some: true
        case nil: false
        }
    }

    /// What is ready when something has happened; nil while the kernel does not tell.
    var fileDescriptor: Int32? {
        switch events {
        case .some(let events): events.fileDescriptor
        case nil: nil
        }
    }

    /// When there is something to do again.
    var deadline: Instant { courses.reduce(nextScan) { min($0, $1.deadline) } }

    /// Follows these programs and no others; may wait for the kernel.
    mutating func follow(_ definitions: [TrackedProcessDefinition], asksKernel: Bool = true) -> [ProcessObservation] {
        let old = Dictionary(courses.map { ($0.definition, $0) }) { first, _ in first }
        table = ProcessTable(definitions)
        guard !definitions.isEmpty else {
            events = nil
            courses = []
            nextScan = .distantFuture
            return []
        }
        if !isTold, asksKernel { events = try? ProcessEvents() }
        scan()
        let now = MonotonicClock.now
        courses = zip(definitions, table.counts).map { definition, count in
            guard var course = old[definition] else { return ProcessCourse(definition, count: count) }
            course.note(count: count, at: now)
            return course
        }
        return courses.map(\.observation)
    }

    /// Takes in what the kernel has told and does what is due; returns what is new.
    mutating func advance() -> [ProcessObservation] {
        let before = courses.map(\.observation)
        takeEvents()
        if nextScan <= MonotonicClock.now { scan() }
        let now = MonotonicClock.now
        for (index, count) in table.counts.enumerated() {
            if courses[index].observation.count != count { courses[index].note(count: count, at: now) }
            courses[index].advance(to: now)
        }
        return zip(courses.map(\.observation), before).filter { $0 != $1 }.map(\.0)
    }

    private mutating func takeEvents() {
        let reception: ProcessEvents.Reception
        switch events {
        case nil: return
        case .some(let events):
            do throws(SystemCallError) { reception = try events.receive() } catch { reception = .lost }
        }
        switch reception {
        case .nothing: return
        case .lost: nextScan = min(nextScan, earliestScan)
        case .events(let list):
            for event in list {
                switch event {
                case .changed(let process): table.look(at: process)
                case .ended(let process): table.forget(process)
                }
            }
        }
    }

    private mutating func scan() {
        let start = MonotonicClock.now
        table.scan()
        let end = MonotonicClock.now
        earliestScan = end + max(Self.scanInterval, (end - start) * Self.restAfterScan)
        nextScan = isTold ? end + Self.checkInterval : earliestScan
    }
}

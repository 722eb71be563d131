import KubernetesAPI
import Testing

@Suite("The queue of work")
struct WorkQueueTests {
    private var generator = SplitMix64(2)
    private let start = ContinuousClock.now

    @Test("A key that is added ten times is worked on once")
    func deduplication() {
        var queue = WorkQueue<String>()
        for _ in 0..<10 { queue.add("a") }
        queue.add("b")
        #expect(queue.next(at: start) == .work("a"))
        #expect(queue.next(at: start) == .work("b"))
        #expect(queue.next(at: start) == .idle)
    }

    @Test("A key that is added while it is in work comes again, but not to two workers at once")
    mutating func addedInWork() {
        var queue = WorkQueue<String>()
        queue.add("a")
        #expect(queue.next(at: start) == .work("a"))
        queue.add("a")
        queue.add("a")
        #expect(queue.next(at: start) == .idle)
        queue.done("a", .success, at: start, using: &generator)
        #expect(queue.next(at: start) == .work("a"))
        queue.done("a", .success, at: start, using: &generator)
        #expect(queue.next(at: start) == .idle)
        #expect(queue.isIdle)
    }

    @Test("A key that fails comes later each time, and at once after it has worked")
    mutating func backoff() {
        var queue = WorkQueue<String>(
            backoff: Backoff(initial: .milliseconds(5), maximum: .seconds(10), jitter: 0))
        var now = start
        queue.add("a")
        var waits: [Duration] = []
        for _ in 0..<14 {
            #expect(queue.next(at: now) == .work("a"))
            queue.done("a", .failure, at: now, using: &generator)
            guard case .wait(let moment) = queue.next(at: now) else {
                Issue.record("it should wait")
                return
            }
            waits.append(now.duration(to: moment))
            now = moment
        }
        #expect(waits.prefix(4) == [.milliseconds(5), .milliseconds(10), .milliseconds(20), .milliseconds(40)])
        #expect(waits.suffix(2) == [.seconds(10), .seconds(10)])
        #expect(queue.failures(of: "a") == 14)
        #expect(queue.next(at: now) == .work("a"))
        queue.done("a", .success, at: now, using: &generator)
        #expect(queue.failures(of: "a") == 0)
    }

    @Test("Of several times for a key the earliest counts, and news of it does not wait for any")
    mutating func delays() {
        var queue = WorkQueue<String>()
        queue.add("a", at: start + .seconds(10))
        queue.add("a", at: start + .seconds(5))
        queue.add("a", at: start + .seconds(20))
        #expect(queue.next(at: start) == .wait(until: start + .seconds(5)))
        queue.add("a")
        #expect(queue.next(at: start) == .work("a"))
        queue.done("a", .success, at: start, using: &generator)
        #expect(queue.next(at: start + .seconds(5)) == .work("a"))
        queue.done("a", .again(after: .seconds(60)), at: start + .seconds(5), using: &generator)
        // What the earliest time overtook is not worked on.
        #expect(queue.next(at: start + .seconds(30)) == .wait(until: start + .seconds(65)))
    }

    @Test("Many keys that fail at once come back at a limited rate")
    mutating func rate() {
        var queue = WorkQueue<Int>(
            backoff: Backoff(initial: .milliseconds(1), maximum: .seconds(1), jitter: 0),
            bucket: TokenBucket(capacity: 10, refillInterval: .seconds(1)))
        for key in 0..<20 { queue.add(key) }
        for _ in 0..<20 {
            guard case .work(let key) = queue.next(at: start) else { return }
            queue.done(key, .failure, at: start, using: &generator)
        }
        var now = start
        var times: [Duration] = []
        while times.count < 20 {
            switch queue.next(at: now) {
            case .work(let key):
                times.append(start.duration(to: now))
                queue.done(key, .success, at: now, using: &generator)
            case .wait(let moment): now = moment
            case .idle:
                Issue.record("keys are missing")
                return
            }
        }
        #expect(times[9] == .milliseconds(1))
        #expect(times[10] == .seconds(1))
        #expect(times[19] == .seconds(10))
    }

    @Test("Whatever happens, no key is lost and none is with two workers", arguments: UInt64(0)..<100)
    func nothingLost(seed: UInt64) {
        var generator = SplitMix64(seed)
        var queue = WorkQueue<Int>()
        var now = start
        var inWork: Set<Int> = []
        var wanted: Set<Int> = []
        for _ in 0..<2000 {
            let key = Int.random(in: 0..<20, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0:
                queue.add(key)
                wanted.insert(key)
            case 1:
                queue.add(key, at: now + .milliseconds(Int.random(in: 0..<500, using: &generator)))
                wanted.insert(key)
            case 2:
                if let done = inWork.randomElement(using: &generator) {
                    inWork.remove(done)
                    let failed = Bool.random(using: &generator)
                    if failed { wanted.insert(done) }
                    queue.done(done, failed ? .failure : .success, at: now, using: &generator)
                }
            default:
                now += .milliseconds(Int.random(in: 0..<50, using: &generator))
                if case .work(let key) = queue.next(at: now) {
                    #expect(inWork.insert(key).inserted)
                    wanted.remove(key)
                }
            }
        }
        for key in inWork { queue.done(key, .success, at: now, using: &generator) }
        // Wanted keys all come, each at its time.
        loop: while true {
            switch queue.next(at: now) {
            case .work(let key):
                wanted.remove(key)
                queue.done(key, .success, at: now, using: &generator)
            case .wait(let moment): now = moment
            case .idle: break loop
            }
        }
        #expect(wanted.isEmpty)
        #expect(queue.isIdle)
    }
}

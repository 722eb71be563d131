import KubernetesAPI
import Testing

@Suite("The election of a leader")
struct LeaderElectionTests {
    private let start = ContinuousClock.now
    private var generator = SplitMix64(3)

    private func candidate(_ identity: String) throws -> LeaderElection {
        LeaderElection(try #require(LeaderElectionSettings(identity: identity)))
    }

    private func wall(_ offset: Duration) -> Timestamp { Timestamp(seconds: 1_795_539_740) + offset }

    private func lease(_ spec: Lease.Spec, _ version: Int) -> Lease {
        var lease = Lease(metadata: ObjectMeta(name: "l", namespace: "n"))
        lease.metadata.resourceVersion = String(version)
        lease.spec = spec
        return lease
    }

    @Test("Who finds no Lease creates it, leads, and renews every two seconds")
    mutating func creation() throws {
        var election = try candidate("a")
        #expect(election.next(at: start, wall(.zero), using: &generator) == .read)
        election.received(.missing, at: start, using: &generator)
        guard case .create(let spec) = election.next(at: start, wall(.zero), using: &generator) else {
            Issue.record("it should create the Lease")
            return
        }
        #expect(spec.holderIdentity == "a" && spec.leaseDurationSeconds == 15 && spec.leaseTransitions == 0)
        #expect(spec.acquireTime == spec.renewTime && spec.renewTime?.moment == wall(.zero))
        #expect(!election.leads(at: start))
        election.received(.written(lease(spec, 1)), at: start + .milliseconds(100), using: &generator)
        #expect(election.leads(at: start + .seconds(9.9)))
        #expect(!election.leads(at: start + .seconds(10)), "it counts from when it asked")
        #expect(
            election.next(at: start + .seconds(1), wall(.seconds(1)), using: &generator)
                == .wait(until: start + .milliseconds(2100)))
        guard
            case .write(let renewed, resourceVersion: "1") = election.next(
                at: start + .milliseconds(2100), wall(.milliseconds(2100)), using: &generator)
        else {
            Issue.record("it should renew the Lease")
            return
        }
        #expect(renewed.acquireTime == spec.acquireTime && renewed.renewTime != spec.renewTime)
        #expect(renewed.leaseTransitions == 0)
    }

    @Test(
        "A Lease that is renewed is left alone; one that is not is taken when its time is over here, whatever clocks say"
    )
    mutating func takingOver() throws {
        var election = try candidate("b")
        var spec = Lease.Spec()
        spec.holderIdentity = "a"
        spec.leaseDurationSeconds = 15
        // The holder's clock is a year behind.
        spec.renewTime = MicroTime(wall(.seconds(-31_536_000)))
        spec.leaseTransitions = 4
        _ = election.next(at: start, wall(.zero), using: &generator)
        election.received(.read(lease(spec, 1)), at: start, using: &generator)
        guard case .wait(let moment) = election.next(at: start, wall(.zero), using: &generator) else {
            Issue.record("somebody else holds the Lease")
            return
        }
        #expect(moment >= start + .seconds(2) && moment <= start + .seconds(4.4))
        #expect(election.holder == "a")

        spec.renewTime = MicroTime(wall(.seconds(-31_535_990)))
        _ = election.next(at: moment, wall(.zero), using: &generator)
        election.received(.read(lease(spec, 2)), at: start + .seconds(10), using: &generator)
        var now = start + .seconds(10)
        for _ in 0..<20 {
            switch election.next(at: now, wall(start.duration(to: now)), using: &generator) {
            case .wait(let moment): now = moment
            case .read: election.received(.read(lease(spec, 2)), at: now, using: &generator)
            case .write(let taken, resourceVersion: "2"):
                #expect(now >= start + .seconds(25) && now < start + .seconds(30))
                #expect(taken.holderIdentity == "b" && taken.leaseTransitions == 5)
                return
            default: Issue.record("an odd step")
            }
        }
        Issue.record("it should have taken the Lease")
    }

    @Test("A Lease that was given back is taken at once")
    mutating func released() throws {
        var election = try candidate("b")
        var spec = Lease.Spec()
        spec.holderIdentity = ""
        spec.leaseDurationSeconds = 1
        _ = election.next(at: start, wall(.zero), using: &generator)
        election.received(.read(lease(spec, 7)), at: start, using: &generator)
        guard case .write(let taken, resourceVersion: "7") = election.next(at: start, wall(.zero), using: &generator)
        else {
            Issue.record("it should take the Lease")
            return
        }
        #expect(taken.holderIdentity == "b" && taken.leaseTransitions == 1)
        election.received(.written(lease(taken, 8)), at: start, using: &generator)
        let back = try #require(election.release(at: start + .seconds(1), wall(.seconds(1))))
        #expect(back.resourceVersion == "8" && back.spec.holderIdentity == "" && back.spec.leaseDurationSeconds == 1)
    }

    @Test("Who cannot renew stops leading before others may begin")
    mutating func outage() throws {
        var election = try candidate("a")
        _ = election.next(at: start, wall(.zero), using: &generator)
        election.received(.missing, at: start, using: &generator)
        guard case .create(let spec) = election.next(at: start, wall(.zero), using: &generator) else { return }
        election.received(.written(lease(spec, 1)), at: start, using: &generator)
        var now = start
        while now < start + .seconds(12) {
            switch election.next(at: now, wall(.zero), using: &generator) {
            case .wait(let moment): now = moment
            default: election.received(.failed, at: now, using: &generator)
            }
            #expect(election.leads(at: now) == (now < start + .seconds(10)))
        }
        #expect(election.release(at: now, wall(.zero)) == nil)
    }

    @Test("Who reads that somebody else holds the Lease leads no more")
    mutating func replaced() throws {
        var election = try candidate("a")
        _ = election.next(at: start, wall(.zero), using: &generator)
        election.received(.missing, at: start, using: &generator)
        guard case .create(var spec) = election.next(at: start, wall(.zero), using: &generator) else { return }
        election.received(.written(lease(spec, 1)), at: start, using: &generator)
        _ = election.next(at: start + .seconds(2), wall(.seconds(2)), using: &generator)
        election.received(.conflict, at: start + .seconds(2), using: &generator)
        #expect(election.leads(at: start + .seconds(2)), "only the version is another one, as far as is known")
        #expect(election.next(at: start + .seconds(2), wall(.seconds(2)), using: &generator) == .read)
        spec.holderIdentity = "b"
        election.received(.read(lease(spec, 5)), at: start + .seconds(2), using: &generator)
        #expect(!election.leads(at: start + .seconds(2)))
        #expect(election.holder == "b")
    }

    @Test("Times that would let two lead at once are refused")
    func settings() {
        #expect(LeaderElectionSettings(identity: "") == nil)
        #expect(LeaderElectionSettings(identity: "a", leaseDuration: .seconds(10), renewDeadline: .seconds(10)) == nil)
        #expect(LeaderElectionSettings(identity: "a", renewDeadline: .seconds(2), retryPeriod: .seconds(2)) == nil)
        #expect(LeaderElectionSettings(identity: "a", leaseDuration: .milliseconds(14_500)) == nil)
    }

    @Test("Never do two of five lead at once, with lost requests, slow answers and pauses", arguments: UInt64(0)..<100)
    func exclusion(seed: UInt64) throws {
        var generator = SplitMix64(seed)
        var elections = try (0..<5).map { try candidate("c\($0)") }
        /// What each waits for: an answer that arrives later, or its time.
        var pending: [(at: ContinuousClock.Instant, answer: LeaderElection.Answer?)] = elections.map { _ in (start, nil)
        }
        var stored: Lease?
        var version = 0
        var now = start
        var terms = 0
        var leader: Int?
        while now < start + .seconds(600) {
            guard let index = pending.indices.min(by: { pending[$0].at < pending[$1].at }) else { return }
            now = pending[index].at
            if let answer = pending[index].answer {
                elections[index].received(answer, at: now, using: &generator)
                pending[index].answer = nil
            }
            let leaders = elections.indices.filter { elections[$0].leads(at: now) }
            #expect(leaders.count <= 1)
            if let first = leaders.first, first != leader { (leader, terms) = (first, terms + 1) }
            // A process stands still for a while now and then.
            if Int.random(in: 0..<200, using: &generator) == 0 {
                pending[index].at = now + .seconds(Int.random(in: 5..<40, using: &generator))
                continue
            }
            let step = elections[index].next(at: now, wall(start.duration(to: now)), using: &generator)
            if case .wait(let moment) = step {
                pending[index].at = moment
                continue
            }
            let isLost = Int.random(in: 0..<10, using: &generator) == 0
            let isCarriedOut = !isLost || Bool.random(using: &generator)
            var answer = LeaderElection.Answer.failed
            if isCarriedOut {
                switch (step, stored) {
                case (.read, let lease?): answer = .read(lease)
                case (.read, nil): answer = .missing
                case (.create, .some): answer = .conflict
                case (.write(_, let expected), let lease) where lease?.metadata.resourceVersion != expected:
                    answer = .conflict
                case (.create(let spec), _), (.write(let spec, _), _):
                    version += 1
                    let new = lease(spec, version)
                    stored = new
                    answer = .written(new)
                case (.wait, _): break
                }
            }
            pending[index] = (
                now + .milliseconds(Int.random(in: 1..<3000, using: &generator)), isLost ? .failed : answer
            )
        }
        #expect(terms > 0)
    }
}

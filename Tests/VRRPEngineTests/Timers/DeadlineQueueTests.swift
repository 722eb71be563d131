import Testing
import VRRP
import VRRPSimulation

@testable import VRRPEngine

@Suite("Queue of deadlines")
struct DeadlineQueueTests {
    @Test("It behaves like a dictionary that is searched for its least value", arguments: 1...20)
    func againstModel(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var queue = DeadlineQueue()
        var model: [Int: Instant] = [:]
        for _ in 0..<1_500 {
            let slot = Int.random(in: 0..<60, using: &random)
            if random.chance(30) {
                queue.set(nil, for: slot)
                model[slot] = nil
            } else {
                let deadline = Instant(Int64.random(in: 0..<100, using: &random))
                queue.set(deadline, for: slot)
                model[slot] = deadline
            }
            #expect(queue.count == model.count)
            #expect(queue.earliest == model.values.min() ?? .distantFuture)
            if let first = queue.first { #expect(model[first.slot] == first.deadline) }
        }
        var drained: [Instant] = []
        while let first = queue.first {
            drained.append(first.deadline)
            #expect(model.removeValue(forKey: first.slot) == first.deadline)
            queue.set(nil, for: first.slot)
        }
        #expect(drained == drained.sorted())
        #expect(model.isEmpty)
    }

    @Test("An empty queue is due in the distant future")
    func empty() {
        var queue = DeadlineQueue()
        queue.set(nil, for: 5)
        #expect(queue.earliest == .distantFuture)
        #expect(queue.first == nil)
    }
}

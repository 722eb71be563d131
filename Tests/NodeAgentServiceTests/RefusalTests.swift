import Testing

@testable import NodeAgentService

@Suite("Definitions that vrrpd refuses")
struct RefusalTests {
    @Test("It is asked again soon, then later and later, every 20 s in the end")
    func pauses() {
        var now = ContinuousClock.now
        var refusal: Refusal?
        var pauses: [Int64] = []
        for _ in 0..<8 {
            let next = Refusal(of: 1, because: "no", after: refusal, at: now)
            #expect(!next.isOver(at: now + next.pause - .milliseconds(1)) && next.isOver(at: now + next.pause))
            pauses.append(next.pause.components.seconds)
            now += next.pause
            refusal = next
        }
        #expect(pauses == [1, 2, 4, 8, 16, 20, 20, 20])
    }
}

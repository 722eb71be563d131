import Testing

@testable import LinuxHost

@Suite("The queue of commands")
struct CommandQueueTests {
    private func command(_ number: Int) -> RunnableCommand {
        RunnableCommand(words: ["\(number)"], account: ScriptAccount(user: 0, group: 0))
    }

    @Test("Commands of one queue run one after the other, those of others beside them")
    func order() {
        var queue = CommandQueue()
        for number in 0..<3 { #expect(queue.append(command(number), to: "A") == nil) }
        #expect(queue.append(command(9), to: "B") == nil)
        #expect(queue.startNext()?.command == command(0))
        #expect(queue.startNext()?.command == command(9))
        #expect(queue.startNext() == nil)
        queue.ended("A")
        #expect(queue.startNext()?.command == command(1))
        queue.ended("B")
        queue.ended("A")
        #expect(queue.startNext()?.command == command(2))
        #expect(!queue.isEmpty)
        queue.ended("A")
        #expect(queue.isEmpty && queue.startNext() == nil)
    }

    @Test("Of 255 queues a few run at once, and each gets its turn")
    func parallelism() {
        var queue = CommandQueue()
        for number in 0..<255 { _ = queue.append(command(number), to: "\(number)") }
        var running: [String] = []
        var seen: [String] = []
        while true {
            while let next = queue.startNext() { running.append(next.queue) }
            #expect(running.count <= CommandQueue.runningLimit)
            guard !running.isEmpty else { break }
            seen.append(running[0])
            queue.ended(running.removeFirst())
        }
        #expect(seen == (0..<255).map(String.init))
        #expect(queue.isEmpty)
    }

    @Test("Behind one that hangs a bounded number waits, and the oldest of them goes first")
    func bound() {
        var queue = CommandQueue()
        _ = queue.append(command(-1), to: "A")
        _ = queue.startNext()
        let dropped = (0..<CommandQueue.waitingLimit + 10).compactMap { queue.append(command($0), to: "A") }
        #expect(dropped == (0..<10).map(command))
        #expect(queue.waitingCount == CommandQueue.waitingLimit)
        queue.ended("A")
        #expect(queue.startNext()?.command == command(10))
        queue.dropWaiting()
        #expect(queue.waitingCount == 0 && queue.startNext() == nil)
        queue.ended("A")
        #expect(queue.isEmpty)
    }
}

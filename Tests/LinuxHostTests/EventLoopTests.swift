import Glibc
import Testing
import VRRP

@testable import LinuxHost

@Suite("The event loop")
struct EventLoopTests {
    @Test("The timer is ready at its deadline and not before, once for each deadline")
    func timer() throws {
        let loop = try EventLoop()
        var timer = try DeadlineTimer()
        try loop.watch(timer.fileDescriptor, for: [.reading, .onceEachTime], as: .deadline)
        var events: [EventLoop.Event] = []
        for _ in 0..<3 {
            let deadline = MonotonicClock.now + .milliseconds(5)
            try timer.set(to: deadline)
            try loop.wait(milliseconds: 1000, into: &events)
            #expect(events.map(\.source) == [.deadline])
            #expect(MonotonicClock.now >= deadline)
        }
        try loop.wait(milliseconds: 0, into: &events)
        #expect(events.isEmpty)
        try timer.set(to: MonotonicClock.now - .seconds(1))
        try loop.wait(milliseconds: 1000, into: &events)
        #expect(events.map(\.source) == [.deadline])
        try timer.set(to: .distantFuture)
        try loop.wait(milliseconds: 10, into: &events)
        #expect(events.isEmpty)
    }

    @Test("Signals wait until they are read")
    func signals() async throws {
        let heard = try await Namespace.onOwnThread {
            let watch = try SignalWatch([SIGUSR1, SIGUSR2])
            let loop = try EventLoop()
            try loop.watch(watch.fileDescriptor, as: .signals)
            raise(SIGUSR1)
            raise(SIGUSR2)
            var events: [EventLoop.Event] = []
            try loop.wait(milliseconds: 1000, into: &events)
            var heard: [Int32] = []
            while let signal = try watch.next() { heard.append(signal) }
            return events.map(\.source) == [.signals] ? heard : []
        }
        #expect(heard.sorted() == [SIGUSR1, SIGUSR2])
    }

    @Test(
        "Every source comes back from its token",
        arguments: [
            EventSource.deadline, .signals, .interfaces, .receiver(7), .receiver(.max), .controlListener,
            .controlClient(15), .background, .scripts, .scriptProcess(9),
        ])
    func tokens(source: EventSource) { #expect(EventSource(token: source.token) == source) }
}

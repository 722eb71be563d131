import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("The time from a decision to its announcement")
struct AnnouncementLatencyTests {
    private func histogram(_ bench: Bench) -> LatencyHistogram { bench.lab.snapshot(Bench.name).latencies.announcement }

    @Test("IPv4 addresses are announced at once; later rounds, refreshes and the second address are not counted")
    func atOnce() {
        var bench = Bench()
        #expect(histogram(bench).total == 0)
        let start = bench.becomeActive()
        #expect(histogram(bench).total == 1)
        bench.run(until: start + 130.0)
        #expect(histogram(bench).total == 1)
        #expect(histogram(bench).sum == .zero)
        #expect(histogram(bench).counts[0] == 1)
    }

    @Test("An IPv6 address is announced when the kernel has told of it, and so long is counted")
    func afterTheKernel() {
        var bench = Bench(.example("vr", family: .ipv6))
        bench.lab.configure(Bench.name) { $0.noticeDelay = 0.003 }
        let start = bench.becomeActive()
        #expect(histogram(bench).total == 0)
        bench.run(until: start + 1.0)
        #expect(histogram(bench).total == 1)
        #expect(histogram(bench).sum == 0.003)
        // 3 ms are beyond 2.5 ms and within 5 ms.
        #expect(histogram(bench).counts[5] == 1)
        #expect(LatencyHistogram.bounds[5] == 0.005)
    }

    @Test("Each time that the router becomes active is counted anew, and not one that ended before its announcement")
    func eachTime() {
        var bench = Bench { $0.announcements.afterBecomingActive = [.seconds(2)] }
        var start = bench.becomeActive()
        bench.run(until: start + 1.0)
        bench.hear(priority: 200)
        #expect(bench.state == .backup)
        start = bench.becomeActive()
        #expect(histogram(bench).total == 0)
        bench.run(until: start + 3.0)
        #expect(histogram(bench).total == 1)
        #expect(histogram(bench).sum == 2.0)
        bench.hear(priority: 200)
        start = bench.becomeActive()
        bench.run(until: start + 3.0)
        #expect(histogram(bench).total == 2)
        #expect(histogram(bench).sum == 4.0)
    }
}

import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("A storm of questions", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(2)))
struct StatusStormTests {
    private let ids = 1...255

    /// How late timers fired: how many of them, by the bucket of the histogram in the status.
    private struct Lateness {
        let counts: [Int]

        init(_ status: DaemonStatus) throws {
            counts = try status.root.member("latencies").member("lateness").member("counts").elements()
                .map { counter throws(JSONFieldError) in try counter.integer() }
        }

        init(from earlier: Lateness, to later: Lateness) {
            counts = zip(earlier.counts, later.counts).map { $1 - $0 }
        }

        /// The bucket that all but a hundredth fall into, or into one before.
        var bucketOfMost: Int {
            let total = counts.reduce(0, +)
            var sum = 0
            return counts.firstIndex { count in
                sum += count
                return sum * 100 >= total * 99
            } ?? counts.count
        }
    }

    /// What is asked again and again.
    enum Question: String, CaseIterable {
        case status, watch, events
    }

    /// Asks once, and waits for the whole answer.
    private func ask(_ question: Question, _ daemon: VRRPDaemon) async throws {
        switch question {
        case .status: #expect(try await daemon.status().routers.count == ids.count)
        case .watch: try await say(["request": "watch"], "{\"ok\":true,\"status\":", daemon)
        case .events: try await say(["request": "events"], "{\"ok\":true,\"events\":", daemon)
        }
    }

    /// Says a request, waits for an answer that begins so, and hangs up.
    private func say(_ request: JSONObject, _ beginning: String, _ daemon: VRRPDaemon) async throws {
        let client = try await daemon.say(request)
        try await client.waitForLine(containing: beginning, within: .seconds(10))
        client.killSession()
    }

    @Test(
        "Asking again and again about 255 routers leaves their timers as punctual as they are without",
        arguments: Question.allCases)
    func timers(question: Question) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap(keeping: \.isVRRP)
            let daemon = try await VRRPDaemon.start(
                on: dut.host,
                .keepalived(
                    KeepalivedInstance.file(
                        ids.map {
                            KeepalivedInstance(
                                name: "VI_\($0)", id: $0, priority: 150, interval: "0.1",
                                addresses: ["198.51.100.\($0)"])
                        })))
            try await tap.waitForActive(dut.ipv4, id: ids.upperBound, for: .seconds(3))
            let begin = try Lateness(try await daemon.status())
            try await Task.sleep(for: .seconds(4))
            let middle = try Lateness(try await daemon.status())
            let end = ContinuousClock.now + .seconds(4)
            var answers = 0
            while ContinuousClock.now < end {
                try await ask(question, daemon)
                answers += 1
            }
            let calm = Lateness(from: begin, to: middle)
            let stormy = Lateness(from: middle, to: try Lateness(try await daemon.status()))
            print("\(answers) answers to \(question); lateness without: \(calm.counts), with: \(stormy.counts)")
            // All adverts of an interval share wake-ups.
            #expect(answers >= 3 && stormy.counts.reduce(0, +) >= 30)
            // Who asks takes a processor: what must not be seen is that an answer is written down between timers, which takes
            // 0.1 s in a debug build. The seventh bucket ends at 25 ms.
            #expect(stormy.bucketOfMost <= max(calm.bucketOfMost + 1, 7))
        }
    }
}

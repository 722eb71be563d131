import Testing
import VRRPSimulation

@Suite("Repetition")
struct DeterminismTests {
    @Test("The same seed gives the same trace", arguments: [1, 2, 3, 17, 99] as [UInt64])
    func sameSeed(seed: UInt64) {
        var first = Scenario.random(seed: seed)
        var second = Scenario.random(seed: seed)
        #expect(first.run() == second.run())
        #expect(first.lab.trace.entries == second.lab.trace.entries)
        #expect(first.lab.trace.entries.count > 100)
    }

    @Test("Another seed gives another trace")
    func otherSeed() {
        var first = Scenario.random(seed: 1)
        var second = Scenario.random(seed: 2)
        _ = (first.run(), second.run())
        #expect(first.lab.trace.digest != second.lab.trace.digest)
    }

    @Test("The same seed gives the same trace in another process, where sets and dictionaries have another order")
    func otherProcess() async throws {
        func digests() async throws -> [UInt8] {
            let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
                for seed: UInt64 in 1...20 {
                    var scenario = Scenario.random(seed: seed)
                    _ = scenario.run()
                    print("digest", seed, scenario.lab.trace.digest)
                }
            }
            let output = try #require(result).standardOutputContent
            let lines = String(decoding: output, as: UTF8.self).split(separator: "\n").filter { $0.hasPrefix("digest") }
            #expect(lines.count == 20)
            return Array(lines.joined(separator: "\n").utf8)
        }
        let (first, second) = (try await digests(), try await digests())
        #expect(first == second)
    }

    @Test("Two futures of one laboratory do not touch each other")
    func futures() {
        var lab = Lab(seed: 7)
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.start("a", [.example()])
        lab.run(until: 2.0)
        var other = lab
        other.crash("a")
        lab.run(until: 5.0)
        #expect(lab.activeNodes() == ["a"])
        #expect(other.activeNodes() == [])
    }
}

import ArgumentParser
import Foundation
import NetworkLab

/// Measures vrrpd beside keepalived on networks of its own, and writes what came out.
@main
struct Comparison: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrp-comparison",
        abstract: "Measures vrrpd beside keepalived: both in turn, on the same machine, from the same keepalived.conf.",
        discussion: "Needs root. VRRP_BIN_DIR names the directory of the vrrpd that is measured.")

    @Flag(help: "The main ratios alone, in less than five minutes.")
    var quick = false

    @Option(help: "The scenarios to play: \(Programme.names.joined(separator: ", ")).")
    var only: [String] = []

    @Option(help: "The rounds of each scenario, in place of the usual number.")
    var rounds: Int?

    @Option(help: "The file of the results.")
    var results = ".build-bench/comparison.json"

    @Flag(help: "Takes what is measured into the file of results, whose other figures stay.")
    var update = false

    @Option(help: "The page whose measured part is made anew, and its plots beside it; none without this option.")
    var page: String?

    @Flag(help: "Makes table and page from the file of results, and measures nothing.")
    var render = false

    func validate() throws {
        for name in only where !Programme.names.contains(name) {
            throw ValidationError(
                "There is no scenario \"\(name)\"; there are \(Programme.names.joined(separator: ", ")).")
        }
        if let rounds, rounds < 1 { throw ValidationError("--rounds \(rounds): at least 1 is needed.") }
    }

    func run() async throws {
        let measured: Results
        if render {
            measured = try Results(readingFrom: results)
        } else {
            let earlier = update ? try Results(readingFrom: results) : nil
            let new = try await measure()
            measured = earlier?.updated(with: new) ?? new
            try measured.write(to: results)
        }
        print(ConsoleTable(measured).text)
        if let page { try Page(measured).write(to: page) }
        guard measured.measures.allSatisfy({ measured.isReached($0) != false }) else { throw ExitCode.failure }
    }

    private func measure() async throws -> Results {
        let shortcomings = Prerequisite.shortcomings(of: Prerequisite.lab + [.keepalived, .ping])
        guard shortcomings.isEmpty else { throw ValidationError(shortcomings.joined(separator: "; ")) }
        var results = try await Results()
        for scenario in Programme.scenarios(isQuick: quick, only: only) {
            let name = type(of: scenario).name
            for round in 1...(rounds ?? scenario.rounds) {
                // Who begins changes, so that neither always runs on the warmer machine.
                let order = round.isMultiple(of: 2) ? scenario.contestants.reversed() : scenario.contestants
                for contestant in order {
                    for (measure, values) in try await figures(of: scenario, contestant) {
                        results.add(values, measure, contestant)
                        let text = measure.unit.text(measure.goal.statistic.of(values))
                        progress("\(name) \(round): \(contestant.rawValue): \(measure.rawValue) \(text)")
                    }
                }
                if !update { try results.write(to: self.results) }
            }
        }
        return results
    }

    /// Plays a round; one that came to nothing, because the capture lost frames or somebody never settled, is played again.
    private func figures(
        of scenario: any Scenario, _ contestant: Contestant
    ) async throws -> [(Measure, [Double])] {
        for _ in 1..<Self.attempts {
            do { return try await scenario.play(contestant) } catch {
                progress("\(type(of: scenario).name): \(contestant.rawValue): played again, because \(error)")
            }
        }
        return try await scenario.play(contestant)
    }

    private static let attempts = 3

    private func progress(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

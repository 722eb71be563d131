import Glibc
import NetworkLab
import Testing

@Suite("The demonstration", .needs(Prerequisite.lab + [.ping]), .timeLimit(.minutes(2)))
struct DemoTests {
    @Test("The demonstration of manifests shows a take-over and edits, well and badly, and leaves nothing behind")
    func showsManifests() async throws {
        let run = try DemoRun()
        let status = try await run.exitStatus(within: .seconds(90))
        let output = run.output
        try #require(status == 0, "\(output)")
        let claims: [Regex<Substring>] = [
            /web +192\.0\.2\.100 +(?:backup 2[0-9]+ +)*ACTIVE 2[0-9]+/,
            /node[123] +loses its power: both programs are killed/,
            /web +192\.0\.2\.100.* no power/,
            /node[123] +has 192\.0\.2\.102, [0-9.]+ s after the file was written/,
            /client +gets an answer from 192\.0\.2\.102/,
            /vrrp-agent: web\.yaml, document 1, line 1[0-9]: could not find expected ':'/,
            /the addresses of web were gone [0-9.]+ s after the file was deleted/,
            /Nothing is left: 5 namespaces, 6 processes and 4 directories are gone/,
        ]
        for (number, claim) in claims.enumerated() {
            #expect(output.firstMatch(of: claim) != nil, "claim \(number) is not in\n\(output)")
        }
        let takeOver = try #require(output.firstMatch(of: /web +node[123] → node[123] +([0-9.]+) ms/), "\(output)")
        // Active_Down_Interval of priority 226 is 311.7 ms, and of 202 321.1 ms.
        #expect((280...1_330).contains(try #require(Double(takeOver.1))))
        #expect(run.files.isEmpty)
    }

    @Test("The demonstration shows and measures a take-over, a return and a planned stop, and leaves nothing behind")
    func showsFailover() async throws {
        let run = try DemoRun(arguments: ["keepalived"])
        let status = try await run.exitStatus(within: .seconds(90))
        let output = run.output
        try #require(status == 0, "\(output)")
        let claims: [Regex<Substring>] = [
            /node1 +web +backup → active +192\.0\.2\.100 +the active router was silent/,
            // On a machine with other things to do node3, which is better than node1 as well, may be ahead of node2.
            /node2 +dns +backup → active +192\.0\.2\.101 +the active router 192\.0\.2\.1[13] has a lower priority/,
            /web +192\.0\.2\.100 +ACTIVE 150 +backup 120 +backup 90/,
            /web +192\.0\.2\.100 +no power +ACTIVE 120 +backup 90/,
            /web6 +2001:db8::100 +backup 150 +backup 90 +ACTIVE 120/,
            /node1 +web +active → initialize/,
            /node2 +web +backup → active +192\.0\.2\.100 +the active router 192\.0\.2\.11 has a lower priority/,
            /node1 advertised priority 1 and stayed active until it heard node2/,
            /Nothing is left: 5 namespaces, 4 processes and 4 directories are gone/,
        ]
        for (number, claim) in claims.enumerated() {
            #expect(output.firstMatch(of: claim) != nil, "claim \(number) is not in\n\(output)")
        }
        let handOvers = output.matches(of: /web +node1 → node2 +([0-9.]+) ms +353\.1 ms +([0-9]+) of/)
        try #require(handOvers.count == 2, "\(output)")
        for match in handOvers {
            let measured = try #require(Double(match.1))
            // The upper bound leaves room for a machine with other things to do.
            #expect((353.1 * 0.9...353.1 + 1_000).contains(measured))
        }
        // Of the planned stop; the last one may have been under way.
        let lost = try #require(Int(handOvers[1].2))
        #expect(lost <= 1)
        #expect(!output.contains("\u{1b}"), "colours are for terminals")
        #expect(run.files.isEmpty)
    }

    @Test(
        "An interrupted demonstration removes its namespaces, its processes and its files",
        arguments: [SIGINT, SIGTERM])
    func isInterrupted(_ signal: Int32) async throws {
        let run = try DemoRun(arguments: ["keepalived"])
        try #require(try await run.says("loses its power", within: .seconds(60)), "\(run.output)")
        let (files, processes) = (run.files, run.processes)
        #expect(files.count == 6)
        #expect(processes.count >= 3)
        run.signal(signal)
        #expect(try await run.exitStatus(within: .seconds(20)) == 128 + signal, "\(run.output)")
        #expect(run.output.contains("interrupted; everything is cleaned up"))
        #expect(run.files.isEmpty)
        #expect(processes.filter { kill($0, 0) == 0 }.isEmpty)
    }

    @Test("A vrrpd that fails is an error that shows its log, and leaves nothing behind either")
    func showsFailure() async throws {
        let run = try DemoRun(arguments: ["keepalived"], substitute: "echo the log of a failure >&2; exit 3")
        #expect(try await run.exitStatus(within: .seconds(30)) == 1)
        #expect(run.output.contains("vrrpd on node1 ended by itself: exit status 3"))
        #expect(run.output.contains("the log of a failure"))
        #expect(run.files.isEmpty)
    }

    @Test("Help is given, and an option that does not exist is refused with a sentence")
    func answersOptions() async throws {
        let help = try DemoRun(arguments: ["--help"])
        #expect(try await help.exitStatus(within: .seconds(10)) == 0)
        #expect(help.output.hasPrefix("usage: vrrp-lab"))
        let wrong = try DemoRun(arguments: ["--fast"])
        #expect(try await wrong.exitStatus(within: .seconds(10)) == 2)
        #expect(wrong.output == "vrrp-lab: there is no option --fast; try vrrp-lab --help\n")
    }
}

import Foundation
import NetworkLab
import Testing

@Suite("Programs in the lab", .needs(Prerequisite.lab), .timeLimit(.minutes(1)))
struct LabProcessTests {
    @Test("The process number is the program's own, and signals reach it")
    func signalsReachTheProgram() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("a", addresses: [])
            let process = try await host.start(
                "sh", ["-c", "trap 'echo heard; exit 7' USR1; echo $$ ready; while :; do sleep 0.01; done"])
            try await process.waitForLine(containing: "\(process.processIdentifier) ready", within: .seconds(15))
            process.signal(SIGUSR1)
            try await process.waitForLine(containing: "heard", within: .seconds(15))
            #expect(try await process.waitForExit() == .exited(7))
        }
    }

    @Test("Both outputs arrive in order, the unfinished last line included")
    func outputsArriveInOrder() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("a", addresses: [])
            let process = try await host.start("sh", ["-c", "echo one; echo two >&2; printf three"])
            #expect(try await process.waitForExit() == .exited(0))
            #expect(process.output == "one\ntwo\nthree")
        }
    }

    @Test("A program that does not exist, or fails, is an error that says so")
    func failuresAreSaid() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("a", addresses: [])
            await #expect(throws: LabError.self) { _ = try await host.start("no-such-program") }
            do {
                try await host.run("sh", ["-c", "echo why >&2; exit 3"])
                Issue.record("a failed command was taken for a success")
            } catch let LabError.commandFailed(_, status, output) {
                #expect(status == .exited(3))
                #expect(output == "why")
            }
        }
    }

    @Test("Waiting for a line ends at the time limit and shows what was said instead")
    func waitingEnds() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("a", addresses: [])
            let process = try await host.start("sh", ["-c", "echo something; sleep 1000"])
            let start = ContinuousClock.now
            do {
                try await process.waitForLine(containing: "else", within: .seconds(1))
                Issue.record("a line was found that nobody wrote")
            } catch LabError.timedOut(_, _, let context) {
                #expect(context == "something")
            }
            #expect(start.duration(to: .now) < .seconds(5))
        }
    }

    @Test("A program is killed when nobody refers to it any more")
    func forgottenProgramIsKilled() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("a", addresses: [])
            let number = try await host.start("sleep", ["1000"]).processIdentifier
            for _ in 0..<200 where kill(number, 0) == 0 { try await Task.sleep(for: .milliseconds(10)) }
            #expect(kill(number, 0) == -1)
        }
    }
}

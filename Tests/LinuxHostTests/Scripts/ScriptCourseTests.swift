import Testing
import VRRP
import VRRPEngine

@testable import LinuxHost

@Suite("The course of a script")
struct ScriptCourseTests {
    private func course(_ change: (inout ScriptDefinition) -> Void = { _ in }) -> ScriptCourse {
        var definition = ScriptDefinition(name: "check", command: ["/bin/true"])
        change(&definition)
        let script = RunnableScript(definition, as: ScriptAccount(user: 1, group: 1))
        return ScriptCourse(script, firstStart: at(1000))
    }

    private func at(_ milliseconds: Int64) -> Instant { .zero + .milliseconds(milliseconds) }

    @Test("It is started on the grid that its first start began, and never while it still runs")
    func grid() {
        var course = course { $0.timeout = .seconds(5) }
        #expect(course.advance(to: at(999)) == nil)
        #expect(course.advance(to: at(1003)) == .start)
        #expect(course.advance(to: at(2003)) == nil)
        _ = course.ended(.exited(status: 0), at: at(2500))
        #expect(course.deadline == at(3000))
        #expect(course.advance(to: at(3001)) == .start)
        _ = course.ended(.exited(status: 0), at: at(3002))
        #expect(course.deadline == at(4000))
        // A process that was stopped for a while does not make up for what it missed.
        #expect(course.advance(to: at(9500)) == .start)
        _ = course.ended(.exited(status: 0), at: at(9501))
        #expect(course.deadline == at(10_000))
    }

    @Test("One that takes too long has failed at once; it is asked to end, then killed, again and again")
    func timeout() {
        var course = course()
        #expect(course.advance(to: at(1000)) == .start)
        _ = course.ended(.exited(status: 0), at: at(1001))
        #expect(course.advance(to: at(2000)) == .start)
        #expect(course.advance(to: at(3000)) == .terminate)
        #expect(course.isEnding)
        let verdict = course.timedOut()
        #expect(verdict?.isGood == false)
        #expect(verdict?.description == "script check is bad: it ran for longer than 1.0 s")
        #expect(course.advance(to: at(4999)) == nil)
        #expect(course.advance(to: at(5000)) == .kill)
        #expect(course.advance(to: at(14_999)) == nil)
        #expect(course.advance(to: at(15_000)) == .kill)
        // The run has failed already, and how it ends at last changes nothing.
        #expect(course.ended(.exited(status: 0), at: at(15_001)) == nil)
        #expect(!course.isEnding)
        #expect(course.advance(to: at(16_000)) == .start)
        #expect(course.ended(.exited(status: 0), at: at(16_001))?.isGood == true)
    }

    @Test("How far it is can be seen at any time, and stands on the board as it is")
    func progress() throws {
        var course = course {
            $0.rise = 2
            $0.fall = 3
        }
        let board = try ScriptBoard()
        func isShown(_ phase: ScriptPhase, _ level: Int) -> Bool {
            board.show(course.progress, at: 7)
            return course.progress == ScriptProgress(phase: phase, level: level) && board[7] == course.progress
        }
        #expect(isShown(.idle, 1))
        _ = course.advance(to: at(1000))
        #expect(isShown(.running, 1))
        _ = course.ended(.exited(status: 0), at: at(1001))
        #expect(isShown(.idle, 4))
        _ = course.advance(to: at(2000))
        _ = course.advance(to: at(3000))
        _ = course.timedOut()
        #expect(isShown(.terminating, 3))
        _ = course.advance(to: at(5000))
        #expect(isShown(.killing, 3))
        #expect(board[ScriptBoard.capacity] == nil && board[-1] == nil)
    }

    @Test("The first result is told, and then only changes")
    func verdicts() {
        var course = course { $0.fall = 2 }
        var told: [Bool?] = []
        for (position, status) in [1, 1, 0, 0, 1, 0, 1, 1, 1].enumerated() {
            let now = at(1000 + 1000 * Int64(position))
            #expect(course.advance(to: now) == .start)
            told.append(course.ended(.exited(status: Int32(status)), at: now)?.isGood)
        }
        #expect(told == [false, nil, true, nil, nil, nil, nil, false, nil])
    }

    @Test("One that starts as failed says nothing until it is good")
    func startsFailed() {
        var course = course {
            $0.startsFailed = true
            $0.rise = 2
        }
        var told: [Bool?] = []
        for (position, status) in [1, 0, 0].enumerated() {
            let now = at(1000 + 1000 * Int64(position))
            _ = course.advance(to: now)
            told.append(course.ended(.exited(status: Int32(status)), at: now)?.isGood)
        }
        #expect(told == [nil, nil, true])
    }

    @Test(
        "Only exit status 0 is a success",
        arguments: [
            (ScriptOutcome.exited(status: 0), true), (.exited(status: 1), false), (.exited(status: 126), false),
            (.exited(status: 127), false), (.killed(signal: 9), false), (.timedOut(after: .seconds(1)), false),
            (.notStarted("no file"), false),
        ] as [(ScriptOutcome, Bool)])
    func success(outcome: ScriptOutcome, isSuccess: Bool) { #expect(outcome.isSuccess == isSuccess) }

    @Test("Wait statuses are read as the kernel writes them")
    func waitStatus() {
        #expect(ScriptOutcome(waitStatus: 0) == .exited(status: 0))
        #expect(ScriptOutcome(waitStatus: 127 << 8) == .exited(status: 127))
        #expect(ScriptOutcome(waitStatus: 15) == .killed(signal: 15))
        #expect(ScriptOutcome(waitStatus: 11 | 0x80) == .killed(signal: 11))
    }
}

@Suite("Messages about scripts")
struct ScriptMessageTests {
    @Test("An order and a verdict arrive as they were sent")
    func roundTrip() throws {
        var definition = ScriptDefinition(name: "\"é\" {\n", command: ["/bin/sh", "-c", "exit 1 # \u{7f}"])
        definition.interval = Nanoseconds(10_000_001)
        definition.rise = 3
        definition.startsFailed = true
        let script = RunnableScript(definition, as: ScriptAccount(user: .max - 1, group: 0))
        #expect(try ScriptOrder(ScriptOrder.script(script).octets) == .script(script))
        #expect(try ScriptOrder(ScriptOrder.commit.octets) == .commit)
        for cause in [ScriptVerdict.Cause.exited(status: 3), .killed(signal: 9), .timedOut, .notStarted] {
            let verdict = ScriptVerdict(script: definition.name, isGood: false, cause: cause, reason: "it ended")
            #expect(try ScriptNews(ScriptNews.verdict(verdict).octets) == .verdict(verdict))
        }
    }

    @Test("Anything else is refused", arguments: ["", "[]", "{}", "commit ", "{\"name\":\"a\",\"command\":[]}"])
    func malformed(text: String) {
        #expect(throws: ScriptMessageError.self) { try ScriptOrder(Array(text.utf8)) }
        #expect(throws: ScriptMessageError.self) { try ScriptNews(Array(text.utf8)) }
    }
}

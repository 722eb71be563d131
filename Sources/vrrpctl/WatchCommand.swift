import ArgumentParser
import ControlProtocol
import Glibc
import JSONDocument
import VRRP

/// `vrrpctl watch`.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Shows the status, and everything that happens, until it is interrupted.",
        discussion: """
            On a terminal the status is kept up to date, with what has happened below it. Elsewhere the status comes once, then \
            a line for each event.
            """)

    @Flag(help: "Print one JSON object a line: {\"status\": …} first, then {\"report\": …} for each event.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    /// How long the screen stays as it is where nothing happens.
    private static let pause = Nanoseconds.seconds(1)
    /// Events come in swarms; what comes within this time is shown at once.
    private static let swarm = Nanoseconds.milliseconds(100)

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        try client.send(.watch)
        let first = try client.nextAnswer(timeout: .seconds(10))
        if !json, Terminal.canBeDrawnOn, case .status(let status) = first {
            do { try draw(status, &client) } catch {
                // Below the screen, for what is said now.
                print()
                throw error
            }
        }
        show(first)
        while true { show(try client.nextAnswer(timeout: nil)) }
    }

    /// Keeps a screen up to date for as long as vrrpd answers.
    private func draw(_ status: NodeStatus, _ client: inout ControlClient) throws {
        var screen = WatchScreen(status)
        let clear = "\u{1b}[2J"
        print(clear, terminator: "")
        while let size = Terminal.size {
            print(screen.frame(size, isColoured: Terminal.takesColours), terminator: "")
            fflush(nil)
            let start = ContinuousClock.now
            var wait = Self.pause
            while start.duration(to: .now) < .seconds(1), let report = try nextReport(of: &client, within: wait) {
                screen.take(report)
                wait = Self.swarm
            }
            var questions = try ControlClient(path: controlSocket.path)
            screen.take(try questions.status())
        }
    }

    private func nextReport(
        of client: inout ControlClient, within time: Nanoseconds
    ) throws(ControlClientError) -> TimedReport? {
        do throws(ControlClientError) {
            guard case .report(let report) = try client.nextAnswer(timeout: time) else { throw .unexpected("a report") }
            return report
        } catch .timedOut {
            return nil
        }
    }

    private func show(_ answer: ControlAnswer) {
        switch answer {
        case .status(let status) where json: print((["status": status.json] as JSONValue).text())
        case .report(let report) where json: print((["report": report.json] as JSONValue).text())
        case .status(let status): print(status.text(.ofStandardOutput()))
        case .report(let report): print("\(report.time)  \(report.report)")
        case .failure, .reload, .track, .events, .explain, .drain, .capture: break
        }
        // A pipe's reader wants each event when it happens.
        fflush(nil)
    }
}

import ArgumentParser
import ControlProtocol
import Glibc
import JSONDocument
import VRRP
import VRRPEngine

/// `vrrpctl events`.
struct EventsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Shows what happened to the virtual routers: changes of state, faults, priorities, hand-overs.",
        discussion: "vrrpd keeps the last 1024 events of all virtual routers together, in memory.")

    @Option(help: ArgumentHelp("Only events after the one with this number.", valueName: "number"))
    var since: UInt64 = 0

    @Option(name: .shortAndLong, help: ArgumentHelp("Only the last ones, so many of them.", valueName: "count"))
    var number: Int?

    @Option(help: ArgumentHelp("Only those of the virtual router of this name.", valueName: "name"))
    var router: String?

    @Flag(name: .shortAndLong, help: "Go on with what happens, until interrupted.")
    var follow = false

    @Flag(help: "Print one JSON object a line.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func validate() throws {
        if let number, number < 0 { throw ValidationError("--number is at least 0") }
    }

    func run() throws {
        guard follow else {
            _ = try showList()
            return
        }
        // Watched first, so that nothing is lost between the list and the stream.
        var stream = try ControlClient(path: controlSocket.path)
        try stream.send(.watch)
        _ = try stream.nextAnswer(timeout: .seconds(10))
        let last = try showList()
        while true {
            guard case .report(let report) = try stream.nextAnswer(timeout: nil), let place = report.place,
                place.sequence > last, isWanted(report)
            else { continue }
            show(report)
        }
    }

    /// Shows what is in the log; returns the number of the newest event.
    private func showList() throws -> UInt64 {
        var client = try ControlClient(path: controlSocket.path)
        let list = try client.events(since: since)
        if list.missed > 0 { writeError("\(list.missed) older events have made room for newer ones") }
        if list.last < since {
            writeError("there are no such numbers yet, the last event is \(list.last); vrrpd was started again?")
        }
        let events = list.events.filter(isWanted)
        if events.isEmpty, !follow, let router {
            writeError("there is no event of a virtual router of the name \(router); vrrpctl status lists their names")
        }
        for event in events.suffix(number ?? events.count) { show(event) }
        return list.last
    }

    private func isWanted(_ event: TimedReport) -> Bool { router == nil || event.report.router == router }

    private func show(_ event: TimedReport) {
        if json {
            print(event.json.text())
        } else {
            print("\(event.place.map { "\($0.sequence)" } ?? "-")  \(event.time)  \(event.report)")
        }
        fflush(nil)
    }
}

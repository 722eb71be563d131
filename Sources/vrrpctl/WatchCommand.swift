import ArgumentParser
import ControlProtocol
import Glibc
import JSONDocument
import VRRP

/// `vrrpctl watch`.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Shows the status, then everything that happens, until it is interrupted.")

    @Flag(help: "Print one JSON object a line: {\"status\": …} first, then {\"report\": …} for each event.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        try client.send(.watch)
        show(try client.nextAnswer(timeout: .seconds(10)))
        while true { show(try client.nextAnswer(timeout: nil)) }
    }

    private func show(_ answer: ControlAnswer) {
        switch answer {
        case .status(let status) where json: print((["status": status.json] as JSONValue).text())
        case .report(let report) where json: print((["report": report.json] as JSONValue).text())
        case .status(let status): print(status.text(StatusStyle(isColoured: Terminal.takesColours)))
        case .report(let report): print("\(report.time)  \(report.report)")
        case .failure, .reload, .track, .events, .explain, .drain, .capture: break
        }
        // A pipe's reader wants each event when it happens.
        fflush(nil)
    }
}

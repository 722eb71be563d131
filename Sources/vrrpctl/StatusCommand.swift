import ArgumentParser
import ControlProtocol
import JSONDocument

/// `vrrpctl status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows the virtual routers, their state and their addresses.")

    @Flag(help: "Print everything that vrrpd knows as one JSON object.")
    var json = false

    @Option(name: .shortAndLong, help: "wide shows counters, reasons and all addresses as well.")
    var output = StatusOutput.table

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        let status = try client.status()
        switch output {
        case .table where !json: print(status.text(.ofStandardOutput()), terminator: "")
        case .wide where !json: print(status.text(.ofStandardOutput(isWide: true)), terminator: "")
        case .table, .wide, .json: print(status.json.text(pretty: true))
        }
    }
}

/// How much is printed.
enum StatusOutput: String, ExpressibleByArgument, CaseIterable {
    case table, wide, json
}

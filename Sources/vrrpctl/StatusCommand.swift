import ArgumentParser
import ControlProtocol
import JSONDocument
import VRRP

/// `vrrpctl status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows the virtual routers, their state and their addresses.")

    @Flag(help: "Print everything that vrrpd knows as one JSON object.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        try client.send(.status)
        guard case .status(let status) = try client.nextAnswer(timeout: .seconds(10)) else {
            throw ControlClientError.broken(reason: "the answer is not a status")
        }
        if json {
            print(status.json.text(pretty: true))
        } else {
            print(status.text, terminator: "")
        }
    }
}

import ArgumentParser
import ControlProtocol
import JSONDocument

/// `vrrpctl status`.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Shows the virtual routers, their state and their addresses.")

    @Flag(help: "Print everything that vrrpd knows as one JSON object.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        let status = try client.status()
        if json {
            print(status.json.text(pretty: true))
        } else {
            print(status.text, terminator: "")
        }
    }
}

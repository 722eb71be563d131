import ArgumentParser
import ControlProtocol
import JSONDocument

/// `vrrpctl reload`.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Lets vrrpd read its configuration again, and says what came of it.",
        discussion: """
            A configuration that cannot be used changes nothing; the exit status is then 1. With --json the exit status is 0 \
            for either outcome.
            """)

    @Flag(help: "Print the outcome as one JSON object.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        let outcome = try client.reload()
        if json {
            print(outcome.json.text(pretty: true))
            return
        }
        if let error = outcome.error { writeError(error) }
        guard outcome.isInForce else {
            writeError("The configuration in force stays, generation \(outcome.generation).")
            throw ExitCode.failure
        }
        print("Generation \(outcome.generation) is in force.")
    }
}

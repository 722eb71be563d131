import ArgumentParser
import ControlProtocol
import JSONDocument

/// `vrrpctl explain`.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says why a virtual router is in its state, who would be next, and what is in the way.",
        discussion: """
            What is known of other nodes is what their adverts told. Backups do not speak in VRRP, so nobody can know which \
            of them are there.
            """)

    @Argument(help: ArgumentHelp("A virtual address, or the name of a virtual router.", valueName: "address"))
    var subject: String

    @Flag(help: "Print one JSON array.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        let explanations = try client.explain(subject)
        if json {
            print((.array(explanations.map(\.json)) as JSONValue).text(pretty: true))
        } else {
            print(explanations.map(\.text).joined(separator: "\n"), terminator: "")
        }
    }
}

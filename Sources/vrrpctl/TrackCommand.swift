import ArgumentParser
import ControlProtocol
import JSONDocument

/// `vrrpctl track`.
struct TrackCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "track",
        abstract: "Tells vrrpd whether objects are up that its virtual routers track by name.",
        discussion: """
            The objects are those of "external" in the tracking of definitions.json. Names that no virtual router tracks, and \
            those of scripts and processes that vrrpd itself watches, are told on standard error and make the exit status 1. With \
            --json they are in the object, and the exit status is 0.
            """)

    @Argument(
        help: ArgumentHelp("An object and its state.", valueName: "name=up|down"),
        transform: { try TrackedObjectArgument($0) })
    var objects: [TrackedObjectArgument]

    @Flag(help: "Print the outcome as one JSON object.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        let states = Dictionary(objects.map { ($0.name, $0.isGood) }) { _, last in last }
        let outcome = try client.track(states)
        if json {
            print(outcome.json.text(pretty: true))
            return
        }
        guard !outcome.unknown.isEmpty else { return }
        for sentence in outcome.complaints { writeError(sentence) }
        throw ExitCode.failure
    }
}

/// An object and its state, as in `endpoints of shop/web=up`.
struct TrackedObjectArgument {
    var name: String
    var isGood: Bool

    init(_ argument: String) throws(ValidationError) {
        guard let separator = argument.lastIndex(of: "=") else {
            throw ValidationError("a state belongs to it; allowed are \(argument)=up and \(argument)=down")
        }
        name = String(argument[..<separator])
        switch argument[argument.index(after: separator)...] {
        case "up": isGood = true
        case "down": isGood = false
        default: throw ValidationError("allowed are \(name)=up and \(name)=down")
        }
    }
}

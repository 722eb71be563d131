import ArgumentParser
import VRRPEngine

/// `vrrpctl convert`.
struct ConvertCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert", abstract: "Prints the definitions.json that a keepalived.conf means.",
        discussion: """
            What definitions.json has no place for, such as scripts and mails, is listed on standard error. A file with \
            errors is not converted, and the exit status is 1.
            """)

    @OptionGroup var file: ConfigurationFileOptions

    @Option(help: ArgumentHelp("The generation of the definitions.", valueName: "number"))
    var generation: Int64 = 1

    @Flag(help: "Print the object on one line.")
    var compact = false

    func validate() throws {
        guard (0...Definitions.greatestGeneration).contains(generation) else {
            throw ValidationError("--generation is at least 0 and at most \(Definitions.greatestGeneration)")
        }
    }

    func run() throws {
        let reading = try file.read()
        for sentence in reading.errors + reading.warnings { writeError(sentence) }
        guard reading.errors.isEmpty, var definitions = reading.definitions else { throw ExitCode.failure }
        for part in reading.leftBehind { writeError("left behind: \(part)") }
        definitions.generation = generation
        print(String(decoding: definitions.json(pretty: !compact), as: UTF8.self), terminator: "")
    }
}

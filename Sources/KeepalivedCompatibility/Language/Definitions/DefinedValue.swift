/// What a name stands for.
enum DefinedValue {
    /// A text, in octets.
    case text([UInt8])
    /// Lines, the first of which takes the place of the name; the name must be the last thing on its line.
    case lines([SourceLine])
    /// The folder of the file that is being read.
    case folder
    /// A number at random, from a range that the use may give.
    case randomNumber
    /// What the environment of the program has under the name that the use gives.
    case environment

    /// The name that stands for the environment.
    static let nameOfEnvironment = "_ENV"

    /// The names that exist by themselves; a definition replaces them.
    static func standard(configurationID: String) -> [String: DefinedValue] {
        [
            "_PWD": .folder,
            "_INSTANCE": .text(Array(configurationID.utf8)),
            "_RANDOM": .randomNumber,
            nameOfEnvironment: .environment,
            "_HASH": .text([UInt8(ascii: "#")]),
            "_BANG": .text([UInt8(ascii: "!")]),
        ]
    }
}

import VRRPEngine

/// What the processes of a program look like.
struct ProcessPattern {
    /// What the kernel keeps of a process's own name.
    private static let nameLength = 15

    /// Whether the command line decides.
    let match: TrackedProcessDefinition.ParameterMatch?
    private let program: [UInt8]
    /// The parameters, each with the octet 0 at its end, as the kernel has them.
    private let parameters: [UInt8]

    init(_ definition: TrackedProcessDefinition) {
        match = definition.parameterMatch
        program = Array(definition.program.utf8)
        parameters = definition.parameters.flatMap { Array($0.utf8) + [0] }
    }

    /// How much of a command line has to be read to decide; one octet more tells that there is more.
    var neededLength: Int { match == nil ? 0 : program.count + parameters.count + 2 }

    /// Whether a process with this name and the beginning of its command line is one of the program's.
    func matches(name: ArraySlice<UInt8>, commandLine: ArraySlice<UInt8>) -> Bool {
        guard let match else { return name.elementsEqual(program.prefix(Self.nameLength)) }
        guard commandLine.prefix(while: { $0 != 0 }).elementsEqual(program) else { return false }
        let rest = commandLine.dropFirst(program.count + 1)
        return switch match {
        case .any: true
        case .exact: rest.elementsEqual(parameters)
        case .first: rest.starts(with: parameters)
        case .beginning: rest.starts(with: parameters.dropLast())
        }
    }
}

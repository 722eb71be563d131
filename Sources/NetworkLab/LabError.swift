/// What can go wrong in a lab, apart from what a test wants to find out.
public enum LabError: Error, Sendable {
    /// The surroundings lack something; the sentences say what.
    case missing([String])
    /// A program is in none of the places where programs are looked for.
    case noSuchProgram(String)
    /// A program could not be started; `step` says what was tried last.
    case notStarted(program: String, step: String, error: Int32)
    /// A command of the lab's own ended with another status than 0.
    case commandFailed(command: String, status: ExitStatus, output: String)
    /// A system call failed.
    case systemCall(name: String, subject: String, error: Int32)
    /// Something that was waited for did not happen; `context` is what was heard instead, newest last.
    case timedOut(waitingFor: String, within: Duration, context: String)
    /// A host, segment or interface is named that the lab does not have, or one is added twice.
    case badName(String)
    /// The lab is closed.
    case closed
}

extension LabError: CustomStringConvertible {
    /// A sentence that says what was tried and what came of it.
    public var description: String {
        switch self {
        case .missing(let sentences): "the lab cannot run here: " + sentences.joined(separator: "; ")
        case .noSuchProgram(let name): "there is no program \(name) here"
        case .notStarted(let program, let step, let error):
            "\(program) was not started: \(step): \(systemErrorText(error))"
        case .commandFailed(let command, let status, let output): "\(command): \(status)\n\(output)"
        case .systemCall(let name, let subject, let error): "\(name) \(subject): \(systemErrorText(error))"
        case .timedOut(let what, let time, let context):
            "no \(what) within \(time)" + (context.isEmpty ? ", nothing was heard" : "; heard instead:\n\(context)")
        case .badName(let sentence): sentence
        case .closed: "the lab is closed"
        }
    }
}

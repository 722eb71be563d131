import VRRPEngine

/// What is known of a file or of processes that virtual routers track: told whenever it changes.
public enum Observation: Hashable, Sendable {
    /// A file.
    case file(FileObservation)
    /// The processes of a program.
    case processes(ProcessObservation)

    /// The name under which the engine knows the thing.
    var trackedName: String {
        switch self {
        case .file(let file): TrackedFileDefinition.trackedName(file.name)
        case .processes(let processes): TrackedProcessDefinition.trackedName(processes.name)
        }
    }
}

/// What is known of a tracked file.
public struct FileObservation: Hashable, Sendable {
    /// The name that the file is tracked by.
    public var name: String
    /// Where it is.
    public var path: String
    /// Its number.
    public var number: Int
    /// What is wrong with it.
    public var problem: FileProblem?

    init(_ definition: TrackedFileDefinition, number: Int, problem: FileProblem? = nil) {
        name = definition.name
        path = definition.path
        self.number = number
        self.problem = problem
    }
}

/// What is known of the processes of a program.
public struct ProcessObservation: Hashable, Sendable {
    /// The name that they are tracked by.
    public var name: String
    /// How many there are.
    public var count: Int
    /// Whether their number is right, a change that does not count yet left aside.
    public var isGood: Bool
    /// Whether a change by further processes does not count yet.
    public var awaitsForkDelay = false
    /// Whether a change for want of processes does not count yet.
    public var awaitsTerminateDelay = false
}

extension Observation: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .file(let file):
            "tracked file \(file.name) has the number \(file.number): \(file.path)"
                + (file.problem.map { "; \($0)" } ?? "")
        case .processes(let processes):
            "tracked process \(processes.name) is \(processes.isGood ? "good" : "bad"):"
                + " \(processes.count) of them \(processes.count == 1 ? "runs" : "run")"
        }
    }
}

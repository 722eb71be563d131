public import VRRP

/// A program of the node whose processes are counted, and how many of them there must be.
///
/// The engine never looks at processes: whoever hosts it does, and tells it through
/// ``Engine/setTrackedObject(_:isGood:at:effects:)`` under the name ``trackedName``.
public struct TrackedProcessDefinition: Hashable, Sendable {
    /// The name, unique among these.
    public var name: String
    /// What a process must be called: its own name, or the first word of its command line.
    public var program: String
    /// What its further words must be.
    public var parameters: [String] = []
    /// How these are compared; nil where the process is known by its own name alone.
    public var parameterMatch: ParameterMatch?
    /// How many processes are right, the limits included; `0...0` where none may run.
    public var quorum: ClosedRange<Int> = 1...Int.max
    /// How long a change for want of processes lasts before it counts.
    public var terminateDelay = Nanoseconds.zero
    /// How long a change by further processes lasts before it counts.
    public var forkDelay = Nanoseconds.zero

    /// How the parameters of a process are compared.
    public enum ParameterMatch: String, Hashable, Sendable {
        /// Not at all: the first word of the command line decides.
        case any
        /// All of them are the same.
        case exact
        /// The first ones are the same.
        case first = "partial"
        /// The first ones are the same, and the last of these may be longer.
        case beginning = "initial"
    }

    /// The longest command that is looked for, in octets with an end for each word.
    public static let longestCommand = 4096

    /// A program of which one process or more must run.
    public init(name: String, program: String) {
        self.name = name
        self.program = program
    }

    /// The name under which the engine tracks it: ``TrackedObject/external(_:)``.
    public var trackedName: String { Self.trackedName(name) }

    /// The name under which the engine tracks the process called `name`.
    public static func trackedName(_ name: String) -> String { "process \(name)" }
}

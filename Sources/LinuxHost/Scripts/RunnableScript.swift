public import VRRPEngine

/// A script together with the account that it runs as.
public struct RunnableScript: Hashable, Sendable {
    /// What is run, how often, and what its results mean.
    public var definition: ScriptDefinition
    /// Whom it runs as.
    public var account: ScriptAccount
    /// Its place on the board of the script runner; nil where it is not shown there.
    var place: Int?

    /// The script with the account given.
    public init(_ definition: ScriptDefinition, as account: ScriptAccount) {
        self.definition = definition
        self.account = account
    }

    /// The script with the account that its definition names.
    ///
    /// May wait for whatever answers for users on the node: not for the engine's thread.
    public init(_ definition: ScriptDefinition) throws(ScriptAccountError) {
        self.init(
            definition,
            as: try ScriptAccount(definition.user, hasAllGroups: definition.keepsSupplementaryGroups))
    }

    /// What is run each time.
    var command: RunnableCommand {
        RunnableCommand(
            words: definition.command, account: account, needsSafePath: definition.needsSafePath,
            keepsLinks: definition.keepsLinks, keepsRights: keepsRights)
    }

    /// Whether it has all rights of root: where somebody has written that it is to run as root.
    public var keepsRights: Bool { definition.user != nil && account.user == 0 }
}

extension RunnableScript {
    /// The words of the command, the program by the path of the file that is executed, links followed; as it is written where
    /// there is no such file.
    ///
    /// May wait for a disk: not for the engine's thread.
    public var resolvedCommand: [String] { command.resolvedWords }
}

/// What is known of a script: told after its first result, and whenever it changes.
public struct ScriptVerdict: Hashable, Sendable {
    /// The name of the script.
    public var script: String
    /// Whether it is good.
    public var isGood: Bool
    /// What the result was that made it so.
    public var cause: Cause
    /// The same, as the end of a sentence: `it ended with status 1`.
    public var reason: String

    /// How a run of a script ended.
    public enum Cause: Hashable, Sendable {
        /// The program ended by itself.
        case exited(status: Int32)
        /// A signal ended it.
        case killed(signal: Int32)
        /// It took longer than it may.
        case timedOut
        /// It could not be started.
        case notStarted
    }
}

extension ScriptVerdict: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String { "script \(script) is \(isGood ? "good" : "bad"): \(reason)" }
}

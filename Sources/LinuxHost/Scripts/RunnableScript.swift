import Glibc
public import VRRPEngine

/// A script together with the account that it runs as.
public struct RunnableScript: Hashable, Sendable {
    /// What is run, how often, and what its results mean.
    public var definition: ScriptDefinition
    /// Whom it runs as.
    public var account: ScriptAccount

    /// The script with the account given.
    public init(_ definition: ScriptDefinition, as account: ScriptAccount) {
        self.definition = definition
        self.account = account
    }

    /// The script with the account that its definition names.
    ///
    /// May wait for whatever answers for users on the node: not for the engine's thread.
    public init(_ definition: ScriptDefinition) throws(ScriptAccountError) {
        self.init(definition, as: try ScriptAccount(definition.user))
    }
}

extension RunnableScript {
    /// The words of the command, the program by the path of the file that is executed, links followed; as it is written where
    /// there is no such file.
    ///
    /// May wait for a disk: not for the engine's thread.
    public var resolvedCommand: [String] {
        guard let path = try? ScriptPath.find(self), let resolved = realpath(path, nil) else {
            return definition.command
        }
        defer { free(resolved) }
        return [String(cString: resolved)] + definition.command.dropFirst()
    }
}

/// What is known of a script: told after its first result, and whenever it changes.
public struct ScriptVerdict: Hashable, Sendable {
    /// The name of the script.
    public var script: String
    /// Whether it is good.
    public var isGood: Bool
    /// The result that made it so, as the end of a sentence: `it ended with status 1`.
    public var reason: String
}

extension ScriptVerdict: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String { "script \(script) is \(isGood ? "good" : "bad"): \(reason)" }
}

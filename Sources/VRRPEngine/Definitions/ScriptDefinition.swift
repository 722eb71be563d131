public import VRRP

/// A program that is run again and again, and whose exit status decides whether a tracked object is good.
///
/// The engine never runs anything: whoever hosts it does, and tells it through
/// ``Engine/setTrackedObject(_:isGood:at:effects:)`` under the name ``trackedName``.
public struct ScriptDefinition: Hashable, Sendable {
    /// The name, unique among scripts.
    public var name: String
    /// The program and its arguments, at least one: an absolute path, or a name that is looked up in the usual directories.
    public var command: [String]
    /// As whom it runs; nil leaves that to the host.
    public var user: ScriptUser?
    /// The time from one start to the next.
    public var interval: Nanoseconds = .seconds(1)
    /// How long it may run; what takes longer is ended and has failed.
    public var timeout: Nanoseconds = .seconds(1)
    /// How many successes in a row make it good; at least 1.
    public var rise = 1
    /// How many failures in a row make it bad; at least 1.
    public var fall = 1
    /// Whether it counts as failed before its first run, so that it takes ``rise`` successes to become good.
    public var startsFailed = false
    /// Whether it runs as root only where nobody else could have written its file.
    public var needsSafePath = false
    /// Whether such a file is then run by the path as it is written, and not by the one behind its links.
    public var keepsLinks = false
    /// Whether it is in all groups of its user, and not in one alone.
    public var keepsSupplementaryGroups = false

    /// A script that is run each second.
    public init(name: String, command: [String]) {
        self.name = name
        self.command = command
    }

    /// The name under which the engine tracks it: ``TrackedObject/external(_:)``.
    public var trackedName: String { Self.trackedName(name) }

    /// The name under which the engine tracks the script called `name`.
    public static func trackedName(_ name: String) -> String { trackedPrefix + name }

    /// The script that the engine tracks under a name; nil where that is another object's.
    public static func name(trackedAs name: String) -> String? {
        name.hasPrefix(trackedPrefix) ? String(name.dropFirst(trackedPrefix.count)) : nil
    }

    private static let trackedPrefix = "script "
}

/// An account of the node, by name or number.
public struct ScriptUser: Hashable, Sendable {
    /// The name or the number of the user.
    public var name: String
    /// The name or the number of the group; nil takes the user's own.
    public var group: String?

    /// The user `name`, in its own group unless another is given.
    public init(name: String, group: String? = nil) {
        self.name = name
        self.group = group
    }
}

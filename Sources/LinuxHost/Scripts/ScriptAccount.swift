import CLinux
import Glibc
public import VRRPEngine

/// Whom a script runs as, in the numbers of the kernel.
public struct ScriptAccount: Hashable, Sendable {
    /// The number of the user.
    public var user: UInt32
    /// The number of the group.
    public var group: UInt32
    /// The numbers of further groups; without them the script is in no other.
    public var supplementaryGroups: [UInt32] = []

    /// The account that scripts run as which name none, where the node has it; keepalived's users know the name.
    public static let standardName = "keepalived_script"

    /// An account by its numbers.
    public init(user: UInt32, group: UInt32, supplementaryGroups: [UInt32] = []) {
        self.user = user
        self.group = group
        self.supplementaryGroups = supplementaryGroups
    }

    /// The account that this process runs as.
    static var own: ScriptAccount { ScriptAccount(user: geteuid(), group: getegid()) }

    /// Looks an account up; without a name ``standardName``, and where that does not exist the process's own.
    ///
    /// May wait for whatever answers for users on the node: not for the engine's thread.
    ///
    /// - Parameter hasAllGroups: Whether the groups count that the node lists the user in.
    /// - Throws: Where the node has no such user or group, or the process may not become it.
    public init(_ named: ScriptUser?, hasAllGroups: Bool = false) throws(ScriptAccountError) {
        self = try Self.account(named)
        if hasAllGroups, geteuid() == 0 { supplementaryGroups = Self.groups(ofUser: user, group) }
    }

    private static func account(_ named: ScriptUser?) throws(ScriptAccountError) -> ScriptAccount {
        let isRoot = geteuid() == 0
        guard let named else { return isRoot ? user(standardName) ?? .own : .own }
        guard var account = user(named.name) else { throw .unknownUser(named.name) }
        if let name = named.group {
            guard let group = group(name) else { throw .unknownGroup(name) }
            account.group = group
        }
        guard isRoot || account == .own else { throw .notRoot(named.name) }
        return account
    }

    private static let longestEntry = 64 << 10
    /// More groups than any account has; who is in more runs in its own group alone.
    private static let mostGroups = 1024

    private static func user(_ name: String) -> ScriptAccount? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var texts = [CChar](repeating: 0, count: longestEntry)
        if getpwnam_r(name, &entry, &texts, texts.count, &found) == 0, found != nil {
            return ScriptAccount(user: entry.pw_uid, group: entry.pw_gid)
        }
        guard let number = UInt32(name), number != .max else { return nil }
        found = nil
        guard getpwuid_r(number, &entry, &texts, texts.count, &found) == 0, found != nil else {
            return ScriptAccount(user: number, group: number)
        }
        return ScriptAccount(user: number, group: entry.pw_gid)
    }

    /// The groups that the node lists a user in, apart from its own one; none where it has no name.
    private static func groups(ofUser number: UInt32, _ own: UInt32) -> [UInt32] {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var texts = [CChar](repeating: 0, count: longestEntry)
        guard getpwuid_r(number, &entry, &texts, texts.count, &found) == 0, found != nil else { return [] }
        var groups = [gid_t](repeating: 0, count: mostGroups)
        var count = Int32(groups.count)
        guard getgrouplist(entry.pw_name, own, &groups, &count) >= 0 else { return [] }
        return groups.prefix(Int(count)).filter { $0 != own }
    }

    static func group(_ name: String) -> UInt32? {
        var entry = Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        var texts = [CChar](repeating: 0, count: longestEntry)
        if getgrnam_r(name, &entry, &texts, texts.count, &found) == 0, found != nil { return entry.gr_gid }
        return UInt32(name).flatMap { $0 == .max ? nil : $0 }
    }
}

/// Why a script has nobody to run as.
public enum ScriptAccountError: Error, Hashable, Sendable {
    /// The node has no such user.
    case unknownUser(String)
    /// The node has no such group.
    case unknownGroup(String)
    /// Only root can run programs as somebody else.
    case notRoot(String)
}

extension ScriptAccountError: CustomStringConvertible {
    /// One clause without a full stop.
    public var description: String {
        switch self {
        case .unknownUser(let name): "there is no user \(name)"
        case .unknownGroup(let name): "there is no group \(name)"
        case .notRoot(let name): "only root can run it as \(name)"
        }
    }
}

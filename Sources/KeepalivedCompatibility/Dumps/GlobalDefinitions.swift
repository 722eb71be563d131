public import VRRPEngine

/// What `global_defs` says, and what stands outside of blocks, for dump files.
public struct GlobalDefinitions: Sendable {
    let settings: GlobalSettings
    /// What concerns the process, with what the command line says in its place.
    public var process: ProcessOptions
    /// What the host adds where nothing is said.
    public var host = Host()

    /// What a host has.
    public struct Host: Sendable {
        /// Its name.
        public var name = ""
        /// The name of the account that the program was started as.
        public var user = ""
        /// Whom scripts run as which name no user, by number; nil where the account is not there.
        public var scriptAccount: Account?
        /// Whom FIFOs are for, by their paths.
        public var fifoAccounts: [String: Account] = [:]

        /// A host of which nothing is known.
        public init() {}
    }

    /// An account by its numbers.
    public struct Account: Hashable, Sendable {
        /// The user.
        public var user: UInt32
        /// The group.
        public var group: UInt32

        /// An account.
        public init(user: UInt32, group: UInt32) {
            self.user = user
            self.group = group
        }
    }

    /// Whom scripts run as which name no user.
    public var scriptUser: ScriptUser? { settings.scriptUser?.value }

    /// Nothing is said.
    public init() { self.init(GlobalSettings(), IdentitySettings()) }

    init(_ settings: GlobalSettings, _ identity: IdentitySettings) {
        self.settings = settings
        process = ProcessOptions(settings, identity)
    }
}

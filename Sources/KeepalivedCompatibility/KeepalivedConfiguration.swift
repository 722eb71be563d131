public import VRRPEngine

/// What a keepalived.conf means to this program, and what its writer should know about it.
///
/// keepalived goes on with a default where a value is wrong. Here a wrong value is an error and the configuration is not
/// to be used at all: on reload the old one stays in force, at start the program ends with ``errorExitStatus``. Where an
/// operator writes the files of many people's services, what has no errors can be used nevertheless.
public struct KeepalivedConfiguration: Sendable {
    /// The virtual routers in the order of the file; only what is right of them where ``hasErrors`` is true.
    public var definitions: Definitions
    /// The programs whose results the virtual routers track.
    public var scripts: [ScriptDefinition]
    /// Who is told of what, and how.
    public var notifications: NotificationDefinitions
    /// The files whose numbers the virtual routers track.
    public var trackedFiles: [TrackedFileDefinition] = []
    /// The programs whose processes are counted for the virtual routers.
    public var trackedProcesses: [TrackedProcessDefinition] = []
    /// What each thing that is tracked by name does to a priority where no instance says otherwise.
    public var trackingEffects: [TrackedObject: TrackingEffect] = [:]
    /// The names of the groups with `sync_group_tracking_weight`.
    public var groupsAllowingWeights: Set<String> = []
    /// The names of the instances with `strict_mode`, by themselves or by `vrrp_strict`.
    public var strictInstances: Set<String> = []
    /// What concerns the process itself.
    public var processOptions: ProcessOptions
    /// What `global_defs` says, for dump files.
    public var globals = GlobalDefinitions()
    /// The name of the node in its own reports; nil for the host's name.
    public var routerID: String?
    /// Everything that was found, in the order of the files and their lines.
    public var diagnostics: [Diagnostic]
    /// Whether an error is among the diagnostics, so that the configuration must not be used as a whole.
    public var hasErrors: Bool
    /// Whether an error leaves open which lines belong together, or where the program is to run, so that the configuration
    /// must not be used at all. Every other error concerns a line or an instance that can be left out.
    public var hasFatalErrors: Bool
    /// What is wrong with `global_defs`, so that what holds without it holds for all instances.
    public var globalErrors: [Diagnostic] = []
    /// The paths of the files that it was read from, sorted.
    public var files: [String] = []
    /// Whom scripts run as which name no user; nil leaves that to the host.
    public var scriptUser: ScriptUser?
    /// The names of the instances that ``definitions`` lack because something is wrong with them, with what they track by
    /// name or with their sync group.
    public var instancesLeftOut: [String]

    /// The exit status of keepalived for a configuration that cannot be used.
    public static let errorExitStatus: Int32 = 2

    /// Reads the configuration in the file at `path`, with the files that it includes.
    ///
    /// The path may have wildcards and braces, and stands for several files then, which are read one after the other.
    ///
    /// Content of any kind ends in diagnostics, and never takes longer than its size and the limits of the language allow.
    ///
    /// - Parameters:
    ///   - path: the file; relative paths inside it start from its folder.
    ///   - source: where files are read from.
    ///   - configurationID: what lines beginning with `@` are compared with; keepalived takes the host's name up to its
    ///     first dot where its command line says nothing.
    ///   - requiresIncludes: whether a missing included file is an error (option `-e`).
    /// - Throws: what hinders the reading of the file itself.
    public static func load(
        path: String, source: some ConfigurationSource, configurationID: String, requiresIncludes: Bool = false
    ) throws(ConfigurationReadError) -> KeepalivedConfiguration {
        var log = DiagnosticLog()
        var reader = LineReader(source: source, configurationID: configurationID, requiresIncludes: requiresIncludes)
        try reader.read(matching: path, &log)

        var settings = ConfigurationSettings()
        let statements = BlockParser.statements(of: reader.lines, &log)
        RootKeywords.table.read(statements, into: &settings, &log)
        let hasFatalErrors = log.hasErrorsOutsideOfParts
        let weights = TrackedWeights(settings, &log)
        let (definitions, leftOut) = Translation.definitions(of: settings, settings.routingNames(source), weights, &log)
        let files = TrackedThingsTranslation.files(settings, &log)
        let processes = TrackedThingsTranslation.processes(settings, &log)
        let scripts = ScriptTranslation.definitions(of: settings, &log)
        let notifications = NotificationTranslation(settings, definitions, scripts).notifications(&log)
        return KeepalivedConfiguration(
            definitions: definitions, scripts: scripts, notifications: notifications, trackedFiles: files,
            trackedProcesses: processes, trackingEffects: weights.effects,
            groupsAllowingWeights: Set(settings.groups.filter { $0.allowsWeights != nil }.map(\.name.value)),
            strictInstances: Set(settings.instances.filter { $0.isStrict(settings.global) }.map(\.name.value)),
            processOptions: ProcessOptions(settings.global, settings.identity),
            globals: GlobalDefinitions(settings.global, settings.identity),
            routerID: settings.global.routerID?.value, diagnostics: log.diagnostics, hasErrors: log.hasErrors,
            hasFatalErrors: hasFatalErrors, globalErrors: settings.global.errors,
            files: reader.files.sorted(), scriptUser: settings.global.scriptUser?.value, instancesLeftOut: leftOut)
    }

    /// Leaves out the instances that track a script, which turns out not to be usable on this host, with their groups.
    public mutating func leaveOutInstances(tracking script: String) {
        let tracked = TrackedObject.external(ScriptDefinition.trackedName(script))
        var names = definitions.virtualRouters.filter { router in
            router.tracking.conditions.contains { $0.object == tracked }
        }.map(\.name)
        names += definitions.syncGroups.filter { group in
            group.conditions.contains { $0.object == tracked }
        }.flatMap(\.members)
        scripts.removeAll { $0.name == script }
        let before = definitions.virtualRouters.map(\.name)
        let leftOut = definitions.leaveOut(Set(names))
        instancesLeftOut += before.filter(leftOut.contains)
    }
}

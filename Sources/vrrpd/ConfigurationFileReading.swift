import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRPEngine

/// A configuration as it was read from its file: all of it, or the reasons why not.
struct LoadedConfiguration {
    /// What is to be put in force.
    var definitions: Definitions
    /// The paths of the files that it was read from.
    var files: [String] = []
    /// The name of the node in its own reports.
    var routerID = hostName()
    /// The scripts whose results the virtual routers track.
    var scripts: [RunnableScript] = []
    /// Who is told of what; nil where the configuration is not a keepalived.conf.
    var notifications: LoadedNotifications?
    /// The files and processes that the virtual routers track.
    var sources = TrackedSources()
    /// What dump files tell of what is tracked by name, its state left aside.
    var trackingEffects: [TrackedObject: TrackingEffect] = [:]
    var groupsAllowingWeights: Set<String> = []
    /// The names of the instances with strict mode.
    var strictInstances: Set<String> = []
    /// What `global_defs` says, for dump files.
    var globals = GlobalDefinitions()
    /// What concerns the process.
    var processOptions = ProcessOptions()
    /// What the writer of the file should know although it can be used.
    var warnings: [String] = []
    /// What he should know about scripts and their rights.
    var securityWarnings: [String] = []
    /// What is wrong with lines and instances that were left out.
    var errors: [String] = []
    /// The names of these instances.
    var instancesLeftOut: [String] = []
    /// Which of the errors leave something out that holds for all instances: by what is wrong, the same with its place.
    var globalErrors: [String: String] = [:]

    /// What is wrong with it although it can be used, a sentence a line; nil where nothing is.
    var error: String? { errors.isEmpty ? nil : errors.joined(separator: "\n") }

    /// Logs all that was found.
    func logFindings(to logger: Logger) {
        for sentence in errors { logger.error("\(sentence)") }
        for sentence in warnings + securityWarnings { logger.warning("\(sentence)") }
    }
}

/// Why a configuration cannot be used.
enum ConfigurationProblem: Error {
    /// The file cannot be read.
    case unreadable(String)
    /// The file has errors; each sentence names its place.
    case faulty(errors: [String], warnings: [String])

    /// One sentence each, the errors first.
    var sentences: [String] {
        switch self {
        case .unreadable(let sentence): [sentence]
        case .faulty(let errors, let warnings): errors + warnings
        }
    }

    /// Logs each sentence as what it is.
    func log(to logger: Logger) {
        switch self {
        case .unreadable(let sentence): logger.error("\(sentence)")
        case .faulty(let errors, let warnings):
            for sentence in errors { logger.error("\(sentence)") }
            for sentence in warnings { logger.warning("\(sentence)") }
        }
    }
}

/// Where the configuration comes from, as the command line says.
enum ConfigurationOrigin {
    /// A keepalived.conf, with how it is to be read.
    case keepalived(path: String, KeepalivedReading)
    /// The engine's own definitions.
    case definitions(path: String)

    /// The path of the file.
    var path: String {
        switch self {
        case .keepalived(let path, _), .definitions(let path): path
        }
    }

    /// Reads the file and checks all of it.
    ///
    /// - Parameter generation: the generation of definitions whose file does not count.
    func load(generation: Int64) throws(ConfigurationProblem) -> LoadedConfiguration {
        switch self {
        case .definitions(let path): try Self.loadDefinitions(path)
        case .keepalived(let path, let reading): try reading.load(path, generation)
        }
    }

    private static func loadDefinitions(_ path: String) throws(ConfigurationProblem) -> LoadedConfiguration {
        let octets: [UInt8]
        do { octets = try FileSystemSource().read(path).octets } catch { throw .unreadable("\(error)") }
        do { return LoadedConfiguration(definitions: try Definitions(json: octets), files: [path]) } catch {
            throw .faulty(errors: [error.sentence(inFile: path)], warnings: [])
        }
    }
}

/// How a keepalived.conf is read.
struct KeepalivedReading {
    /// What the conditional lines are compared with.
    var configurationID: String
    /// Whether files that it includes must exist.
    var requiresIncludes = false
    /// Whether lines and instances with errors are left out, and not the whole configuration refused.
    var toleratesErrors = false
    /// Whether any virtual router is wanted.
    var speaksVRRP = true

    fileprivate func load(_ path: String, _ generation: Int64) throws(ConfigurationProblem) -> LoadedConfiguration {
        var configuration: KeepalivedConfiguration
        do {
            configuration = try KeepalivedConfiguration.load(
                path: path, source: FileSystemSource(), configurationID: configurationID,
                requiresIncludes: requiresIncludes)
        } catch { throw .unreadable("\(error)") }
        var errors = configuration.diagnostics.filter { $0.severity == .error }.map(\.description)
        let warnings = configuration.diagnostics.filter { $0.severity == .warning }.map(\.description)
        let globalErrors = Self.globalErrors(of: configuration, path)
        let scripts = runnableScripts(of: &configuration, path, &errors)
        let notifications = loadedNotifications(of: &configuration, path, &errors)
        guard let notifications, errors.isEmpty || (toleratesErrors && !configuration.hasFatalErrors) else {
            throw .faulty(errors: errors, warnings: warnings)
        }
        for name in configuration.instancesLeftOut { errors.append("\(path): vrrp_instance \(name) is left out") }
        var definitions = configuration.definitions
        definitions.generation = generation
        do { try definitions.validate() } catch {
            throw .faulty(errors: errors + ["\(path): \(error)"], warnings: warnings)
        }
        var securityWarnings = scripts.filter(\.isRootUnnamed).map { "\(path): \($0.warningAboutRoot)" }
        if notifications.runsAsRootUnnamed { securityWarnings.append("\(path): \(Self.warningAboutRoot)") }
        if !speaksVRRP { definitions = Definitions(generation: generation) }
        return LoadedConfiguration(
            definitions: definitions, files: configuration.files, routerID: configuration.routerID ?? hostName(),
            scripts: speaksVRRP ? scripts : [], notifications: notifications,
            sources: speaksVRRP
                ? TrackedSources(files: configuration.trackedFiles, processes: configuration.trackedProcesses)
                : TrackedSources(),
            trackingEffects: configuration.trackingEffects,
            groupsAllowingWeights: configuration.groupsAllowingWeights,
            strictInstances: configuration.strictInstances, globals: configuration.globals,
            processOptions: configuration.processOptions,
            warnings: warnings, securityWarnings: securityWarnings, errors: errors,
            instancesLeftOut: configuration.instancesLeftOut, globalErrors: globalErrors)
    }

    /// What is wrong with what holds for all instances: as it is written, or because the host does not have that user.
    private static func globalErrors(of configuration: KeepalivedConfiguration, _ path: String) -> [String: String] {
        var errors = Dictionary(
            configuration.globalErrors.map { ($0.descriptionWithoutPlace, $0.description) }
        ) { first, _ in first }
        guard let user = configuration.scriptUser,
            configuration.notifications.users.contains(user)
                || configuration.scripts.contains(where: { $0.user == user })
        else { return errors }
        do { _ = try ScriptAccount(user) } catch { errors["script_user: \(error)"] = "\(path): script_user: \(error)" }
        return errors
    }

    private static let warningAboutRoot =
        "notify scripts run as root: they name no user, and there is no user \(ScriptAccount.standardName); create one, or"
        + " write script_user root in global_defs"

    /// What is told to whom, without what is to run as a user that the node does not have; nil where nothing can be told.
    private func loadedNotifications(
        of configuration: inout KeepalivedConfiguration, _ path: String, _ errors: inout [String]
    ) -> LoadedNotifications? {
        for user in configuration.notifications.users {
            do { _ = try ScriptAccount(user) } catch {
                errors.append("\(path): notifications: \(error)")
                configuration.notifications.leaveOut(user)
            }
        }
        do { return try LoadedNotifications(configuration.notifications) } catch {
            errors.append("\(path): notifications: \(error)")
            return nil
        }
    }

    /// The scripts with the accounts that they run as; one without is an error, for its check would always fail.
    private func runnableScripts(
        of configuration: inout KeepalivedConfiguration, _ path: String, _ errors: inout [String]
    ) -> [RunnableScript] {
        var scripts: [RunnableScript] = []
        for definition in configuration.scripts {
            do { scripts.append(try RunnableScript(definition)) } catch {
                errors.append("\(path): vrrp_script \(definition.name): \(error)")
                configuration.leaveOutInstances(tracking: definition.name)
            }
        }
        return scripts
    }
}

extension RunnableScript {
    /// Whether the script runs as root although nobody has written so.
    fileprivate var isRootUnnamed: Bool { definition.user == nil && account.user == 0 }

    fileprivate var warningAboutRoot: String {
        "vrrp_script \(definition.name) runs as root: it names no user, and there is no user "
            + "\(ScriptAccount.standardName); create one, or write script_user root in global_defs"
    }
}

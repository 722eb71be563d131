import FileReplacement
import Glibc
import KeepalivedCompatibility
import LinuxHost
import Logging
import VRRPEngine

extension Daemon {
    /// Writes the file that a signal asks for, apart from the engine's thread.
    func dump(_ signal: DumpSignal, _ host: Host) {
        let file: DumpFile =
            switch signal {
            case .data: .data
            case .statistics, .statisticsAndReset: .statistics
            case .json: .json
            }
        let source = dumpSource(host)
        // What keepalived's parent process writes at the same signal.
        let files = (file == .data ? [.data, .parent] : [file]).map { ($0, dumpPath($0)) }
        // Exporters run as other users, so that without a mask everybody may read the files.
        let mode = processOptions.fileModeMask.map { 0o666 & ~mode_t($0) } ?? 0o644
        let scripts = configuration.scripts
        let notifications = configuration.notifications
        let progress = host.scriptProgress
        if signal == .statisticsAndReset { host.resetStatistics() }
        host.performInBackground { [source] () -> String? in
            var source = source
            // Looks at the file system.
            source.tracked.scripts = scripts.map { script in
                TrackedState.Script(script, progress[script.definition.name])
            }
            if let notifications { source.notifications = notifications.state }
            source.globals.host = .init(source.globals, notifications)
            do {
                for (file, path) in files {
                    guard let content = file.content(source) else { continue }
                    // The name in between does not begin like those of the dumps, because an exporter deletes what does.
                    try FileReplacement(of: path, mode: mode, temporaryName: .unique(".vrrpd-"))
                        .write(Array(content.utf8))
                }
                return nil
            } catch { return "\(error)" }
        } then: { [logger] failure in
            if let failure { logger.warning("\(failure)") }
        }
    }

    /// What the files tell at this moment.
    func dumpSource(_ host: Host) -> DumpSource {
        var source = DumpSource(
            host.snapshot, tracked: trackedState(of: host), routerID: routerID, wallMicroseconds: wallMicroseconds())
        source.jsonVersion = processOptions.dumps.jsonVersion
        source.strictInstances = configuration.strictInstances
        source.globals = configuration.globals
        source.globals.process = processOptions
        if let definitions = configuration.notifications?.definitions {
            source.notifications = NotificationState(definitions)
        }
        return source
    }

    private func dumpPath(_ file: DumpFile) -> String {
        let namespace = processOptions.networkNamespace?.split(separator: "/").last.map(String.init)
        let names = [namespace, processOptions.instance].compactMap(\.self)
        return processOptions.dumps.path(of: file, in: temporaryDirectory(), names: names) { path in
            var status = stat()
            return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
        }
    }
}

extension Daemon {
    /// What is known of what is tracked by name, scripts left aside.
    private func trackedState(of host: Host) -> TrackedState {
        var state = TrackedState()
        state.files = configuration.sources.files
        state.processes = configuration.sources.processes.map { definition in
            let known = host.processObservations[definition.name]
            var process = TrackedState.Process(
                definition, count: known?.count ?? 0, isGood: known?.isGood ?? false)
            process.awaitsForkDelay = known?.awaitsForkDelay ?? false
            process.awaitsTerminateDelay = known?.awaitsTerminateDelay ?? false
            return process
        }
        state.effects = configuration.trackingEffects
        state.groupsAllowingWeights = configuration.groupsAllowingWeights
        return state
    }
}

extension TrackedState.Script {
    /// A script with how far it is; looks at the file system.
    fileprivate init(_ script: RunnableScript, _ progress: ScriptProgress?) {
        self.init(
            script.definition, command: script.resolvedCommand, user: script.account.user, group: script.account.group)
        guard let progress else { return }
        level = progress.level
        phase = progress.phase
    }
}

extension GlobalDefinitions.Host {
    /// What this host adds to a configuration; looks at the file system.
    fileprivate init(_ globals: GlobalDefinitions, _ notifications: LoadedNotifications?) {
        self.init()
        name = hostName()
        user = accountName()
        scriptAccount = (try? ScriptAccount(globals.scriptUser, hasAllGroups: false)).map(
            GlobalDefinitions.Account.init)
        for fifo in notifications?.routes.fifos ?? [] { fifoAccounts[fifo.path] = .init(fifo.account) }
    }
}

extension GlobalDefinitions.Account {
    fileprivate init(_ account: ScriptAccount) { self.init(user: account.user, group: account.group) }
}

extension LoadedNotifications {
    /// What dump files tell of notifications; looks at the file system.
    fileprivate var state: NotificationState {
        var commands: [NotificationCommand: NotificationState.Command] = [:]
        for command in Set(definitions.commands) {
            guard let runnable = runnable(command) else { continue }
            commands[command] = NotificationState.Command(
                words: runnable.resolvedWords, user: runnable.account.user, group: runnable.account.group)
        }
        return NotificationState(definitions, commands: commands)
    }
}

/// Where keepalived leaves its dump files.
private func temporaryDirectory() -> String {
    guard let directory = getenv("TMPDIR").map({ String(cString: $0) }), !directory.isEmpty else { return "/tmp" }
    return directory
}

private func wallMicroseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
}

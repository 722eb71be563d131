import VRRP
import VRRPEngine

/// Turns files and processes that are tracked into definitions.
enum TrackedThingsTranslation {
    /// The names that any instance or group tracks.
    static func trackedNames(_ kind: TrackedKind, in settings: ConfigurationSettings) -> Set<String> {
        let lists = settings.instances.lazy.map(\.tracking) + settings.groups.lazy.map(\.tracking)
        return Set(lists.flatMap { $0.entries[kind] ?? [] }.map(\.value.name))
    }

    /// The files that anything tracks, in the order of the configuration; the others are reported.
    static func files(_ settings: ConfigurationSettings, _ log: inout DiagnosticLog) -> [TrackedFileDefinition] {
        let tracked = trackedNames(.file, in: settings)
        return settings.tracked.files.compactMap { file in
            guard !file.hasErrors, let path = file.path, admits(file.name, .file, tracked, &log) else { return nil }
            var definition = TrackedFileDefinition(name: file.name.value, path: path.value)
            definition.initialContent = file.initialContent?.value
            return definition
        }
    }

    /// The processes that anything tracks, in the order of the configuration; the others are reported.
    static func processes(
        _ settings: ConfigurationSettings, _ log: inout DiagnosticLog
    ) -> [TrackedProcessDefinition] {
        let tracked = trackedNames(.process, in: settings)
        return settings.tracked.processes.compactMap { process in
            guard !process.hasErrors, let words = process.command?.value, let program = words.first,
                admits(process.name, .process, tracked, &log)
            else { return nil }
            var definition = TrackedProcessDefinition(name: process.name.value, program: program)
            definition.parameters = Array(words.dropFirst())
            definition.parameterMatch = parameterMatch(process)
            definition.terminateDelay = process.terminateDelay?.value ?? .zero
            definition.forkDelay = process.forkDelay?.value ?? .zero
            guard let quorum = quorum(process) else {
                let place = process.largestQuorum?.place ?? process.name.place
                let allowed = "0, or the quorum or more"
                log.error(
                    place, "quorum_max", .notAllowed(value: process.largestQuorum?.text ?? "", allowed: allowed))
                return nil
            }
            definition.quorum = quorum
            return definition
        }
    }

    private static func admits(
        _ name: Located<String>, _ kind: TrackedKind, _ tracked: Set<String>, _ log: inout DiagnosticLog
    ) -> Bool {
        if tracked.contains(name.value) { return true }
        log.warning(name.place, "\(kind.block) \(name.value)", .ignored(because: .notTracked))
        return false
    }

    /// Parameters decide where there are any, or where it is said how they are compared.
    private static func parameterMatch(_ process: TrackedProcessSettings) -> TrackedProcessDefinition.ParameterMatch? {
        if let match = process.parameterMatch { return match.value }
        if process.command?.value.count ?? 0 > 1 { return .exact }
        return process.matchesCommandLine == nil ? nil : .any
    }

    private static func quorum(_ process: TrackedProcessSettings) -> ClosedRange<Int>? {
        let least = process.quorum?.value ?? 1
        guard let most = process.largestQuorum?.value else { return least...Int.max }
        if most == 0 { return 0...0 }
        return least <= most ? least...most : nil
    }
}

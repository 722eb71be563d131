import VRRP
import VRRPEngine

/// Turns the scripts that instances track into definitions.
enum ScriptTranslation {
    /// The scripts by name, those that are written twice or lack something reported.
    static func scriptsByName(_ scripts: [ScriptSettings], _ log: inout DiagnosticLog) -> [String: ScriptSettings] {
        var result: [String: ScriptSettings] = [:]
        for script in scripts {
            let name = script.name
            if script.command == nil {
                log.error(name.place, "vrrp_script \(name.value)", .missing("script"))
            }
            if let earlier = result[name.value] {
                let what = "the name \(visible(name.text))"
                log.error(name.place, "vrrp_script", .duplicate(of: earlier.name.place, what: what))
            } else {
                result[name.value] = script
            }
        }
        return result
    }

    /// The definitions of the scripts that any instance or group tracks, in the order of the file; the others are reported.
    static func definitions(of settings: ConfigurationSettings, _ log: inout DiagnosticLog) -> [ScriptDefinition] {
        let tracked = TrackedThingsTranslation.trackedNames(.script, in: settings)
        var seen: Set<String> = []
        return settings.scripts.compactMap { script in
            guard seen.insert(script.name.value).inserted, !script.isUnusable, let command = script.command,
                !command.value.isEmpty
            else { return nil }
            guard tracked.contains(script.name.value) else {
                log.warning(script.name.place, "vrrp_script \(script.name.value)", .ignored(because: .notTracked))
                return nil
            }
            var definition = ScriptDefinition(name: script.name.value, command: command.value)
            definition.interval = script.interval?.value ?? definition.interval
            definition.timeout = script.timeout?.value ?? definition.interval
            definition.rise = script.rise?.value ?? 1
            definition.fall = script.fall?.value ?? 1
            definition.startsFailed = script.startsFailed?.value ?? false
            definition.user = script.user?.value ?? settings.global.scriptUser?.value
            definition.needsSafePath = settings.global.scriptsNeedSafePaths?.value ?? false
            definition.keepsLinks = settings.global.notification.keepsLinks?.value ?? false
            definition.keepsSupplementaryGroups = settings.global.notification.keepsSupplementaryGroups?.value ?? false
            return definition
        }
    }
}

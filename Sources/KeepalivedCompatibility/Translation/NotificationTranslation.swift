import VRRP
import VRRPEngine

/// Turns what a configuration says about telling people and programs into what is told to whom.
struct NotificationTranslation {
    private let settings: ConfigurationSettings
    private let definitions: Definitions
    private let scripts: [ScriptDefinition]
    private var global: GlobalNotificationSettings { settings.global.notification }

    init(_ settings: ConfigurationSettings, _ definitions: Definitions, _ scripts: [ScriptDefinition]) {
        self.settings = settings
        self.definitions = definitions
        self.scripts = scripts
    }

    /// What holds for the instances and groups that became virtual routers and groups of them.
    func notifications(_ log: inout DiagnosticLog) -> NotificationDefinitions {
        var result = NotificationDefinitions()
        let instances = Dictionary(settings.instances.map { ($0.name.value, $0) }) { first, _ in first }
        let groups = Dictionary(settings.groups.map { ($0.name.value, $0) }) { first, _ in first }
        let groupOfMember = Dictionary(
            definitions.syncGroups.flatMap { group in group.members.map { ($0, group.name) } }
        ) { first, _ in first }
        result.instances = definitions.virtualRouters.compactMap { router in
            let group = groupOfMember[router.name].flatMap { groups[$0] }
            return instances[router.name].map { notification(router, $0.notification, group: group?.notification) }
        }
        result.groups = definitions.syncGroups.compactMap { group in
            groups[group.name].map { settings in
                GroupNotification(
                    name: group.name, members: group.members, scripts: commands(settings.notification),
                    tellsPriority: settings.notification.tellsPriority?.value,
                    sendsMail: sendsMail(settings.notification))
            }
        }
        result.fifos = fifos(&log)
        result.tellsStatesOnReload = global.tellsStatesOnReload?.value ?? false
        if result.instances.contains(where: \.sendsMail) || result.groups.contains(where: \.sendsMail) {
            result.mail = mail(&log)
        }
        result.mailsFaults = global.isSilentAboutFaults?.value != true
        result.startup = timed(global.startupScript, global.startupTimeout)
        result.shutdown = timed(global.shutdownScript, global.shutdownTimeout)
        result.scriptsWithoutInitialState = Set(scripts.filter { !$0.startsFailed }.map(\.trackedName))
        return result
    }

    private func notification(
        _ router: VirtualRouterDefinition, _ settings: NotificationSettings, group: NotificationSettings?
    ) -> InstanceNotification {
        InstanceNotification(
            name: router.name,
            identity: .init(
                interface: router.interface, family: router.family, virtualRouterID: router.virtualRouterID),
            priority: router.priority, scripts: commands(settings),
            tellsDeletion: settings.tellsDeletion?.value ?? false,
            tellsPriority: (settings.tellsPriority ?? group?.tellsPriority ?? global.tellsPriority)?.value ?? false,
            sendsMail: sendsMail(settings))
    }

    private func sendsMail(_ settings: NotificationSettings) -> Bool {
        (settings.sendsMail ?? global.sendsMailOfInstances ?? global.sendsMail)?.value ?? false
    }

    private func commands(_ settings: NotificationSettings) -> NotificationScripts {
        var scripts = NotificationScripts()
        scripts.byState[.master] = command(settings.onMaster)
        scripts.byState[.backup] = command(settings.onBackup)
        scripts.byState[.fault] = command(settings.onFault)
        scripts.byState[.stop] = command(settings.onStop)
        scripts.byState[.deleted] = command(settings.onDeletion)
        scripts.any = command(settings.onAnyState)
        scripts.onLowerPriority = command(settings.onLowerPriority)
        return scripts
    }

    /// The command with what holds for all scripts.
    private func command(_ written: Located<NotificationCommand>?) -> NotificationCommand? {
        guard var command = written?.value else { return nil }
        command.user = command.user ?? settings.global.scriptUser?.value
        command.needsSafePath = settings.global.scriptsNeedSafePaths?.value ?? false
        command.keepsLinks = global.keepsLinks?.value ?? false
        command.keepsSupplementaryGroups = global.keepsSupplementaryGroups?.value ?? false
        return command
    }

    private func timed(_ written: Located<NotificationCommand>?, _ timeout: Located<Int>?) -> TimedCommand? {
        command(written).map { TimedCommand(command: $0, timeout: .seconds(Int64(timeout?.value ?? 10))) }
    }

    private func fifos(_ log: inout DiagnosticLog) -> [NotificationFIFO] {
        let written = [
            (global.fifo, global.fifoScript, "notify_fifo"),
            (global.instanceFIFO, global.instanceFIFOScript, "vrrp_notify_fifo"),
        ]
        var places: [String: SourcePlace] = [:]
        var result: [NotificationFIFO] = []
        for (fifo, script, keyword) in written {
            guard let fifo else {
                if let script { log.warning(script.place, "\(keyword)_script", .missing(keyword)) }
                continue
            }
            if let earlier = places.updateValue(fifo.place, forKey: fifo.value.path) {
                log.error(fifo.place, keyword, .duplicate(of: earlier, what: visible(fifo.text)))
                continue
            }
            result.append(
                NotificationFIFO(
                    path: fifo.value.path, user: fifo.value.user ?? settings.global.scriptUser?.value,
                    script: command(script)))
        }
        return result
    }

    private func mail(_ log: inout DiagnosticLog) -> MailDefinition? {
        guard !global.recipients.isEmpty, let server = global.mailServer else { return nil }
        return MailDefinition(
            server: server.value, clientName: global.mailClientName?.value, sender: global.sender?.value,
            recipients: global.recipients.map(\.value), timeout: .seconds(Int64(global.mailTimeout?.value ?? 30)))
    }
}

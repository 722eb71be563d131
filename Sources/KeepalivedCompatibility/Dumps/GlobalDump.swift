import VRRP
import VRRPEngine

/// The section of global definitions: the lines of keepalived 2.2.7 in its order.
///
/// What is not here, as IPVS, BFD, SNMP and D-Bus, is said to be off or as it is by default, whatever the file says. Left out are
/// lines whose value would be one of keepalived's own build or of its limits.
struct GlobalDump {
    /// Which of keepalived's processes writes the lines: its parent does not know what the other one fills in.
    enum Writer { case parent, vrrp }

    private let source: DumpSource
    private let writer: Writer
    private var settings: GlobalSettings { source.globals.settings }
    private var process: ProcessOptions { source.globals.process }

    init(_ source: DumpSource, by writer: Writer) {
        self.source = source
        self.writer = writer
    }

    var lines: [String] {
        let parts = [
            identity, mail, programs, interfaces, fifos, announcements, packetFilter, election, scheduling, otherParts,
            scripts,
            buffers,
        ]
        return [DataDump.heading("Global definitions")] + parts.flatMap { $0 }.map { " " + $0 }
    }

    private var identity: [String] {
        var lines = [
            "Network namespace = \(process.networkNamespace ?? "(default)")",
            "Network namespace ipvs = (main namespace)",
        ]
        if let name = process.instance { lines.append("Instance name = \(name)") }
        if let name = process.name { lines.append("Parent process name = \(name)") }
        if let name = settings.process.vrrpProcessName { lines.append("VRRP process name = \(name.value)") }
        return lines + ["Router ID = \(source.routerID)"]
    }

    private var mail: [String] {
        let mail = settings.notification
        let host = source.globals.host
        var lines: [String] = []
        if let server = mail.mailServer?.value {
            lines += ["Smtp server = \(server.host)", "Smtp server port = \(server.port)"]
        }
        let isDefault = mail.mailServer != nil
        if let name = mail.mailClientName?.value ?? (isDefault ? host.name : nil) {
            lines.append("Smtp HELO name = \(name)")
        }
        if let seconds = mail.mailTimeout?.value ?? (isDefault ? 30 : nil) {
            lines.append("Smtp server connection timeout = \(seconds)")
        }
        if let sender = mail.sender?.value ?? (isDefault ? "\(host.user)@\(host.name)" : nil) {
            lines += ["Email notification from = \(sender)", "Email notification to:"]
            lines += mail.recipients.map { "  \($0.value)" }
        }
        func word(_ setting: Located<Bool>?) -> String { setting.map { $0.value ? "on" : "off" } ?? "unset" }
        return lines + [
            "Default smtp_alert = \(word(mail.sendsMail))",
            "Default smtp_alert_vrrp = \(word(mail.sendsMailOfInstances))",
            "Default smtp_alert_checker = unset", "Checkers log all failures = false",
        ]
    }

    private var programs: [String] {
        var lines = ["No test config before reload"]
        if process.dumps.carriesInstance { lines.append("Use instance name in data dumps") }
        // They are the parent's to run.
        guard writer == .parent else { return lines }
        let definitions = source.notifications.definitions
        for (title, command, separator) in [
            ("Startup", definitions.startup, ","), ("Shutdown", definitions.shutdown, ""),
        ] {
            guard let command else { continue }
            let (text, seconds) = (
                source.notifications.text(of: command.command), command.timeout.rawValue / 1_000_000_000
            )
            lines.append("\(title) script = \(text)\(separator) timeout \(seconds)")
        }
        return lines
    }

    private var interfaces: [String] {
        let interfaces = settings.election.dynamicInterfaces
        var lines = ["Dynamic interfaces = \(interfaces != nil)"]
        if let allowsChanges = interfaces?.value { lines.append("Allow interface changes = \(allowsChanges)") }
        if settings.notification.isSilentAboutFaults?.value == true {
            lines.append("Send emails for fault transitions = off")
        }
        if writer == .vrrp { lines.append("Default interface = \(settings.routing.defaultInterface?.value ?? "eth0")") }
        return lines + [
            "Disable local IGMP = \(settings.election.disablesLocalIGMP?.value == true ? "yes" : "no")",
            "LVS flush = false",
            "LVS flush on stop = disabled",
        ]
    }

    private var fifos: [String] {
        let notification = settings.notification
        let written = [
            ("Global", notification.fifo, notification.fifoScript),
            ("VRRP", notification.instanceFIFO, notification.instanceFIFOScript),
        ]
        var lines: [String] = []
        for (title, fifo, script) in written {
            guard let path = fifo?.value.path else { continue }
            let account = source.globals.host.fifoAccounts[path].map { ", uid:gid \($0.user):\($0.group)" } ?? ""
            lines.append("\(title) notify fifo = \(path)\(account)")
            let definition = source.notifications.definitions.fifos.first { $0.path == path }
            guard script != nil, let command = definition?.script else { continue }
            // The parent has not looked for the program yet, nor given it the path.
            let text =
                switch writer {
                case .parent: source.notifications.text(of: command, isResolved: false)
                case .vrrp: source.notifications.text(of: command, and: [path])
                }
            lines.append("\(title) notify fifo script = \(text)")
        }
        return lines + [
            "FIFO write vrrp states on reload = \(notification.tellsStatesOnReload?.value ?? false)",
            "VRRP notify priority changes = \(notification.tellsPriority?.value ?? false)",
        ]
    }

    private var announcements: [String] {
        let told = settings.announcements
        let (delay, rounds) = (told.delay?.value ?? 5, told.rounds?.value ?? 5)
        // What keepalived's parent has for a number that nobody has set.
        let unset = Int(UInt32.max)
        let contest =
            switch writer {
            case .parent: (delay: unset, rounds: unset)
            case .vrrp: (delay: delay, rounds: rounds)
            }
        let extra = settings.election.extraInterfaces?.value
        let interfaces = extra?.includesPhysicalInterfaces == true ? "i/f" : "VMAC"
        let interoperability = settings.interoperability
        return [
            "VRRP IPv4 mcast group = \(settings.groupIPv4?.value ?? AddressFamily.ipv4.vrrpGroup)",
            "VRRP IPv6 mcast group = \(settings.groupIPv6?.value ?? AddressFamily.ipv6.vrrpGroup)",
            "Gratuitous ARP delay = \(delay)", "Gratuitous ARP repeat = \(rounds)",
            "Gratuitous ARP refresh timer = \(told.refresh?.value ?? 0)",
            "Gratuitous ARP refresh repeat = \(told.refreshRounds?.value ?? 1)",
            "Gratuitous ARP lower priority delay = \(told.contestDelay?.value ?? contest.delay)",
            "Gratuitous ARP lower priority repeat = \(told.contestRounds?.value ?? contest.rounds)",
            "Num adverts before down = \(settings.election.downTimerAdverts?.value ?? 3)",
            "Gratuitous ARP for each secondary \(interfaces) = \((extra?.interval.rawValue ?? 0) / 1_000_000_000)s",
            "Send advert after receive lower priority advert = \(interoperability.staysSilentToLowerPriority?.value != true)",
            "Send advert after receive higher priority advert = \(interoperability.advertisesBeforeYielding?.value == true)",
            "Gratuitous ARP interval = \(DumpText.microseconds(settings.gratuitousARPSpacing?.value ?? .zero))",
            "Gratuitous NA interval = \(DumpText.microseconds(settings.neighborAdvertisementSpacing?.value ?? .zero))",
            "VRRP default protocol version = \((settings.version?.value ?? .v2).rawValue)",
        ]
    }

    private var packetFilter: [String] {
        let election = settings.election
        var lines: [String] = []
        if let table = election.filterTable?.value {
            lines += [
                "nftables table name = \(table)",
                "nftables base chain priority = \(election.filterPriority?.value ?? -1)",
                "nftables don't force use ifindex for link local IPv6",
            ]
        }
        return lines + ["nftables with\(election.filterCounts?.value == true ? "" : "out") counters"]
    }

    private var election: [String] {
        [
            // Unicast adverts are accepted from peers alone.
            "VRRP check unicast_src = true",
            "VRRP skip check advert addresses = \(settings.interoperability.skipsAddressListCheck?.value ?? false)",
            "VRRP strict mode = \(settings.election.isStrict?.value ?? false)",
        ]
    }

    private var scheduling: [String] {
        let highest = settings.process.highestAutomaticPriority?.value ?? 0
        var lines = [
            "Max auto priority = \(highest == -1 ? "Disabled" : "\(highest)")",
            "Min auto priority delay = \(settings.process.automaticPriorityDelay?.value ?? 1_000_000) usecs",
            "VRRP process priority = \(process.niceness ?? 0)", "VRRP don't swap = \(process.locksMemory)",
            "VRRP realtime priority = \(process.realTimePriority ?? 0)",
        ]
        if !process.processors.isEmpty {
            lines.append("VRRP CPU Affinity = \(process.processors.sorted().map { "\($0) " }.joined())")
        }
        for part in ["Checker", "BFD"] {
            lines += ["\(part) process priority = 0", "\(part) don't swap = false", "\(part) realtime priority = 0"]
        }
        return lines
    }

    private var otherParts: [String] {
        ["vrrp", "checker", "RFCv2", "RFCv3", "traps"].map { "SNMP \($0) disabled" } + [
            "SNMP socket = default (unix:/var/agentx/master)", "DBus disabled", "DBus service name = ",
        ]
    }

    private var scripts: [String] {
        let security = "Script security \(settings.scriptsNeedSafePaths?.value == true ? "enabled" : "disabled")"
        guard let account = source.globals.host.scriptAccount else { return [security] }
        return [security, "Default script uid:gid \(account.user):\(account.group)"]
    }

    /// The sizes of buffers, which this program finds by itself, as where nobody sets them; then what is said seldom.
    private var buffers: [String] {
        var lines = [
            "vrrp_netlink_cmd_rcv_bufs", "vrrp_netlink_monitor_rcv_bufs", "process_monitor_rcv_bufs",
            "lvs_netlink_cmd_rcv_bufs", "lvs_netlink_monitor_rcv_bufs",
        ].flatMap { ["\($0) = 0", "\($0)_force = 0"] }
        lines += ["rs_init_notifies = 0", "no_checker_emails = 0", "rx_bufs_multiples = 3"]
        if let mask = process.fileModeMask { lines.append("umask = 0\(String(mask, radix: 8))") }
        if let delay = settings.election.startDelay?.value {
            lines.append("vrrp_startup_delay = \(DumpText.general(delay))")
        }
        if settings.election.reportsUnknownRouters?.value == true { lines.append("log_unknown_vrids") }
        if let prefix = settings.virtualMACPrefix?.value { lines.append("VMAC prefix = \(prefix)") }
        return lines
    }
}

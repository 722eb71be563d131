import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Keywords about notifications")
struct NotificationKeywordTests {
    private func notifications(
        _ body: String = "", global: String = "", group: String = ""
    ) throws -> NotificationDefinitions {
        let text =
            "global_defs {\n\(global)\n}\n" + instance(body) + "\n"
            + instance("", name: "B", id: 6, addresses: "192.0.2.2")
        let groupText = group.isEmpty ? "" : "\nvrrp_sync_group G {\ngroup {\nA\nB\n}\n\(group)\n}\n"
        let configuration = try load(text + groupText)
        #expect(configuration.diagnostics == [])
        return configuration.notifications
    }

    private func command(_ words: String...) -> NotificationCommand { NotificationCommand(words: words) }

    @Test("Without a keyword nobody is told of anything, but every instance and group is known")
    func nothing() throws {
        let notifications = try notifications(group: "track_interface {\neth1\n}")
        #expect(notifications.isEmpty)
        #expect(notifications.instances.map(\.name) == ["A", "B"])
        #expect(notifications.groups.map(\.members) == [["A", "B"]])
    }

    @Test("An instance's programs are taken in, each with its arguments and its user")
    func instancePrograms() throws {
        let body = """
            notify_master "/bin/master 'a b'" nobody nogroup
            notify_backup /bin/backup nobody:nogroup
            notify_fault /bin/fault
            notify_stop "/bin/stop x"
            notify_deleted /bin/deleted
            notify /bin/any daemon
            notify_master_rx_lower_pri /bin/lower
            """
        let scripts = try #require(notifications(body).instances.first?.scripts)
        let nobody = ScriptUser(name: "nobody", group: "nogroup")
        #expect(
            scripts.byState == [
                .master: NotificationCommand(words: ["/bin/master", "a b"], user: nobody),
                .backup: NotificationCommand(words: ["/bin/backup"], user: nobody),
                .fault: command("/bin/fault"), .stop: command("/bin/stop", "x"), .deleted: command("/bin/deleted"),
            ])
        #expect(scripts.any == NotificationCommand(words: ["/bin/any"], user: ScriptUser(name: "daemon")))
        #expect(scripts.onLowerPriority == command("/bin/lower"))
    }

    @Test("A group has programs of its own")
    func groupPrograms() throws {
        let group = "notify_master /bin/m\nnotify_backup /bin/b\nnotify_fault /bin/f\nnotify_stop /bin/s\nnotify /bin/n"
        let notifications = try notifications(group: group)
        let scripts = try #require(notifications.groups.first?.scripts)
        #expect(
            scripts.byState == [
                .master: command("/bin/m"), .backup: command("/bin/b"), .fault: command("/bin/f"),
                .stop: command("/bin/s"),
            ])
        #expect(scripts.any == command("/bin/n"))
        #expect(notifications.instances.allSatisfy { $0.scripts == NotificationScripts() })
    }

    @Test("What holds for all scripts holds for these: script_user, enable_script_security, set_supplementary_groups")
    func allScripts() throws {
        let global = "script_user daemon adm\nenable_script_security\nset_supplementary_groups\nuse_symlink_paths"
        let scripts = try #require(
            notifications("notify /bin/a\nnotify_stop /bin/s nobody", global: global).instances.first?.scripts)
        #expect(scripts.any?.user == ScriptUser(name: "daemon", group: "adm"))
        #expect(scripts.any?.needsSafePath == true && scripts.any?.keepsSupplementaryGroups == true)
        #expect(scripts.any?.keepsLinks == true)
        #expect(scripts.byState[.stop]?.user == ScriptUser(name: "nobody"))
        let checks = try load(
            "global_defs {\nset_supplementary_groups\nuse_symlink_paths\n}\nvrrp_script a {\nscript /bin/true\n}\n"
                + instance("track_script {\na\n}"))
        #expect(checks.scripts.first?.keepsSupplementaryGroups == true && checks.scripts.first?.keepsLinks == true)
    }

    @Test("notify_deleted alone, or with a word for on, lets a deletion be told as one")
    func deletion() throws {
        for (line, tells) in [
            ("", false), ("notify_deleted", true), ("notify_deleted true", true), ("notify_deleted off", false),
        ] {
            #expect(try notifications(line).instances.first?.tellsDeletion == tells)
        }
        #expect(try notifications("notify_deleted \"/bin/a b\"").instances.first?.tellsDeletion == true)
    }

    @Test("Changes of the priority are told where the instance, its group or global_defs say so, in this order")
    func priorityChanges() throws {
        func tells(_ body: String, group: String = "notify /bin/a", global: String = "") throws -> Bool? {
            try notifications(body, global: global, group: group).instances.first?.tellsPriority
        }
        #expect(try tells("") == false)
        #expect(try tells("notify_priority_changes") == true)
        #expect(try tells("", group: "notify_priority_changes true") == true)
        #expect(try tells("", global: "vrrp_notify_priority_changes") == true)
        #expect(try tells("notify_priority_changes off", global: "vrrp_notify_priority_changes on") == false)
    }

    @Test("A FIFO without a leading slash lies in /, which is said, and of a mailbox with a name its address counts")
    func relativeFIFO() throws {
        let global = "notify_fifo run/a\nnotification_email {\n\"A B <a@b.c>\"\n}\nsmtp_server 192.0.2.25\nsmtp_alert"
        let found = try load("global_defs {\n\(global)\n}\n" + instance(""))
        #expect(found.notifications.fifos.map(\.path) == ["/run/a"])
        #expect(
            found.diagnostics.map(\.description) == [
                "k.conf:2: notify_fifo: run/a is changed to /run/a because the program runs in /"
            ])
        #expect(found.notifications.mail?.recipients == ["a@b.c"])
    }

    @Test("FIFOs have a path, a user and what reads them")
    func fifos() throws {
        let global = """
            notify_fifo /run/all nobody nogroup
            notify_fifo_script "/bin/read -x" daemon
            vrrp_notify_fifo /run/vrrp
            fifo_write_vrrp_states_on_reload
            """
        let notifications = try notifications(global: global)
        #expect(
            notifications.fifos == [
                NotificationFIFO(
                    path: "/run/all", user: ScriptUser(name: "nobody", group: "nogroup"),
                    script: NotificationCommand(words: ["/bin/read", "-x"], user: ScriptUser(name: "daemon"))),
                NotificationFIFO(path: "/run/vrrp", user: nil, script: nil),
            ])
        #expect(notifications.tellsStatesOnReload && !notifications.isEmpty)
    }

    @Test("The scripts of start and end have a timeout of 10 seconds unless another is given")
    func startAndEnd() throws {
        let global = "startup_script \"/bin/up a\" nobody\nshutdown_script /bin/down\nshutdown_script_timeout 3"
        let notifications = try notifications(global: global)
        let up = NotificationCommand(words: ["/bin/up", "a"], user: ScriptUser(name: "nobody"))
        #expect(notifications.startup == TimedCommand(command: up, timeout: .seconds(10)))
        #expect(notifications.shutdown == TimedCommand(command: command("/bin/down"), timeout: .seconds(3)))
        #expect(
            try self.notifications(global: "startup_script /bin/a\nstartup_script_timeout 7").startup?.timeout
                == .seconds(7))
    }

    private let mail = "notification_email {\na@example.com b@example.com\nc\n}\nsmtp_server mail.example.com 2525\n"

    @Test("Mails have a server, people who get them, and defaults for all else")
    func mails() throws {
        let notifications = try notifications("smtp_alert", global: mail)
        var expected = MailDefinition(
            server: MailServer(host: "mail.example.com"), recipients: ["a@example.com", "b@example.com", "c"])
        expected.server.port = 2525
        #expect(notifications.mail == expected && notifications.mailsFaults && !notifications.isEmpty)
        #expect(notifications.instances.map(\.sendsMail) == [true, false])
        expected.sender = "k@example.com"
        expected.clientName = "node"
        expected.timeout = .seconds(5)
        let more = "notification_email_from k@example.com\nsmtp_helo_name node\nsmtp_connect_timeout 5\nno_email_faults"
        let other = try self.notifications("smtp_alert", global: mail + more)
        #expect(other.mail == expected && !other.mailsFaults)
    }

    @Test("More people than a server should be asked about are an error")
    func manyRecipients() throws {
        func block(_ count: Int) -> String {
            "notification_email {\n\((0..<count).map { "u\($0)@example.com" }.joined(separator: "\n"))\n}"
        }
        #expect(try sentences("", global: block(100)) == [])
        #expect(
            try sentences("", global: block(101)) == [
                "10: notification_email: more than 100 addresses are not allowed; use a mailing list"
            ])
    }

    @Test("Mails are sent where the instance says so, else by smtp_alert_vrrp, else by smtp_alert")
    func alerts() throws {
        func sends(_ body: String, _ global: String) throws -> [Bool] {
            let notifications = try notifications(body, global: mail + global, group: "notify /bin/a")
            #expect((notifications.mail != nil) == notifications.instances.contains(where: \.sendsMail))
            return notifications.instances.map(\.sendsMail) + notifications.groups.map(\.sendsMail)
        }
        #expect(try sends("", "") == [false, false, false])
        #expect(try sends("smtp_alert true", "") == [true, false, false])
        #expect(try sends("smtp_alert off", "smtp_alert") == [false, true, true])
        #expect(try sends("", "smtp_alert\nsmtp_alert_vrrp no") == [false, false, false])
        #expect(try notifications(global: mail, group: "smtp_alert").groups.map(\.sendsMail) == [true])
    }

    @Test("Without a server or without anybody to send to there are no mails")
    func incompleteMail() throws {
        #expect(try notifications("smtp_alert", global: "smtp_server 127.0.0.1").isEmpty)
        #expect(try notifications("smtp_alert", global: "notification_email {\na\n}").isEmpty)
    }

    @Test("What is named a second time does not count, with a warning, as with keepalived")
    func twice() throws {
        let configuration = try load(instance("notify /bin/a\nnotify /bin/b"))
        #expect(configuration.notifications.instances.first?.scripts.any == command("/bin/a"))
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:3: notify: stands here a second time; the first one, at k.conf:2, counts"
            ])
        #expect(!configuration.hasErrors)
    }

    @Test(
        "A wrong value is an error",
        arguments: [
            ("notify", "2: notify: a value is missing; allowed is \(NotificationCommandEntry.allowed)"),
            (
                "notify \"/bin/a 'b\"",
                #"2: notify: "/bin/a \'b" is not allowed; allowed is \#(CommandLineText.allowed)"#
            ),
            ("notify_master bin/a", "2: notify_master: bin/a is not allowed; allowed is \(CommandLineText.allowed)"),
            ("notify /bin/a b c d", "2: notify: \"b c d\" is not allowed; allowed is USER [[:]GROUP]"),
            ("smtp_alert maybe", "2: smtp_alert: maybe is not allowed; allowed is on, off, true, false, yes or no"),
            (
                "notify_deleted \"bin/a\"",
                "2: notify_deleted: bin/a is not allowed; allowed is \(CommandLineText.allowed)"
            ),
            ("notify_stop /bin/a {\n}", "2: notify_stop: takes no block in braces"),
        ])
    func wrong(line: String, sentence: String) throws { #expect(try sentences(line).first == sentence) }

    @Test(
        "A wrong value in global_defs is an error",
        arguments: [
            ("notify_fifo /run/", "notify_fifo: /run/ is not allowed; allowed is \(FIFOEntry.allowed)"),
            ("notify_fifo", "notify_fifo: a value is missing; allowed is \(FIFOEntry.allowed)"),
            ("notify_fifo /a\nvrrp_notify_fifo /a", "vrrp_notify_fifo: /a stands at k.conf:10 already"),
            (
                "vrrp_notify_fifo_script ''",
                "vrrp_notify_fifo_script: \"\\'\\'\" is not allowed; allowed is \(CommandLineText.allowed)"
            ),
            ("startup_script_timeout 0", "startup_script_timeout: 0 is not allowed; allowed is 1 to 1000"),
            ("shutdown_script_timeout 1001", "shutdown_script_timeout: 1001 is not allowed; allowed is 1 to 1000"),
            ("smtp_server mail 70000", "smtp_server: 70000 is not allowed; allowed is a port, 1 to 65535"),
            ("smtp_server \"a b\"", "smtp_server: \"a b\" is not allowed; allowed is a host's name or address"),
            ("smtp_connect_timeout 0", "smtp_connect_timeout: 0 is not allowed; allowed is 1 to 4294"),
            (
                "notification_email {\n\"A <a b>\"\n}",
                "notification_email: \"A <a b>\" is not allowed; allowed is \(MailEntry.address.allowed)"
            ),
            (
                "notification_email_from a>b",
                "notification_email_from: a>b is not allowed; allowed is \(MailEntry.address.allowed)"
            ),
            ("smtp_helo_name é", "smtp_helo_name: é is not allowed; allowed is a host's name or address"),
        ])
    func wrongGlobally(line: String, sentence: String) throws {
        let found = try sentences("", global: line)
        #expect(found.contains { $0.hasSuffix(": " + sentence) }, "\(found)")
    }
}

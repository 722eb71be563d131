import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("What is due")
struct NotificationPlannerTests {
    private func planner(_ body: String, group: String? = nil, global: String = "") throws -> NotificationPlanner {
        NotificationPlanner(try definitions(body, group: group, global: global), routerID: "node")
    }

    private let all = """
        notify_master "/bin/m a"
        notify_backup /bin/b
        notify_fault /bin/f
        notify_stop /bin/s
        notify "/bin/n a"
        """

    @Test("Each state has its program without arguments, then the one for all with four, then the line of the FIFO")
    func states() throws {
        var planner = try planner(all, global: "notify_fifo /run/fifo")
        #expect(
            written(planner.take(Reported.start("A"))) == [
                "INSTANCE A: /bin/b", "INSTANCE A: /bin/n a INSTANCE A BACKUP 100", "INSTANCE \"A\" BACKUP 100",
            ])
        #expect(
            written(planner.take(Reported.master("A"))) == [
                "INSTANCE A: /bin/m a", "INSTANCE A: /bin/n a INSTANCE A MASTER 100", "INSTANCE \"A\" MASTER 100",
            ])
        #expect(planner.take(Reported.fault("A", .interfaceDown("eth0"))) == [])
        #expect(
            written(planner.take(Reported.leave("A"))) == [
                "INSTANCE A: /bin/f", "INSTANCE A: /bin/n a INSTANCE A FAULT 100", "INSTANCE \"A\" FAULT 100",
            ])
        planner.beginStop()
        #expect(
            written(planner.finishStop()).prefix(3) == [
                "INSTANCE A: /bin/s", "INSTANCE A: /bin/n a INSTANCE A STOP 100", "INSTANCE \"A\" STOP 100",
            ])
    }

    @Test("An instance that cannot start has a fault, told once however many follow")
    func initialFault() throws {
        var planner = try planner("notify_fault /bin/f\nnotify_backup /bin/b")
        #expect(written(planner.take(Reported.fault("A", .interfaceMissing("eth0")))) == ["INSTANCE A: /bin/f"])
        #expect(planner.take(Reported.fault("A", .interfaceDown("eth0"))) == [])
        #expect(planner.take(Reported.repaired("A")) == [])
        #expect(written(planner.take(Reported.start("A"))) == ["INSTANCE A: /bin/b"])
    }

    @Test("To wait for the first result of a script is no fault, and a bad one is")
    func firstResult() throws {
        var definitions = try definitions("notify /bin/n")
        definitions.scriptsWithoutInitialState = ["script a", "script b"]
        let waits = [RouterFault.trackedObject(.external("script a")), .trackedObject(.external("script b"))]
        var good = NotificationPlanner(definitions, routerID: "node")
        #expect(good.take(.faults(router: "A", waits)) == [])
        #expect(good.take(resultOf: "script a", isGood: true) == [])
        #expect(good.take(.faults(router: "A", Array(waits.dropFirst()))) == [])
        #expect(good.take(resultOf: "script b", isGood: true) == [])
        #expect(good.take(Reported.repaired("A")) == [])
        #expect(written(good.take(Reported.start("A"))) == ["INSTANCE A: /bin/n INSTANCE A BACKUP 100"])
        var bad = NotificationPlanner(definitions, routerID: "node")
        #expect(bad.take(.faults(router: "A", waits)) == [])
        #expect(written(bad.take(resultOf: "script b", isGood: false)) == ["INSTANCE A: /bin/n INSTANCE A FAULT 100"])
        #expect(bad.take(resultOf: "script a", isGood: false) == [])
    }

    @Test("The priority in force is told, not the one that the program hands over with")
    func priority() throws {
        var planner = try planner("notify /bin/n\nnotify_priority_changes", global: "notify_fifo /f")
        let lower = Priority(rawValue: 80)!
        #expect(
            written(planner.take(.priorityChanged(router: "A", from: Reported.priority, to: lower))) == [
                "INSTANCE \"A\" BACKUP_PRIORITY 80"
            ])
        #expect(
            written(planner.take(Reported.fault("A", .interfaceDown("eth0")))) == [
                "INSTANCE A: /bin/n INSTANCE A FAULT 80", "INSTANCE \"A\" FAULT 80",
            ])
        _ = planner.take(Reported.repaired("A"))
        _ = planner.take(Reported.start("A"))
        _ = planner.take(Reported.master("A"))
        #expect(
            written(planner.take(.priorityChanged(router: "A", from: Reported.priority, to: lower))) == [
                "INSTANCE \"A\" MASTER_PRIORITY 80"
            ])
        planner.beginStop()
        #expect(planner.take(.handOver(router: "A", .offered(insteadOf: lower, waiting: .seconds(1)))) == [])
        let change = StateChange(from: .active, to: .initialize, reason: .shutdown)
        #expect(planner.take(.transition(router: "A", change, priority: .lowest)) == [])
        #expect(
            written(planner.take(.handOver(router: "A", .left(isReplaced: true)))) == [
                "INSTANCE A: /bin/n INSTANCE A STOP 80", "INSTANCE \"A\" STOP 80",
            ])
        var silent = try self.planner("", global: "notify_fifo /f")
        #expect(silent.take(.priorityChanged(router: "A", from: Reported.priority, to: lower)) == [])
    }

    @Test("An advert of lower priority, heard by the active router, has a program without arguments and a line")
    func lowerPriority() throws {
        var planner = try planner("notify_master_rx_lower_pri /bin/l\nnotify /bin/n", global: "vrrp_notify_fifo /f")
        #expect(
            written(planner.take(.contestWon(router: "A", priority: Reported.priority))) == [
                "INSTANCE A: /bin/l", "INSTANCE \"A\" MASTER_RX_LOWER_PRI 100",
            ])
    }

    @Test("At the start a group comes before its members, later behind the last of them")
    func groups() throws {
        var planner = try planner("notify /bin/i", group: "notify /bin/g\nnotify_master /bin/gm")
        #expect(
            written(planner.take(Reported.start("A"))) == [
                "GROUP G: /bin/g GROUP G BACKUP 0", "INSTANCE A: /bin/i INSTANCE A BACKUP 100",
            ])
        #expect(written(planner.take(Reported.start("B"))) == ["INSTANCE B: /bin/i INSTANCE B BACKUP 100"])
        #expect(written(planner.take(Reported.master("B"))) == ["INSTANCE B: /bin/i INSTANCE B MASTER 100"])
        #expect(
            written(planner.take(Reported.master("A"))) == [
                "INSTANCE A: /bin/i INSTANCE A MASTER 100", "GROUP G: /bin/gm", "GROUP G: /bin/g GROUP G MASTER 0",
            ])
        _ = planner.take(Reported.fault("A", .interfaceDown("eth0")))
        #expect(written(planner.take(Reported.leave("A"))) == ["INSTANCE A: /bin/i INSTANCE A FAULT 100"])
        _ = planner.take(Reported.fault("B", .groupMember("A")))
        #expect(
            written(planner.take(Reported.leave("B"))) == [
                "INSTANCE B: /bin/i INSTANCE B FAULT 100", "GROUP G: /bin/g GROUP G FAULT 0",
            ])
        planner.beginStop()
        #expect(
            written(planner.finishStop()).suffix(2) == [
                "INSTANCE C: /bin/i INSTANCE C STOP 100", "GROUP G: /bin/g GROUP G STOP 0",
            ])
    }

    @Test("Where a member cannot start, all members have a fault and the group behind them, whoever is looked at first")
    func groupFaultAtStart() throws {
        var planner = try planner("notify /bin/i", group: "notify /bin/g")
        #expect(planner.take(Reported.fault("A", .groupMember("B"))) == [])
        #expect(
            written(planner.take(Reported.fault("B", .interfaceDown("eth0")))) == [
                "INSTANCE A: /bin/i INSTANCE A FAULT 100", "INSTANCE B: /bin/i INSTANCE B FAULT 100",
                "GROUP G: /bin/g GROUP G FAULT 0",
            ])
    }

    @Test("A member that follows its group into a state that it had told before is silent, as with keepalived")
    func sharedState() throws {
        var planner = try planner("notify /bin/i", group: "notify /bin/g")
        _ = planner.take(Reported.start("A")) + planner.take(Reported.start("B"))
        // One alone takes over and makes way, while the group stays where it is.
        #expect(written(planner.take(Reported.master("A"))) == ["INSTANCE A: /bin/i INSTANCE A MASTER 100"])
        #expect(planner.take(Reported.backup("A")) == [])
    }

    @Test("What a reload removes is told as a fault, or as a deletion where the instance says so, by its old programs")
    func deletion() throws {
        let new = try load(
            "global_defs {\nnotify_fifo /f\n}\n" + instance("", name: "C", id: 3, addresses: "192.0.2.3")
        ).notifications
        for (line, state) in [("", "FAULT"), ("notify_deleted", "DELETED")] {
            var planner = try planner("notify /bin/n\n\(line)")
            _ = planner.take(Reported.start("A"))
            _ = planner.take(Reported.fault("B", .interfaceDown("eth0")))
            planner.beginReload(new, routerID: "node")
            #expect(
                written(planner.take(Reported.leave("A", from: .backup))) == [
                    "INSTANCE A: /bin/n INSTANCE A \(state) 100", "INSTANCE \"A\" \(state) 100",
                ])
            let rest =
                state == "FAULT" ? [] : ["INSTANCE B: /bin/n INSTANCE B DELETED 100", "INSTANCE \"B\" DELETED 100"]
            #expect(written(planner.finishReload()) == rest)
            #expect(planner.take(Reported.start("A")) == [])
        }
    }

    @Test("An instance is the same one under another name: nothing is told")
    func renamed() throws {
        var planner = try planner("notify /bin/n")
        _ = planner.take(Reported.start("A"))
        var new = try definitions("notify /bin/n")
        new.instances[0].name = "Z"
        planner.beginReload(new, routerID: "node")
        #expect(planner.finishReload() == [])
        #expect(written(planner.take(Reported.master("Z"))) == ["INSTANCE Z: /bin/n INSTANCE Z MASTER 100"])
    }

    @Test("Of instances with one identifier each keeps its state by its name, also when one of them comes or goes")
    func sharedIdentifier() throws {
        func definitions(_ names: [String]) throws -> NotificationDefinitions {
            let instances = names.map { name in
                let peer = Int(name.unicodeScalars.first!.value)
                let lines = "notify /bin/n\nunicast_src_ip 192.0.2.\(peer)\nunicast_peer {\n192.0.2.1\(peer)\n}"
                return instance(lines, name: name, addresses: "203.0.113.\(peer)")
            }
            let found = try load(instances.joined(separator: "\n"))
            #expect(!found.hasErrors, "\(found.diagnostics)")
            return found.notifications
        }
        var planner = NotificationPlanner(try definitions(["A", "B"]), routerID: "node")
        _ = planner.take(Reported.start("A")) + planner.take(Reported.start("B")) + planner.take(Reported.master("B"))
        func reload(_ names: String...) throws -> [String] {
            var result = try definitions(names)
            result.tellsStatesOnReload = true
            result.fifos = [NotificationFIFO(path: "/f", user: nil, script: nil)]
            planner.beginReload(result, routerID: "node")
            return written(planner.finishReload())
        }
        let both = ["INSTANCE \"A\" BACKUP 100", "INSTANCE \"B\" MASTER 100"]
        #expect(try reload("A", "B") == both)
        #expect(try reload("B", "A") == both.reversed())
        #expect(try reload("C", "A", "B") == both)
        #expect(
            try reload("B") == [
                "INSTANCE A: /bin/n INSTANCE A FAULT 100", "INSTANCE \"A\" FAULT 100", both[1],
            ])
        #expect(planner.take(Reported.master("B")) == [])
        #expect(try reload("A", "B") == [both[1]])
    }

    @Test("An instance that goes on as before is told of by its old programs, and nothing of the reload")
    func kept() throws {
        let old = try definitions("notify /bin/n\nsmtp_alert", global: mail)
        var planner = NotificationPlanner(old, routerID: "node")
        _ = planner.take(Reported.start("A"))
        var new = old
        new.instances.removeAll { $0.name == "A" }
        for index in new.instances.indices { new.instances[index].sendsMail = false }
        new.mail = nil
        new.keep("A", of: old)
        new.keep("absent", of: old)
        #expect(new.instances.map(\.name) == ["B", "C", "A"])
        planner.beginReload(new, routerID: "node")
        #expect(planner.finishReload() == [])
        #expect(
            written(planner.take(Reported.master("A"))) == [
                "INSTANCE A: /bin/n INSTANCE A MASTER 100", "[node] VRRP Instance A - Entering MASTER state",
            ])
    }

    @Test("After a reload all states are written to the FIFOs where that is wanted")
    func statesOnReload() throws {
        let global = "notify_fifo /f\nfifo_write_vrrp_states_on_reload"
        var planner = try planner("notify /bin/n", group: "notify /bin/g", global: global)
        for name in ["A", "B"] { _ = planner.take(Reported.start(name)) }
        _ = planner.take(Reported.fault("C", .interfaceDown("eth0")))
        let same = try definitions("notify /bin/n", group: "notify /bin/g", global: global)
        planner.beginReload(same, routerID: "node")
        #expect(
            written(planner.finishReload()) == [
                "INSTANCE \"A\" BACKUP 100", "INSTANCE \"B\" BACKUP 100", "INSTANCE \"C\" FAULT 100",
                "GROUP \"G\" BACKUP 0",
            ])
    }

    private let mail = "notification_email {\na@example.com\n}\nsmtp_server 127.0.0.1\n"

    @Test("A mail has keepalived's subject and text, and a state is not mailed twice in a row")
    func mails() throws {
        var planner = try planner("smtp_alert", group: "smtp_alert", global: mail)
        var mails: [Mail] = []
        func note(_ notices: [Notice]) {
            for case .mail(let mail) in notices { mails.append(mail) }
        }
        for report in [Reported.start("A"), Reported.start("B"), Reported.master("A"), Reported.master("B")] {
            note(planner.take(report))
        }
        note(planner.take(Reported.backup("A")))
        planner.beginStop()
        note(planner.finishStop())
        #expect(
            mails.map(\.subject) == [
                "[node] VRRP Group G - Entering BACKUP state", "[node] VRRP Instance A - Entering BACKUP state",
                "[node] VRRP Instance B - Entering BACKUP state", "[node] VRRP Instance A - Entering MASTER state",
                "[node] VRRP Instance B - Entering MASTER state", "[node] VRRP Group G - Entering MASTER state",
                "[node] VRRP Instance A - Entering BACKUP state", "[node] VRRP Instance A - Stopping",
                "[node] VRRP Instance B - Stopping", "[node] VRRP Instance C - Stopping",
                "[node] VRRP Group G - Stopping",
            ])
        #expect(mails[0].body == "=> All VRRP group instances are now in BACKUP state <=")
        #expect(mails[1].body == "=> VRRP Instance is no longer owning VRRP VIPs <=")
        #expect(mails[3].body == "=> VRRP Instance is now owning VRRP VIPs <=")
    }

    @Test("no_email_faults leaves faults out, and the state before them is not mailed again")
    func mailsWithoutFaults() throws {
        var planner = try planner("smtp_alert", global: mail + "no_email_faults")
        #expect(planner.take(Reported.start("A")).count == 1)
        _ = planner.take(Reported.fault("A", .interfaceDown("eth0")))
        #expect(planner.take(Reported.leave("A", from: .backup)) == [])
        _ = planner.take(Reported.repaired("A"))
        #expect(planner.take(Reported.start("A")) == [])
    }

    @Test("Names cannot end a line or a header")
    func hostileNames() throws {
        var definitions = try definitions("smtp_alert", global: mail + "notify_fifo /f")
        definitions.instances[0].name = "A\nB\r\u{7f}"
        var planner = NotificationPlanner(definitions, routerID: "no\nde")
        #expect(
            written(planner.take(Reported.start("A\nB\r\u{7f}"))) == [
                "INSTANCE \"A?B??\" BACKUP 100", "[no?de] VRRP Instance A?B?? - Entering BACKUP state",
            ])
    }
}

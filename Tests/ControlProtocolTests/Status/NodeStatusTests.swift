import ControlProtocol
import JSONDocument
import ProcessFigures
import Testing
import VRRP
import VRRPEngine

@Suite("The status of a node")
struct NodeStatusTests {
    private static let time = WallTime(millisecondsSinceEpoch: 1_795_376_219_250)

    private static func status(error: String? = nil, zeroCounters: Bool = true) throws -> NodeStatus {
        let daemon = DaemonStatus(
            version: "0.1.0", processID: 4711, startTime: error == nil ? time : nil, uptime: .milliseconds(9_500),
            definitionsFile: "/etc/vrrpd/d.json",
            lastLoad: DefinitionsLoad(time: time, error: error),
            process: error == nil
                ? nil
                : ProcessFigures(
                    processorSeconds: 1.5, residentOctets: 2, virtualOctets: 3, openDescriptors: 4,
                    mostDescriptors: nil))
        return NodeStatus(try SampleEngine().snapshot, daemon: daemon, time: time, zeroCounters: zeroCounters)
    }

    @Test("A status is the same on the other side of the socket", arguments: [nil, "d.json:1:1: \"x\""])
    func roundTrip(error: String?) throws {
        let status = try Self.status(error: error)
        let line = ControlAnswer.status(status).line
        #expect(line.last == UInt8(ascii: "\n"))
        #expect(line.dropLast().allSatisfy { $0 != UInt8(ascii: "\n") })
        #expect(try ControlAnswer(line: line) == .status(status))
    }

    @Test("The status says what the engine knows")
    func content() throws {
        let status = try Self.status()
        #expect(status.generation == 4)
        #expect(status.virtualRouters.map(\.state) == [.active, .backup, .initialize])

        let active = status.virtualRouters[0]
        #expect(active.activeRouter == IPAddress("192.0.2.10"))
        #expect(active.activePriority == 255)
        #expect(active.timers.activeDown == nil)
        #expect(active.timers.advertisement != nil)
        #expect(active.since == .milliseconds(9_500))
        #expect(active.reason == .startedAsAddressOwner)
        #expect(active.peer == nil && active.activeFor == active.since)
        #expect(active.counters["advertisement-sent"] == 10)

        let backup = status.virtualRouters[1]
        #expect(backup.activeRouter == IPAddress("192.0.2.20"))
        #expect(backup.activePriority == 200)
        #expect(backup.activeFor != nil)
        #expect(backup.timers.activeDown == .milliseconds(3_109))
        #expect(backup.timers.activeAdvertisementInterval == .seconds(1))
        #expect(backup.counters["advertisement-rcvd"] == 9)
        #expect(backup.destinations == [AddressFamily.ipv4.vrrpGroup])

        let broken = status.virtualRouters[2]
        #expect(broken.faults.contains(.interfaceMissing("eth9")))
        #expect(broken.virtualInterface == "vrrp.3")
        #expect(status.receivers.flatMap(\.foreignRouters).map(\.virtualRouterID) == [99])
        #expect(status.receivers.flatMap(\.foreignRouters).map(\.advertisements) == [9])
    }

    @Test("Every reason to discard has its counter, in every status")
    func counters() throws {
        let status = try Self.status()
        for reason in DiscardReason.allCases {
            for list in status.virtualRouters.map(\.counters) + status.receivers.map(\.counters) {
                #expect(list.counters.contains { $0.name == reason.counterName })
            }
        }
        #expect(status.receivers.first?.counters["vrid-errors"] == 9)
    }

    @Test("A brief one has only counters of a virtual router that have counted something, and all else is the same")
    func withoutZeros() throws {
        let (whole, status) = (try Self.status(), try Self.status(zeroCounters: false))
        var restored = status
        for (number, router) in status.virtualRouters.enumerated() {
            #expect(router.counters.counters.allSatisfy { $0.value > 0 })
            let counters = whole.virtualRouters[number].counters
            for counter in counters.counters { #expect(router.counters[counter.name] == counter.value) }
            restored.virtualRouters[number].counters = counters
        }
        #expect(status.virtualRouters[0].counters["advertisement-sent"] == 10)
        #expect(restored == whole)
        let line = ControlAnswer.status(status).line(brief: true)
        #expect(!String(decoding: line, as: UTF8.self).contains("null"))
        #expect(try ControlAnswer(line: line) == .status(status))
    }

    @Test("No password leaves through the socket")
    func password() throws {
        #expect(!(try Self.status().json.text()).contains("s3cret"))
    }

    @Test("A router that hands over shows how far it is, on either side of the socket")
    func handOver() throws {
        var snapshot = try SampleEngine().snapshot
        snapshot.routers[0].departure = Departure(
            phase: .offering, since: snapshot.time, until: snapshot.time + .milliseconds(4_200))
        let status = VirtualRouterStatus(snapshot.routers[0], at: snapshot.time)
        #expect(status.handOver?.phase == .offering)
        #expect(status.handOver?.remaining == .milliseconds(4_200))
        #expect(status.json.text().contains(#""handOver":{"phase":"offering","remainingMilliseconds":4200}"#))
        #expect(try VirtualRouterStatus(JSONReader(JSONNode.parse(status.json.text()))) == status)
        let daemon = try Self.status().daemon
        #expect(NodeStatus(snapshot, daemon: daemon, time: Self.time).text.contains(" active, offering "))
    }

    @Test("A router that waits for its sync group says so, on either side of the socket")
    func syncGroup() throws {
        var snapshot = try SampleEngine().snapshot
        snapshot.routers[1].syncGroup = "SG"
        snapshot.routers[1].waitsForGroup = true
        let status = VirtualRouterStatus(snapshot.routers[1], at: snapshot.time)
        #expect(status.json.text().contains(#""syncGroup":"SG","waitsForGroup":true"#))
        #expect(try VirtualRouterStatus(JSONReader(JSONNode.parse(status.json.text()))) == status)
        let daemon = try Self.status().daemon
        let text = NodeStatus(snapshot, daemon: daemon, time: Self.time).text
        #expect(text.contains("\nbackup: would take over, but not every member of SG would\n"))
    }

    @Test("What the program of a script does is told, and only of scripts that run here")
    func scripts() throws {
        var snapshot = try SampleEngine().snapshot
        snapshot.trackedNames = ["endpoints of web", "script a", "script b"]
        snapshot.trackedObjects = ["script a": true]
        let daemon = try Self.status().daemon
        for phase in ScriptPhase.allCases {
            let status = NodeStatus(snapshot, scripts: ["a": phase, "web": .running], daemon: daemon, time: Self.time)
            #expect(status.trackedObjects.map(\.scriptPhase) == [nil, phase, nil])
            #expect(try NodeStatus(JSONReader(JSONNode.parse(status.json.text()))) == status)
            // Programs in other languages read these words.
            #expect(status.json.text().contains(#""name":"script a","good":true,"scriptPhase":"\#(phase)"}"#))
        }
    }

    @Test("Packets that could not be sent are told by interface, and nothing where there are none")
    func sendFailures() throws {
        let status = NodeStatus(
            try SampleEngine().snapshot, sendFailures: ["eth1": 12, "eth0": 3], daemon: try Self.status().daemon,
            time: Self.time)
        #expect(try NodeStatus(JSONReader(JSONNode.parse(status.json.text()))) == status)
        let sentence = "packets could not be sent since vrrpd started; its log says why"
        #expect(status.text.contains("\neth0: 3 \(sentence)\neth1: 12 \(sentence)\n"))
        #expect(try !Self.status().text.contains("could not be sent"))
    }

    @Test("A newer vrrpd may say more than this program knows")
    func unknownMembers() throws {
        let status = try Self.status()
        let text = status.json.text().replacing("\"state\":", with: "\"novelty\":[1],\"state\":")
        #expect(try NodeStatus(JSONReader(JSONNode.parse(text))) == status)
        let object = #"{"name":"script a","good":true,"scriptPhase":"resting"}"#
        #expect(try TrackedObjectStatus(JSONReader(JSONNode.parse(object))).scriptPhase == nil)
    }

    @Test("A person reads a table, and below it what is wrong")
    func table() throws {
        let text = try Self.status().text
        #expect(
            text == """
                vrrpd 0.1.0, process 4711, up 9s, /etc/vrrpd/d.json, generation 4

                NAME    INTERFACE  VRID  FAMILY  STATE       SINCE  PRIORITY  ACTIVE ROUTER  ADDRESSES
                active  eth0       1     IPv4    active      9s     255       this node      192.0.2.101/24
                backup  eth0       2     IPv4    backup      9s     100       192.0.2.20     192.0.2.102/24
                broken  eth9       3     IPv4    initialize  9s     100       -              192.0.2.103/24

                active: 192.0.2.101/24 is not on its interface
                broken: interface eth9 does not exist
                broken: virtual MAC interface vrrp.3 is not there yet
                eth0: 9 IPv4 adverts for VRID 99, which is not configured here

                """)
        let failed = try Self.status(error: "d.json:3:1: expected a value").text
        #expect(failed.contains("not loaded at 2026-11-22T19:36:59.250Z"))
        #expect(failed.contains("\n  d.json:3:1: expected a value\n"))
    }

    @Test("A wide table has counters, intervals and reasons as well, and every address")
    func wide() throws {
        var snapshot = try SampleEngine().snapshot
        let address = snapshot.routers[0].addresses[0]
        snapshot.routers[0].addresses = [address, address, address, address, address]
        let status = NodeStatus(snapshot, daemon: try Self.status().daemon, time: Self.time)
        let text = "\(address.address.address)/24"
        #expect(status.text.contains("\(text) \(text) \(text) +2 more\n"))
        let rows = status.text(StatusStyle(isWide: true)).split(separator: "\n").map { line in
            line.split(separator: " ").joined(separator: " ")
        }
        #expect(
            rows.prefix(4) == [
                "vrrpd 0.1.0, process 4711, up 9s, /etc/vrrpd/d.json, generation 4",
                "NAME INTERFACE VRID FAMILY STATE SINCE PRIORITY ACTIVE ROUTER VERSION INTERVAL SENT RECEIVED DISCARDED TOOK "
                    + "OVER REASON ADDRESSES",
                "active eth0 1 IPv4 active 9s 255 this node 2 1000 ms 10 0 0 1 it owns the addresses "
                    + Array(repeating: text, count: 5).joined(separator: " "),
                "backup eth0 2 IPv4 backup 9s 100 192.0.2.20 3 1000 ms 0 9 0 0 it started and listens first 192.0.2.102/24",
            ])
    }

    @Test("Colours say what the words say, and are there where they are wanted alone")
    func colours() throws {
        let status = try Self.status()
        let painted = status.text(StatusStyle(isColoured: true))
        for (colour, word) in [("1", "NAME"), ("32", "active"), ("36", "backup"), ("31", "initialize")] {
            #expect(painted.contains("\u{1b}[\(colour)m\(word)\u{1b}[0m"), "\(word)")
        }
        #expect(painted.contains("\u{1b}[33mbroken: interface eth9 does not exist\u{1b}[0m\n"))
        #expect(painted.replacing(/\u{1b}\[[0-9]*m/, with: "") == status.text)
        #expect(!status.text(StatusStyle(isWide: true)).contains("\u{1b}"))
    }

    @Test("Definitions that are in force but for a part of them are not told as if those from before were")
    func partOfDefinitions() throws {
        var status = try Self.status()
        let sentence = "k.conf: vrrp_instance A is left out"
        status.daemon.lastLoad = DefinitionsLoad(time: status.time, isInForce: true, error: sentence)
        #expect(status.text.contains("are in force, but for a part of them:\n  \(sentence)\n"))
        #expect(!status.text.contains("stay in force"))
        let copy = try NodeStatus(JSONReader(JSONNode.parse(Array(status.json.text().utf8))))
        #expect(copy.daemon.lastLoad == status.daemon.lastLoad)
    }
}

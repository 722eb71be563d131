import ControlProtocol
import EngineMetrics
import JSONDocument
import Telemetry
import Testing
import VRRP
import VRRPEngine

@Suite("The metrics of a node")
struct FamilyTests {
    private func text(_ report: EngineReport) -> String { Exposition.text(of: EngineMetrics.families(of: report)) }

    private func lines(_ report: EngineReport, _ name: String) -> [String] {
        text(report).split(separator: "\n").filter { $0.hasPrefix("\(name){") || $0.hasPrefix("\(name) ") }
            .map(String.init)
    }

    @Test("A vrrpd that does not answer is all that is known beside the build; both names of that are there")
    func silence() {
        let build = lines(EngineReport(status: nil), "keepalived_exporter_build_info")
        #expect(build.count == 1 && build[0].contains("version=\"\(programVersion)\"}") && build[0].hasSuffix(" 1"))
        let families = EngineMetrics.families(of: EngineReport(status: nil))
            .filter { $0.name != "keepalived_exporter_build_info" }
        #expect(
            Exposition.text(of: families) == """
                # HELP keepalived_up Status
                # TYPE keepalived_up gauge
                keepalived_up 0
                # HELP vrrp_engine_up Whether vrrpd answers
                # TYPE vrrp_engine_up gauge
                vrrp_engine_up 0

                """)
    }

    @Test("The state is a series for each state, none of which ends at a change")
    func state() throws {
        let report = EngineReport(status: try SampleNode(routers: 2).status())
        let labels = "intf=\"eth0\",name=\"ns/web-0\",vrid=\"1\""
        #expect(
            lines(report, "vrrp_state").filter { $0.contains(labels) } == [
                "vrrp_state{\(labels),state=\"active\"} 1", "vrrp_state{\(labels),state=\"backup\"} 0",
                "vrrp_state{\(labels),state=\"fault\"} 0", "vrrp_state{\(labels),state=\"initialize\"} 0",
            ])
        #expect(
            lines(report, "keepalived_vrrp_state") == [
                "keepalived_vrrp_state{iname=\"ns/web-0\",intf=\"eth0\",ip_address=\"10.0.0.1\",vrid=\"1\"} 2",
                "keepalived_vrrp_state{iname=\"ns/web-1\",intf=\"eth0\",ip_address=\"10.0.1.1\",vrid=\"2\"} 1",
            ])
    }

    @Test("Both families of keepalived's exporters count what the engine counts")
    func counters() throws {
        var node = try SampleNode(routers: 4)
        for _ in 0..<3 { node.hear(2) }
        let report = EngineReport(status: node.status())
        #expect(
            lines(report, "keepalived_vrrp_advert_rcvd").contains(
                "keepalived_vrrp_advert_rcvd{intf=\"eth0\",name=\"ns/web-1\",state=\"BACKUP\",vrid=\"2\"} 3"))
        #expect(
            lines(report, "keepalived_advertisements_received_total").contains(
                "keepalived_advertisements_received_total{iname=\"ns/web-1\",intf=\"eth0\",vrid=\"2\"} 3"))
        #expect(
            lines(report, "vrrp_advertisements_received_total").contains(
                "vrrp_advertisements_received_total{intf=\"eth0\",name=\"ns/web-1\",vrid=\"2\"} 3"))
        #expect(
            lines(report, "keepalived_become_master_total").contains(
                "keepalived_become_master_total{iname=\"ns/web-0\",intf=\"eth0\",vrid=\"1\"} 1"))
    }

    @Test("A status without zeros makes the same metrics")
    func withoutZeros() throws {
        var node = try SampleNode(routers: 4)
        for _ in 0..<3 { node.hear(2) }
        let (whole, short) = (node.status(), node.status(zeroCounters: false))
        #expect(whole != short)
        #expect(
            EngineMetrics.families(of: EngineReport(status: short))
                == EngineMetrics.families(of: EngineReport(status: whole)))
    }

    @Test(
        "An advert of a second active router, and one for an identifier of somebody else, are counted by whom they are for"
    )
    func others() throws {
        var node = try SampleNode(routers: 2)
        node.hear(1)
        for _ in 0..<5 { node.hear(99) }
        let report = EngineReport(status: node.status())
        #expect(
            lines(report, "vrrp_second_active_advertisements_total").first
                == "vrrp_second_active_advertisements_total{intf=\"eth0\",name=\"ns/web-0\",vrid=\"1\"} 1")
        #expect(
            lines(report, "vrrp_foreign_advertisements_total")
                == ["vrrp_foreign_advertisements_total{family=\"ipv4\",intf=\"eth0\",vrid=\"99\"} 5"])
    }

    @Test("A take-over is measured from the last advert heard, adverts from one to the next")
    func latencies() throws {
        var node = try SampleNode(routers: 2)
        node.pass(.seconds(4), hearing: [2])
        node.pass(.seconds(10))
        let status = node.status()
        #expect(status.latencies.advertisementInterArrival.total == 7)
        #expect(status.latencies.takeOver.total == 1)
        #expect((.milliseconds(3000)...Nanoseconds.milliseconds(4500)).contains(status.latencies.takeOver.sum))
        #expect(status.latencies.lateness.total > 0)
        let report = EngineReport(status: status)
        #expect(text(report).contains("vrrp_advertisement_interarrival_seconds_bucket{le=\"0.5\"} 7\n"))
        #expect(text(report).contains("vrrp_takeover_duration_seconds_bucket{le=\"2.5\"} 0\n"))
        #expect(text(report).contains("vrrp_takeover_duration_seconds_bucket{le=\"5.0\"} 1\n"))
        #expect(lines(report, "vrrp_last_transition_info").last?.contains("reason=\"active-router-silent\"") == true)
    }

    @Test("The start of vrrpd is the same moment at each scrape")
    func startTime() throws {
        var status = try SampleNode(routers: 1).status()
        let start = status.time.millisecondsSinceEpoch
        var values: Set<[String]> = []
        for age in stride(from: 0 as Int64, to: 100_000, by: 137) {
            status.time = WallTime(millisecondsSinceEpoch: start + age)
            status.daemon.uptime = .milliseconds(age)
            values.insert(lines(EngineReport(status: status), "vrrp_engine_start_time_seconds"))
        }
        #expect(values.count == 1)
    }

    @Test("What vrrpd's process takes has names of its own: those without a prefix are of the process that serves")
    func process() throws {
        var status = try SampleNode(routers: 1).status()
        let values = text(EngineReport(status: status)).split(separator: "\n").filter {
            $0.hasPrefix("vrrp_engine_process_")
        }
        #expect(
            values == [
                "vrrp_engine_process_cpu_seconds_total 12.25", "vrrp_engine_process_max_fds 1024",
                "vrrp_engine_process_open_fds 21", "vrrp_engine_process_resident_memory_bytes 9437184",
                "vrrp_engine_process_virtual_memory_bytes 33554432",
            ])
        status.daemon.process = nil
        #expect(!text(EngineReport(status: status)).contains("process_"), "an older vrrpd does not say")
    }

    @Test("What keeps a router out is counted by its kind")
    func faults() throws {
        var status = try SampleNode(routers: 2).status()
        status.virtualRouters[1].faults = [
            .trackedObject(.external("endpoints")), .interfaceDown("eth0"), .interfaceDown("eth1"),
        ]
        #expect(
            lines(EngineReport(status: status), "vrrp_faults") == [
                "vrrp_faults{intf=\"eth0\",name=\"ns/web-1\",vrid=\"2\",kind=\"interface-down\"} 2",
                "vrrp_faults{intf=\"eth0\",name=\"ns/web-1\",vrid=\"2\",kind=\"tracked-external\"} 1",
            ])
    }

    @Test("A failed load and a lost API server show")
    func surroundings() throws {
        let contact = WallTime(millisecondsSinceEpoch: 1_500)
        let report = EngineReport(
            status: try SampleNode(routers: 1).status(loadError: "definitions.json:3:1: no"),
            controlPlane: ControlPlaneReport(
                connection: .init(isUp: false, lastContact: contact)))
        #expect(lines(report, "vrrp_definitions_last_load_success") == ["vrrp_definitions_last_load_success 0"])
        #expect(lines(report, "vrrp_definitions_generation") == ["vrrp_definitions_generation 7"])
        #expect(lines(report, "vrrp_api_connected") == ["vrrp_api_connected 0"])
        #expect(
            lines(report, "vrrp_api_last_contact_timestamp_seconds")
                == ["vrrp_api_last_contact_timestamp_seconds 1.5"])
    }

    @Test("The same report gives the same text, also after its way over the control socket")
    func determinism() throws {
        var node = try SampleNode(routers: 30)
        node.pass(.seconds(3), hearing: [2, 4, 77])
        var status = node.status()
        status.sendFailures = [SendFailureStatus(interface: "eth0", packets: 12)]
        let copy = try NodeStatus(JSONReader(JSONNode.parse(Array(status.json.text().utf8))))
        #expect(copy == status)
        #expect(text(EngineReport(status: copy)) == text(EngineReport(status: status)))
    }

    @Test("Packets that could not be sent are counted for each interface, from 0 on")
    func sendFailures() throws {
        var status = try SampleNode(routers: 300).status()
        #expect(status.receivers.map(\.interface).contains("eth1"))
        status.sendFailures = [SendFailureStatus(interface: "eth1", packets: 12)]
        let lines = text(EngineReport(status: status)).split(separator: "\n").filter {
            $0.hasPrefix("vrrp_send_failures_total{")
        }
        #expect(lines == ["vrrp_send_failures_total{intf=\"eth0\"} 0", "vrrp_send_failures_total{intf=\"eth1\"} 12"])
    }

    @Test("mehdy's exporter's families have its names, types and labels, and each counter the value of the engine's")
    func stateFamilies() throws {
        var status = try SampleNode(routers: 1).status()
        status.virtualRouters[0].counters = try Self.counters(numbered: [
            "advertisement-rcvd", "advertisement-sent", "master-transitions", "active-exits", "packet-length-errors",
            "interval-errors", "ip-ttl-errors", "invalid-type-pkts-rcvd", "address-list-errors", "invalid-auth-type",
            "auth-type-mismatch", "auth-failures", "priority-zero-pkts-rcvd", "priority-zero-pkts-sent",
        ])
        var excluded = status.virtualRouters[0].addresses[0]
        excluded.isAdvertised = false
        excluded.prefixLength = 24
        status.virtualRouters[0].addresses.append(excluded)
        status.trackedObjects = [
            TrackedObjectStatus(name: "endpoints of shop/web", isGood: true),
            TrackedObjectStatus(name: "script chk", isGood: true, scriptPhase: .terminating),
            TrackedObjectStatus(name: "script new", isGood: nil, scriptPhase: .idle),
        ]
        let labels = #"{iname="ns/web-0",intf="eth0",vrid="1"}"#
        let counters: [(name: String, help: String, value: Int)] = [
            ("address_list_errors", "Address list errors", 9),
            ("advertisements_interval_errors", "Advertisement interval errors", 6),
            ("advertisements_received", "Advertisements received", 1),
            ("advertisements_sent", "Advertisements sent", 2),
            ("authentication_failure", "Authentication failure", 12),
            ("authentication_invalid", "Authentication invalid", 10),
            ("authentication_mismatch", "Authentication mismatch", 11), ("become_master", "Became master", 3),
            (
                "gratuitous_arp_delay",
                "Gratuitous ARP delay: seconds from becoming active until addresses are announced again", 5
            ),
            ("invalid_type_received", "Invalid type errors", 8), ("ip_ttl_errors", "TTL errors", 7),
            ("packet_length_errors", "Packet length errors", 5),
            ("priority_zero_received", "Priority zero received", 13),
            ("priority_zero_sent", "Priority zero sent", 14), ("release_master", "Released master", 4),
        ]
        let expected = counters.map { counter in
            """
            # HELP keepalived_\(counter.name)_total \(counter.help)
            # TYPE keepalived_\(counter.name)_total counter
            keepalived_\(counter.name)_total\(labels) \(counter.value)

            """
        }
        let rest = """
            # HELP keepalived_script_state Tracker script state: 0 idle, 1 running, 2 requested termination, 3 forcing termination
            # TYPE keepalived_script_state gauge
            keepalived_script_state{name="chk"} 2
            keepalived_script_state{name="new"} 0
            # HELP keepalived_script_status Tracker script status: 0 bad, 1 good
            # TYPE keepalived_script_status gauge
            keepalived_script_status{name="chk"} 1
            keepalived_script_status{name="new"} 0
            # HELP keepalived_vrrp_excluded_state State of vrrp with excluded addresses
            # TYPE keepalived_vrrp_excluded_state gauge
            keepalived_vrrp_excluded_state{iname="ns/web-0",intf="eth0",ip_address="10.0.0.1/24",vrid="1"} 2
            # HELP keepalived_vrrp_state State of vrrp: 0 initialize, 1 backup, 2 master, 3 fault
            # TYPE keepalived_vrrp_state gauge
            keepalived_vrrp_state{iname="ns/web-0",intf="eth0",ip_address="10.0.0.1",vrid="1"} 2

            """
        let others = ["keepalived_up", "keepalived_exporter_build_info"] + Self.gen2brain
        let families = EngineMetrics.families(of: EngineReport(status: status)).filter {
            $0.name.hasPrefix("keepalived_") && !others.contains($0.name)
        }
        #expect(Exposition.text(of: families) == expected.joined() + rest)
    }

    private static let gen2brain = InstanceCounter.allCases.map { "keepalived_vrrp_\($0.rawValue)" }

    /// Counters of which each has its place in `names` as its value, from 1.
    private static func counters(numbered names: [String]) throws -> CounterList {
        let members = names.enumerated().map { "\"\($1)\":\($0 + 1)" }.joined(separator: ",")
        return try CounterList(JSONReader(JSONNode.parse("{\(members)}")))
    }

    @Test("What was discarded is counted by its reason, and claims of addresses by themselves")
    func discardsAndClaims() throws {
        let reasons = [
            "address-list": "address-list-errors", "authentication-failure": "auth-failures",
            "authentication-mismatch": "auth-type-mismatch", "authentication-type": "invalid-auth-type",
            "checksum": "checksum-errors", "destination": "destination-errors", "hop-limit": "ip-ttl-errors",
            "interval": "interval-errors", "ip-header": "ip-header-errors", "length": "packet-length-errors",
            "source": "source-errors", "type": "invalid-type-pkts-rcvd", "version": "version-errors",
            "vrid": "vrid-errors",
        ].sorted { $0.key < $1.key }
        var status = try SampleNode(routers: 1).status()
        status.virtualRouters[0].counters = try Self.counters(numbered: reasons.map(\.value) + ["address-claims"])
        let labels = #"intf="eth0",name="ns/web-0",vrid="1""#
        let report = EngineReport(status: status)
        #expect(
            lines(report, "vrrp_discarded_packets_total")
                == reasons.enumerated().map { "vrrp_discarded_packets_total{\(labels),reason=\"\($1.key)\"} \($0 + 1)" }
        )
        #expect(lines(report, "vrrp_address_claims_total") == ["vrrp_address_claims_total{\(labels)} 15"])
    }

    @Test("The last transition names the other router that had a part in it, where one had")
    func transitionPeer() throws {
        var node = try SampleNode(routers: 2)
        node.pass(.seconds(10))
        func transition() -> String? { lines(EngineReport(status: node.status()), "vrrp_last_transition_info").last }
        let labels = #"intf="eth0",name="ns/web-1",vrid="2""#
        #expect(transition() == "vrrp_last_transition_info{\(labels),peer=\"\",reason=\"active-router-silent\"} 1")
        node.hear(2)
        #expect(
            transition() == "vrrp_last_transition_info{\(labels),peer=\"192.0.2.200\",reason=\"higher-priority\"} 1")
        node.pass(.seconds(10))
        #expect(
            transition()
                == "vrrp_last_transition_info{\(labels),peer=\"192.0.2.200\",reason=\"active-router-silent\"} 1",
            "the one that was active before")
    }

    @Test("Every family is in the catalogue, with its type and exactly its labels, and has a help text of its own")
    func catalogue() throws {
        let known = Dictionary(uniqueKeysWithValues: EngineMetrics.catalogue.map { ($0.name, $0) })
        var node = try SampleNode(routers: 4)
        node.hear(99)
        let report = EngineReport(
            status: node.status(),
            controlPlane: ControlPlaneReport(
                connection: .init(isUp: true, lastContact: WallTime(millisecondsSinceEpoch: 0))))
        let families = EngineMetrics.families(of: report)
        for family in families {
            let description = try #require(known[family.name])
            #expect(description.kind == family.kind && description.help == family.help)
            for sample in family.samples {
                #expect(
                    (sample.labels.names + sample.further.names).sorted() == description.labels.sorted(),
                    "\(family.name)")
            }
        }
        #expect(Set(families.map(\.name)) == Set(known.keys))
    }

    @Test("Thousands of virtual routers on many interfaces are no different")
    func many() throws {
        let families = EngineMetrics.families(of: EngineReport(status: try SampleNode(routers: 4080).status()))
        #expect(families.first { $0.name == "vrrp_priority" }?.samples.count == 4080)
        #expect(Exposition.octets(of: families).count < 64 << 20)
    }
}

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

    @Test("A vrrpd that does not answer is all that is known; both names of that are there")
    func silence() {
        #expect(
            text(EngineReport(status: nil)) == """
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
        let status = node.status()
        let copy = try NodeStatus(JSONReader(JSONNode.parse(Array(status.json.text().utf8))))
        #expect(copy == status)
        #expect(text(EngineReport(status: copy)) == text(EngineReport(status: status)))
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

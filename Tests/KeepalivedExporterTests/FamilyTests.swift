import ControlProtocol
import EngineMetrics
import KeepalivedExporter
import Telemetry
import Testing
import VRRP
import VRRPEngine

@Suite("The exporter's metrics")
struct FamilyTests {
    @Test("They have gen2brain's names, types, help texts and labels; TTL errors are TTL errors")
    func text() {
        let text = Exposition.text(of: KeepalivedFamilies.families(of: Array(Samples.records.prefix(1))))
        let labels = #"{intf="eth0",name="ns/web",state="BACKUP",vrid="51"}"#
        let expected: [(name: String, help: String, value: Int)] = [
            ("addr_list_err", "Address list errors", 9), ("advert_interval_err", "Advertisement interval errors", 8),
            ("advert_rcvd", "Advertisements received", 1), ("advert_sent", "Advertisements sent", 2),
            ("auth_failure", "Authentication failure", 12), ("authtype_mismatch", "Authentication mismatch", 11),
            ("become_master", "Became master", 3), ("invalid_authtype", "Authentication invalid", 10),
            ("invalid_type_rcvd", "Invalid type errors", 7), ("ip_ttl_err", "TTL errors", 6),
            ("packet_len_err", "Packet length errors", 5), ("pri_zero_rcvd", "Priority zero received", 13),
            ("pri_zero_sent", "Priority zero sent", 14), ("release_master", "Released master", 4),
        ]
        let families = expected.map { family in
            """
            # HELP keepalived_vrrp_\(family.name) \(family.help)
            # TYPE keepalived_vrrp_\(family.name) counter
            keepalived_vrrp_\(family.name)\(labels) \(family.value)

            """
        }
        #expect(
            text == "# HELP keepalived_up Status\n# TYPE keepalived_up gauge\nkeepalived_up 1\n" + families.joined())
    }

    @Test("When nothing could be gathered that is said once, and nothing else")
    func down() {
        #expect(
            Exposition.text(of: KeepalivedFamilies.families(of: nil))
                == "# HELP keepalived_up Status\n# TYPE keepalived_up gauge\nkeepalived_up 0\n")
        #expect(
            Exposition.text(of: KeepalivedFamilies.families(of: []))
                == "# HELP keepalived_up Status\n# TYPE keepalived_up gauge\nkeepalived_up 1\n")
    }

    @Test("Dump files have mehdy's families as well, with its names, types, labels and numbers")
    func fromDumps() {
        let report = KeepalivedReport(instances: Samples.records, scripts: Samples.scripts)
        let text = Exposition.text(of: EngineMetrics.families(of: report))
        let lines = text.split(separator: "\n").map(String.init)
        let labels = #"{iname="ns/web",intf="eth0",vrid="51"}"#
        for line in [
            "keepalived_advertisements_received_total\(labels) 1", "keepalived_ip_ttl_errors_total\(labels) 6",
            "keepalived_gratuitous_arp_delay_total\(labels) 5",
            #"keepalived_vrrp_state{iname="ns/web",intf="eth0",ip_address="192.0.2.100",vrid="51"} 1"#,
            #"keepalived_vrrp_excluded_state{iname="ns/web",intf="eth1",ip_address="192.0.2.101/24",vrid="51"} 1"#,
            #"keepalived_vrrp_state{iname="ns/web/2001:db8::1",intf="vrrp.52",ip_address="fe80::64",vrid="52"} 2"#,
            #"keepalived_script_status{name="ns/web"} 1"#, #"keepalived_script_status{name="new"} 0"#,
            #"keepalived_script_state{name="ns/web"} 2"#, "# TYPE keepalived_vrrp_state gauge",
            "# TYPE keepalived_advertisements_received_total counter", "keepalived_up 1",
        ] {
            #expect(lines.contains(line), "\(line) is not in\n\(text)")
        }
        #expect(!text.contains(#"keepalived_script_state{name="new"}"#) && !text.contains("\nvrrp_"))
        #expect(lines.contains { $0.hasPrefix("keepalived_exporter_build_info{") })
    }

    @Test(
        "Of vrrpd there is everything, and when it falls silent, that it has; of keepalived vrrpd's metrics say nothing"
    )
    func sources() throws {
        func names(_ metrics: inout ExporterMetrics, _ gathered: Gathered?) -> [String] {
            metrics.families(of: gathered).filter { !$0.samples.isEmpty }.map(\.name)
        }
        let time = WallTime(millisecondsSinceEpoch: 0)
        let daemon = DaemonStatus(
            version: "1", processID: 1, startTime: nil, uptime: .seconds(1), definitionsFile: "keepalived.conf",
            lastLoad: DefinitionsLoad(time: time))
        let status = NodeStatus(Engine().snapshot(at: .zero), daemon: daemon, time: time)
        var metrics = ExporterMetrics()
        #expect(names(&metrics, nil) == ["keepalived_up"])
        let all = names(&metrics, .status(status))
        #expect(all.contains("keepalived_up") && all.contains("vrrp_engine_up") && all.contains("vrrp_virtual_routers"))
        #expect(names(&metrics, nil) == ["keepalived_up", "keepalived_exporter_build_info", "vrrp_engine_up"])
        #expect(!names(&metrics, .dumps(KeepalivedReport(instances: []))).contains("vrrp_engine_up"))
        #expect(names(&metrics, nil) == ["keepalived_up"])
    }

    @Test("Two instances that cannot be told apart do not make two values of one series")
    func duplicates() {
        let families = KeepalivedFamilies.families(of: [Samples.records[0], Samples.records[0]])
        #expect(families.allSatisfy { $0.samples.count == 1 })
    }
}

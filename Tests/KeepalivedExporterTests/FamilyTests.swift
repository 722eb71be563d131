import EngineMetrics
import KeepalivedExporter
import Telemetry
import Testing

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

    @Test("Two instances that cannot be told apart do not make two values of one series")
    func duplicates() {
        let families = KeepalivedFamilies.families(of: [Samples.records[0], Samples.records[0]])
        #expect(families.allSatisfy { $0.samples.count == 1 })
    }
}

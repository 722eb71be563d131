import Foundation
import Testing
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Dump files as exporters read them")
struct ExporterTests {
    /// Everything that could lead a reader astray: both families, a virtual MAC, unicast, lists of all kinds, scripts.
    private static let configuration = """
        vrrp_script chk {
            script "/bin/true a=b State = MASTER"
            weight 2
        }
        vrrp_script bad {
            script /bin/false
            weight -5
        }
        vrrp_instance ns/web {
            interface eth0
            virtual_router_id 51
            garp_master_delay 7
            notify "/bin/true State = nonsense"
            strict_mode off
            track_interface {
                eth1 weight 5
            }
            track_script {
                chk
                bad
            }
            virtual_ipaddress {
                192.0.2.100/24
                192.0.2.101 label eth0:1
            }
            virtual_ipaddress_excluded {
                192.0.2.110
                2001:db8::110/64
            }
            virtual_routes {
                198.51.100.0/24 via 192.0.2.9 dev eth0
            }
            virtual_rules {
                from 198.51.100.0/24 table 5 priority 400
            }
        }
        vrrp_instance six {
            interface eth0
            virtual_router_id 52
            dont_track_primary
            skip_check_adv_addr
            virtual_ipaddress {
                fe80::64
                2001:db8::100/64
            }
        }
        vrrp_instance mac {
            interface eth0
            virtual_router_id 53
            use_vmac
            virtual_ipaddress {
                192.0.2.103
            }
        }
        vrrp_instance peers {
            interface eth0
            virtual_router_id 54
            strict_mode
            version 3
            unicast_peer {
                192.0.2.20
                192.0.2.21
            }
            virtual_ipaddress {
                192.0.2.104
            }
        }
        vrrp_sync_group G {
            group {
                six
                mac
            }
            track_script {
                bad
            }
        }

        """

    private static func source() throws -> DumpSource {
        let configuration = try load(configuration)
        #expect(!configuration.hasErrors)
        var source = try DumpTests.source(Self.configuration)
        source.tracked.scripts = configuration.scripts.map {
            .init($0, command: $0.command, user: 0, group: 0)
        }
        source.trackedObjects["script chk"] = true
        return source
    }

    private static let names = ["ns/web", "six", "mac", "peers"]

    @Test("The exporter of keepalived-operator finds every instance with its interface, identifier and state")
    func textExporter() throws {
        let source = try Self.source()
        let instances = TextExporter.instances(in: try #require(DumpFile.data.content(source)))
        #expect(instances.map(\.name) == Self.names)
        #expect(instances.map(\.identifier) == [51, 52, 53, 54])
        // It takes the whole of what keepalived says of a virtual MAC interface.
        #expect(instances.map(\.interface) == ["eth0", "eth0", "vrrp.53, vmac on eth0", "eth0"])
        #expect(instances.map(\.state) == ["BACKUP", "FAULT", "FAULT", "BACKUP"])
        #expect(instances.map(\.wanted) == ["BACKUP", "FAULT", "FAULT", "BACKUP"])
        #expect(instances.allSatisfy { $0.lastTransition == 1_700_000_000.000042 })
        let statistics = ExporterText.statistics(in: try #require(DumpFile.statistics.content(source)))
        #expect(statistics.names == Self.names && statistics.areNumbers)
    }

    @Test("The exporter that tells addresses finds those of each instance and no others, and every script")
    func addressExporter() throws {
        let source = try Self.source()
        let data = try #require(DumpFile.data.content(source))
        let instances = try #require(AddressExporter.instances(in: data))
        #expect(instances.keys.sorted() == Self.names.sorted())
        let addresses = Self.names.map { instances[$0]?.addresses }
        func on(_ interface: String, _ list: [String]) -> [AddressExporter.Address?] {
            list.map { AddressExporter.Address("\($0) dev \(interface)") }
        }
        #expect(
            addresses == [
                on("eth0", ["192.0.2.100/24", "192.0.2.101"]), on("eth0", ["fe80::64", "2001:db8::100/64"]),
                on("vrrp.53@eth0", ["192.0.2.103"]), on("eth0", ["192.0.2.104"]),
            ])
        #expect(Self.names.map { instances[$0]?.state } == [1, 3, 3, 1])
        #expect(Self.names.map { instances[$0]?.identifier } == [51, 52, 53, 54])
        #expect(Self.names.map { instances[$0]?.announcementDelay } == [7, 5, 5, 5])
        #expect(instances["mac"]?.interface == "vrrp.53, vmac on eth0")
        #expect(
            AddressExporter.scripts(in: data) == [
                .init(name: "chk", status: 1, state: 0), .init(name: "bad", status: 0, state: 0),
            ])
    }

    /// What both exporters decode of an element of keepalived.json, with the types that they want.
    private struct Element: Decodable {
        struct Data: Decodable {
            var iname: String, ifp_ifname: String
            var last_transition: Double
            var vrid: Int, state: Int, wantstate: Int, garp_delay: Int
            var vips: [String]
            var evips: [String]?
        }

        var data: Data
        var stats: [String: Int]
    }

    @Test("keepalived.json has the types that exporters want, and names the virtual MAC interface alone")
    func json() throws {
        let text = try #require(DumpFile.json.content(try Self.source()))
        let elements = try JSONDecoder().decode([Element].self, from: Data(text.utf8))
        #expect(elements.map(\.data.iname) == Self.names)
        #expect(elements.map(\.data.ifp_ifname) == ["eth0", "eth0", "vrrp.53", "eth0"])
        #expect(elements.map(\.data.state) == [1, 3, 3, 1])
        #expect(elements.allSatisfy { $0.stats.count == 14 })
        // Go does not take 5.0 for a whole number.
        #expect(text.matches(of: /"garp_delay":[0-9]+,/).count == Self.names.count)
        let lists = elements.flatMap { $0.data.vips + ($0.data.evips ?? []) }
        #expect(lists.compactMap { AddressExporter.Address($0)?.address }.count == 8)
        #expect(elements[0].data.evips?.map { AddressExporter.Address($0)?.interface } == ["eth0", "eth0"])
    }
}

import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Dump files")
struct DumpTests {
    /// An engine with the instances of a keepalived.conf, three seconds after its start.
    private static func source(_ text: String) throws -> DumpSource {
        let configuration = try load(text)
        var engine = Engine()
        var effects: [Effect] = []
        try engine.apply(configuration.definitions, at: .zero, effects: &effects)
        engine.interfacesResynchronized(
            [
                HostInterface(
                    index: 2, name: "eth0", isRunning: true, macAddress: MACAddress(rawValue: 0x0200_0000_0001),
                    addresses: [HostAddress(.v4(IPv4Address(192, 0, 2, 10)), prefixLength: 24)])
            ], at: .zero, effects: &effects)
        let now = Instant.zero + .seconds(3)
        return DumpSource(engine.snapshot(at: now), routerID: "node", wallMicroseconds: 1_700_000_003_000_042)
    }

    private static func instance(_ lines: String...) -> String {
        "vrrp_instance VI {\n" + (["interface eth0", "virtual_router_id 51"] + lines).joined(separator: "\n")
            + "\nvirtual_ipaddress {\n192.0.2.100\n}\n}\n"
    }

    @Test("A backup that hears nobody yet says so, and since when")
    func backup() throws {
        let source = try Self.source(Self.instance("version 3", "advert_int 0.25", "preempt_delay 60"))
        let data = try #require(DumpFile.data.content(source))
        for line in [
            " VRRP Instance = VI", "   State = BACKUP", "   Wantstate = BACKUP", "   Advert interval = 250 milli-sec",
            "   Master advert int = 0.25 sec", "   Preempt delay = 60 secs", "   Virtual IP (1):",
            "     192.0.2.100 dev eth0 scope global",
        ] { #expect(data.contains("\n\(line)\n"), "\(line)") }
        #expect(data.contains("   Last transition = 1700000000.000042 ("))
        let json = try #require(DumpFile.json.content(source))
        #expect(json.contains(#""last_transition":1700000000.000042,"#))
        #expect(json.contains(#""adver_int":0.25,"master_adver_int":0.25,"#))
        #expect(json.contains(#""preempt_delay":60,"state":1,"wantstate":1,"#))
    }

    @Test("An instance whose interface is missing is in FAULT")
    func fault() throws {
        let source = try Self.source(
            Self.instance("advert_int 1").replacing("interface eth0", with: "interface eth9"))
        #expect(try #require(DumpFile.data.content(source)).contains("\n   State = FAULT\n"))
        #expect(try #require(DumpFile.json.content(source)).contains(#""state":3,"wantstate":1"#))
    }

    @Test("Counts of announcements are those of the configuration")
    func announcements() throws {
        let source = try Self.source(
            Self.instance(
                "garp_master_delay 7", "garp_master_repeat 3", "garp_master_refresh 30",
                "garp_master_refresh_repeat 2"))
        let json = try #require(DumpFile.json.content(source))
        #expect(json.contains(#""garp_delay":7,"garp_refresh":30,"garp_rep":3,"garp_refresh_rep":2,"#))
    }

    @Test("Names are quoted as JSON and as keepalived do")
    func quoting() throws {
        let source = try Self.source(Self.instance().replacing("vrrp_instance VI", with: #"vrrp_instance "ns/web 6""#))
        #expect(try #require(DumpFile.json.content(source)).contains(#""iname":"ns\/web 6","#))
    }

    @Test("Without instances there is a data file, an empty statistics file and no JSON file")
    func empty() throws {
        let source = try Self.source("global_defs {\n}\n")
        #expect(DumpFile.data.content(source)?.contains("Router ID = node") == true)
        #expect(DumpFile.statistics.content(source) == "")
        #expect(DumpFile.json.content(source) == nil)
    }
}

import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Dump files")
struct DumpTests {
    /// An engine with the instances of a keepalived.conf, three seconds after its start.
    static func source(_ text: String) throws -> DumpSource {
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
        var source = DumpSource(engine.snapshot(at: now), routerID: "node", wallMicroseconds: 1_700_000_003_000_042)
        source.notifications = NotificationState(configuration.notifications)
        source.strictInstances = configuration.strictInstances
        source.globals = configuration.globals
        return source
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
        let data = try #require(DumpFile.data.content(source))
        #expect(data.contains("\n   State = FAULT\n   Wantstate = FAULT\n"))
        #expect(try #require(DumpFile.json.content(source)).contains(#""state":3,"wantstate":3"#))
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

    @Test("The parent's file has the global definitions alone, without what its other process fills in")
    func parent() throws {
        var source = try Self.source(
            "global_defs {\nvrrp_no_swap\nvrrp_rt_priority 9\nvrrp_cpu_affinity 1 0\nnftables\nsmtp_server mx\n}\n")
        source.globals.host.name = "host"
        source.globals.host.user = "somebody"
        source.globals.host.scriptAccount = .init(user: 7, group: 8)
        let text = try #require(DumpFile.parent.content(source))
        for lines in [
            " VRRP don't swap = true\n VRRP realtime priority = 9\n VRRP CPU Affinity = 0 1 \n",
            " nftables table name = keepalived\n nftables base chain priority = -1\n",
            " Smtp server = mx\n Smtp server port = 25\n",
            " Smtp HELO name = host\n Smtp server connection timeout = 30\n Email notification from = somebody@host\n",
            " Script security disabled\n Default script uid:gid 7:8\n",
            " Gratuitous ARP lower priority delay = 4294967295\n Gratuitous ARP lower priority repeat = 4294967295\n",
        ] { #expect(text.contains(lines), "\(lines)") }
        let data = try #require(DumpFile.data.content(source))
        let common = text.replacing(" priority delay = 4294967295", with: " priority delay = 5")
            .replacing(" priority repeat = 4294967295", with: " priority repeat = 5")
        #expect(data.replacing(" Default interface = eth0\n", with: "").hasPrefix(common))
        #expect(data.contains(" Default interface = eth0\n") && !text.contains("Default interface"))
    }

    @Test("A script without a result counts as one that has none yet, and not as a fault")
    func scriptWithoutResult() throws {
        let script = "vrrp_script chk {\nscript /bin/true\n}\n"
        let text = script + Self.instance("track_script {\nchk\n}")
        var source = try Self.source(text)
        let counts = "interface and track script faults = 0\n   Number of track scripts init = 1\n"
        #expect(try #require(DumpFile.data.content(source)).contains(counts))
        source.trackedObjects["script chk"] = false
        let failed = "interface and track script faults = 1\n   Number of track scripts init = 0\n"
        #expect(try #require(DumpFile.data.content(source)).contains(failed))
    }

    @Test("Commands are told as they run here and whom they run as; as they are written where that is unknown")
    func commands() throws {
        let text = Self.instance("notify_stop \"/bin/true 'a b'\"", "notify /bin/false")
        var source = try Self.source(text)
        let definitions = source.notifications.definitions
        let stop = try #require(definitions.instances.first?.scripts.byState[.stop])
        source.notifications = NotificationState(
            definitions, commands: [stop: .init(words: ["/usr/bin/true", "a b"], user: 1, group: 2)])
        let data = try #require(DumpFile.data.content(source))
        #expect(data.contains("   Stop state transition script = '/usr/bin/true' 'a b', uid:gid 1:2\n"))
        #expect(data.contains("   Generic state transition script = '/bin/false'\n"))
        let json = try #require(DumpFile.json.content(source))
        #expect(json.contains(#""script_stop":"'\/usr\/bin\/true' 'a b'","script":"'\/bin\/false'","vips":"#))
    }

    @Test("What is tracked stands in lists of the instance and of the group, and in sections of its own")
    func tracking() throws {
        let text = """
            vrrp_script chk {
                script "/bin/true 'a b'"
                interval 0.5
                timeout 2
                weight -7 reverse
            }
            track_file f { file /run/f }
            vrrp_track_process p {
                process haproxy -f x
                param_match initial
                quorum_max 3
                terminate_delay 0.5
            }
            vrrp_sync_group G {
                group { VI }
                track_process { p }
                sync_group_tracking_weight
            }

            """
        let body = [
            "track_script {\nchk weight 0\n}", "track_file {\nf weight 3 reverse\n}", "track_interface {\neth1\n}",
        ]
        let whole = text + Self.instance(body.joined(separator: "\n"))
        let configuration = try load(whole)
        #expect(!configuration.hasErrors)
        var source = try Self.source(whole)
        source.tracked.scripts = configuration.scripts.map {
            .init($0, command: ["/usr/bin/true", "a b"], user: 1, group: 2)
        }
        source.tracked.scripts[0].level = 1
        source.tracked.scripts[0].phase = .terminating
        source.tracked.files = configuration.trackedFiles
        source.tracked.processes = configuration.trackedProcesses.map { .init($0, count: 2, isGood: true) }
        source.tracked.effects = configuration.trackingEffects
        source.tracked.groupsAllowingWeights = configuration.groupsAllowingWeights
        source.trackedObjects["script chk"] = true
        source.trackedNumbers["file f"] = -4
        let data = try #require(DumpFile.data.content(source))
        let expected = """
               Tracked interfaces :
                 eth1 weight 0
               Tracked scripts :
                 chk weight 0 reverse
               Tracked files :
                 f, weight 3 reverse
               Using smtp notification = no
               Notify deleted = Fault
               Notify priority changes = false
            ------< VRRP Sync groups >------
             VRRP Sync Group = G, FAULT
               Num member fault 1, num member init 0
               VRRP member instances :
                 VI
               sync group tracking weight set
               Using smtp notification = no
               Tracked process :
                 p, weight 1
            ------< VRRP Scripts >------
             VRRP Script = chk
               Command = '/usr/bin/true' 'a b'
               Interval = 0.500 sec
               Timeout = 2 sec
               Weight = -7 reverse
               Rise = 1
               Fall = 1
               Result = 1
               Insecure = no
               Init state = unknown
               Status = GOOD
               Script uid:gid = 1:2
               VRRP instances :
               Tracking instances :
                 VI, weight 0 reverse
               State = requested termination
            ------< VRRP Track files >------
             Track file = f
               File = /run/f
               Status = -4
               Weight = 1
               Tracking instances :
                 VI, weight 3 reverse
            ------< VRRP Track processes >------
             VRRP Track process = p
               Process = haproxy
               Parameters = -f x
               Param match = initial
               Min processes = 1
               Max processes = 3
               Current processes = 2
               Have quorum = true
               Weight = 1
               Terminate delay = 0.500000s
               Fork delay = 0.000000s
               Fork delay timer not running
               Terminate delay timer not running
               Full command = true
               Tracking instances :
                 VI, weight 1

            """
        #expect(data.hasSuffix(expected), "\(data)")
        #expect(data.contains("   VRRP Version = 2\n   Sync group = G\n   State = FAULT\n"))
        let json = try #require(DumpFile.json.content(source))
        #expect(json.contains(#""track_ifp":["eth1"],"track_script":["'\/usr\/bin\/true' 'a b'"],"auth_type":0"#))
        source.jsonVersion = 2
        let second = try #require(DumpFile.json.content(source))
        #expect(second.hasPrefix(#"{"vrrp":[{"data":{"iname":"VI","#))
        #expect(
            second.hasSuffix(
                #","track_process":[{"process":"haproxy","parameters":"-f x","param_match":"initial","#
                    + #""min_processes":1,"max_processes":3,"current_processes":2,"have_quorum":true,"weight":1,"#
                    + #""terminate_delay":0.500000,"fork_delay":0.000000,"fork_delay_timer_running":false,"#
                    + #""terminate_delay_timer_running":false,"full_command":true}]}"# + "\n"))
    }
}

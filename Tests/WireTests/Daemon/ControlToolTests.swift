import Foundation
import Glibc
import JSONDocument
import NetworkLab
import class NetworkLab.Host
import Testing

@Suite("What vrrpctl shows", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ControlToolTests {
    private static let object = "endpoints of shop/web"
    private static let addresses = (100..<105).map { "192.0.2.\($0)" }
    private static let router = RouterText.router(
        addresses: addresses,
        with: [
            "advertisementIntervalMilliseconds": 100, "priority": 200,
            "tracking": ["conditions": [["external": .string(object), "weight": -50]]],
        ])
    private static let socket = ["--control-socket", "/run/vrrpd.sock"]

    /// Runs `body` beside a daemon that is active, with its tracked object good.
    private static func withDaemon(_ body: (VRRPDaemon, NetworkLab.Host) async throws -> Void) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(on: dut.host, .routers([router]))
            try await daemon.waitForState(.active, of: "VR")
            _ = try await daemon.track([object: true])
            try await body(daemon, dut.host)
        }
    }

    @Test("status -o wide has counters, the reason and every address, and status three addresses")
    func wide() async throws {
        try await Self.withDaemon { daemon, _ in
            let usual = try await daemon.control("status")
            #expect(usual.contains(" 192.0.2.102 +2 more") && !usual.contains("REASON"))
            let wide = try await daemon.control("status", ["-o", "wide"])
            let lines = wide.split(separator: "\n")
            let headings = try #require(lines.first { $0.hasPrefix("NAME") }).split(separator: " ").joined(
                separator: " ")
            #expect(
                headings
                    == "NAME INTERFACE VRID FAMILY STATE SINCE PRIORITY ACTIVE ROUTER VERSION INTERVAL SENT RECEIVED "
                    + "DISCARDED TOOK OVER REASON ADDRESSES")
            let row = try #require(lines.first { $0.hasPrefix("VR ") })
            #expect(row.contains(" 100 ms ") && row.contains("the active router was silent"), "\(row)")
            for address in Self.addresses { #expect(row.contains(address)) }
            #expect(try await daemon.control("status", ["-o", "json"]).hasPrefix("{"))
        }
    }

    @Test(
        "What cannot be done is refused with what would be right, and changes nothing",
        arguments: [
            (["track", "door"], 64, "a state belongs to it; allowed are door=up and door=down"),
            (["track", "door=open"], 64, "allowed are door=up and door=down"),
            (["track", "door=up"], 1, "vrrpctl status --json lists what is tracked"),
            (["explain", "192.0.2.7"], 1, "there are VR"), (["capture", "nobody"], 1, "vrrpctl status lists them"),
            (["events", "--router", "nobody"], 0, "vrrpctl status lists their names"),
            (["status", "-o", "tabel"], 64, "'table', 'wide' or 'json'"),
            (["drain", "--wait=-1"], 64, "--wait is 0 to 86400 seconds"),
        ] as [([String], Int32, String)])
    func refusals(arguments: [String], status: Int32, sentence: String) async throws {
        try await Self.withDaemon { daemon, host in
            let process = try await host.start(Programs.vrrpctl, arguments + Self.socket)
            let end = try await process.waitForExit()
            #expect(end == .exited(status), "\(process.output)")
            #expect(process.output.contains(sentence), "\(process.output)")
            let after = try await daemon.status()
            #expect(try !after.root.member("drained").bool() && after.router("VR").state == .active)
            #expect(try after.trackedObjects == [Self.object: true])
        }
    }

    @Test(
        "States are painted on a terminal, and neither with NO_COLOR nor on a dumb one",
        arguments: [
            (["TERM": "xterm", "NO_COLOR": ""], true), (["TERM": "xterm", "NO_COLOR": "1"], false),
            (["TERM": "dumb", "NO_COLOR": ""], false),
        ])
    func colour(environment: [String: String], isColoured: Bool) async throws {
        try await Self.withDaemon { daemon, host in
            let command = "\(Programs.vrrpctl) status \(Self.socket.joined(separator: " "))"
            let terminal = try await host.start("script", ["-qec", command, "/dev/null"], environment: environment)
            #expect(try await terminal.waitForExit() == .exited(0), "\(terminal.output)")
            #expect(terminal.output.contains("active"))
            #expect(terminal.output.contains("\u{1b}[32mactive\u{1b}[0m") == isColoured, "\(terminal.output)")
            #expect(terminal.output.contains("\u{1b}[1mNAME") == isColoured)
            #expect(try await daemon.control("status").contains("\u{1b}") == false)
        }
    }

    @Test("watch shows the status, then each event when it happens, also as JSON")
    func watch() async throws {
        try await Self.withDaemon { daemon, host in
            let people = try await host.start(Programs.vrrpctl, ["watch"] + Self.socket)
            let programs = try await host.start(Programs.vrrpctl, ["watch", "--json"] + Self.socket)
            try await people.waitForLine(containing: "this node", within: .seconds(10))
            try await programs.waitForLine(containing: "{\"status\":{", within: .seconds(10))
            _ = try await daemon.track([Self.object: false])
            try await people.waitForLine(containing: "VR: priority 200 → 150", within: .seconds(10))
            try await programs.waitForLine(containing: "\"kind\":\"priority-changed\"", within: .seconds(10))
            let objects = try programs.lines.entries().map { JSONReader(try JSONNode.parse($0.text)) }
            #expect(try objects[0].member("status").member("virtualRouters").elements().count == 1)
            for object in objects.dropFirst() { #expect(try object.member("report").member("router").string() == "VR") }
            for process in [people, programs] { process.killSession() }
        }
    }

    @Test("events --follow goes on from the list with what happens, and --json has one object a line")
    func events() async throws {
        try await Self.withDaemon { daemon, host in
            let follower = try await host.start(Programs.vrrpctl, ["events", "--follow"] + Self.socket)
            let other = try await host.start(
                Programs.vrrpctl, ["events", "--follow", "--router", "OTHER", "--json"] + Self.socket)
            try await follower.waitForLine(containing: "VR: backup → active", within: .seconds(10))
            _ = try await daemon.track([Self.object: false])
            try await follower.waitForLine(containing: "VR: priority 200 → 150", within: .seconds(10))
            _ = try await daemon.track([Self.object: true])
            try await follower.waitForLine(containing: "VR: priority 150 → 200", within: .seconds(10))

            let list = try await daemon.control("events", ["--json"]).split(separator: "\n").map { line in
                JSONReader(try JSONNode.parse(String(line)))
            }
            let numbers = try list.map { try $0.member("sequence").integer() as Int }
            #expect(numbers == Array(1...list.count))
            #expect(
                try list.suffix(2).map { try $0.member("text").string() } == [
                    "VR: priority 200 → 150", "VR: priority 150 → 200",
                ])
            // What follows has the numbers of the list, each once.
            let followed = follower.lines.entries().compactMap { Int($0.text.prefix { $0 != " " }) }
            #expect(followed == numbers)
            let later = try await daemon.control("events", ["--json", "--since", "\(list.count - 1)"])
            #expect(later.split(separator: "\n").count == 1)
            #expect(other.output == "")
            for process in [follower, other] { process.killSession() }
        }
    }

    @Test("convert prints definitions that vrrpd takes, names what they leave behind, and refuses a file with errors")
    func convert() async throws {
        try await Lab.with { lab in
            let host = try await lab.host("dut", addresses: [])
            let file = "\(host.directory)/k.conf"
            let definitions = "\(host.directory)/d.json"
            let script = "vrrp_script chk {\n    script \"/bin/true\"\n    user root\n}\n"
            var instance = KeepalivedInstance(priority: 150)
            instance.lines = ["track_script {", "    chk", "}", "notify \"/bin/true\""]
            try (script + KeepalivedInstance.file(instance)).write(toFile: file, atomically: true, encoding: .utf8)
            let convert = try await host.start(
                "sh", ["-c", "\(Programs.vrrpctl) convert \(file) --generation 9 > \(definitions)"])
            #expect(try await convert.waitForExit() == .exited(0), "\(convert.output)")
            #expect(convert.output.contains("vrrpctl: left behind: "), "\(convert.output)")
            let check = try await host.start(Programs.vrrpd, ["-t", "--definitions", definitions])
            #expect(try await check.waitForExit() == .exited(0), "\(check.output)")
            let reader = JSONReader(try JSONNode.parse(try String(contentsOfFile: definitions, encoding: .utf8)))
            #expect(try reader.member("generation").integer() == 9)
            let router = try reader.member("virtualRouters").elements()[0]
            #expect(try router.member("name").string() == "VI")
            #expect(try router.member("priority").integer() == 150)

            try KeepalivedInstance.file(KeepalivedInstance(priority: 300))
                .write(toFile: file, atomically: true, encoding: .utf8)
            let refused = try await host.start(Programs.vrrpctl, ["convert", file])
            #expect(try await refused.waitForExit() == .exited(1))
            #expect(
                refused.output.contains("k.conf:") && refused.output.contains("300 is not allowed"), "\(refused.output)"
            )
            #expect(!refused.output.contains("virtualRouters"))
        }
    }
}

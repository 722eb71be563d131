import Testing

@testable import KeepalivedCompatibility

@Suite("Files that include others")
struct IncludeTests {
    @Test("An included file takes the place of its line and keeps its own positions")
    func positions() throws {
        let source = MemorySource([
            "/etc/k/k.conf": "vrrp_instance A {\n include parts/a.conf\n priority 300\n}\n",
            "/etc/k/parts/a.conf": "interface eth0\nvirtual_router_id 0\ninclude \"b.conf\" # the rest\n",
            "/etc/k/parts/b.conf": "virtual_ipaddress { 192.0.2.1 }\n",
        ])
        let configuration = try KeepalivedConfiguration.load(
            path: "/etc/k/k.conf", source: source, configurationID: "")
        #expect(
            Set(configuration.diagnostics.map(\.description)) == [
                "/etc/k/parts/a.conf:2: virtual_router_id: 0 is not allowed; allowed is 1 to 255",
                "/etc/k/k.conf:1: vrrp_instance A: virtual_router_id is missing",
                "/etc/k/k.conf:3: priority: 300 is not allowed; allowed is 1 to 255",
            ])
    }

    @Test("A missing file is a warning for include and an error for its stricter forms and with -e")
    func missing() throws {
        let sentence = "gone.conf does not exist"
        let plain = try load("include gone.conf")
        #expect(plain.diagnostics.map(\.description) == ["k.conf:1: include: \(sentence)"])
        #expect(!plain.hasErrors)
        for keyword in ["includer", "includem", "includew", "includeb", "includea"] {
            let strict = try load("\(keyword) gone.conf")
            #expect(strict.diagnostics.map(\.description) == ["k.conf:1: \(keyword): \(sentence)"])
            #expect(strict.hasErrors)
        }
        let all = try KeepalivedConfiguration.load(
            path: "k.conf", source: MemorySource(["k.conf": "include gone.conf"]), configurationID: "",
            requiresIncludes: true)
        #expect(all.hasErrors)
    }

    @Test("A file that includes itself, directly or not, is reported")
    func circles() throws {
        let direct = try load("include k.conf")
        #expect(direct.diagnostics.map(\.description) == ["k.conf:1: include: k.conf includes itself"])
        let indirect = try load("include a", including: ["a": "include b", "b": "include a"])
        #expect(indirect.diagnostics.map(\.description) == ["b:1: include: a includes itself"])
    }

    @Test("Inclusion is bounded in depth, in number and in size")
    func bounds() throws {
        var chain: [String: String] = [:]
        for number in 0..<40 { chain["f\(number)"] = "include f\(number + 1)" }
        #expect(try load("include f0", including: chain).hasErrors)

        var bush: [String: String] = [:]
        for number in 0..<12 { bush["f\(number)"] = String(repeating: "include f\(number + 1)\n", count: 16) }
        #expect(try load("include f0", including: bush).hasErrors)

        let large = String(repeating: "# filled\n", count: 1 << 20)
        let several = try load("include a\ninclude a", including: ["a": large])
        #expect(several.diagnostics.map(\.description).last?.contains("larger than 16777216 octets") == true)
    }

    @Test("Wildcards, definitions and sequences are refused because leaving them out would change the meaning")
    func unsupported() throws {
        #expect(
            try load("include conf.d/*.conf").diagnostics.map(\.description) == [
                "k.conf:1: include: conf.d/*.conf is not allowed; allowed is the path of one file, wildcards are not"
                    + " supported yet"
            ])
        for line in ["$PRIORITY=100", "~SEQ(i, 1, 3) priority $i", "~LST(i, 1, 3) priority $i"] {
            let configuration = try load(line)
            #expect(configuration.hasErrors)
            #expect(configuration.diagnostics.first?.problem == .notSupportedYet)
        }
    }

    @Test("An executable file is used with a warning")
    func executable() throws {
        var source = MemorySource(["k.conf": "global_defs { }"])
        source.files["k.conf"]?.isExecutable = true
        let configuration = try KeepalivedConfiguration.load(path: "k.conf", source: source, configurationID: "")
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:1: k.conf may be executed, which keepalived refuses; remove that permission"
            ])
        #expect(!configuration.hasErrors)
    }
}

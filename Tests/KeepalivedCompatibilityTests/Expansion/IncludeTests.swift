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

    @Test("A missing file is a warning for include and an error for those of its forms that want a match")
    func missing() throws {
        for (keyword, check) in IncludeDirective.keywords {
            let configuration = try load("\(keyword) gone.conf")
            #expect(configuration.diagnostics.map(\.description) == ["k.conf:1: \(keyword): gone.conf does not exist"])
            #expect(configuration.hasErrors == check.contains(.match))
        }
        let all = try KeepalivedConfiguration.load(
            path: "k.conf", source: MemorySource(["k.conf": "include gone.conf"]), configurationID: "",
            requiresIncludes: true)
        #expect(all.hasErrors)
    }

    @Test(
        "Wildcards and braces name several files, in order",
        arguments: [
            ("include d/*.conf", ["a", "b"]),
            ("include d/[b-z].conf", ["b"]),
            ("include d/?.conf", ["a", "b"]),
            ("include d/{b,a}.conf", ["b", "a"]),
            ("include d/{b,{a,e/c}}.conf", ["b", "a", "c"]),
            ("include {d/e/*,d/b}.conf", ["c", "b"]),
            ("include d/*/c.conf", ["c"]),
            ("include d/{a}.conf", ["a"]),
            ("include d/*.cfg", []),
            ("$N=a\ninclude d/${N}.conf", ["a"]),
            ("@node include d/a.conf\n@other include d/b.conf", ["a"]),
            ("~LST(n, b, a) include d/${n}.conf", ["b", "a"]),
        ])
    func wildcards(_ text: String, _ lines: [String]) throws {
        let expanded = try expand(text, including: ["d/a.conf": "a", "d/b.conf": "b", "d/e/c.conf": "c"])
        #expect(expanded.lines == lines)
        #expect(expanded.problems == [])
    }

    @Test(
        "Each form of include wants something else",
        arguments: [
            ("d/*.cfg", ["includew", "includea"], "no file matches d/*.cfg"),
            ("gone/*.conf", ["includem", "includew", "includea"], "gone/ does not exist"),
            ("d/{a,gone}.conf", ["includeb", "includea"], "d/gone.conf does not exist"),
        ])
    func strictness(_ path: String, _ strict: [String], _ sentence: String) throws {
        for (keyword, _) in IncludeDirective.keywords {
            let configuration = try load("\(keyword) \(path)", including: ["d/a.conf": ""])
            #expect(configuration.hasErrors == strict.contains(keyword), "\(keyword)")
            if configuration.hasErrors {
                #expect(configuration.diagnostics.map(\.description) == ["k.conf:1: \(keyword): \(sentence)"])
            }
        }
    }

    @Test("include_check sets what must not fail, up to the end of its file and in the files that it includes")
    func check() throws {
        func errors(_ text: String, _ inner: String = "") throws -> [Int] {
            try load(text, including: ["inner": inner]).diagnostics.filter { $0.severity == .error }.map(\.line)
        }
        #expect(try errors("include gone\nglobal_defs {\ninclude_check\n}\ninclude gone") == [5])
        #expect(try errors("global_defs {\ninclude_check match\n}\ninclude gone\ninclude *.gone") == [4])
        #expect(try errors("global_defs {\ninclude_check +wildcard_match\n}\ninclude gone\ninclude *.gone") == [5])
        #expect(try errors("global_defs {\ninclude_check\ninclude_check -match\n}\ninclude gone") == [])
        #expect(try errors("include inner\ninclude gone", "global_defs { include_check }") == [])
        #expect(try errors("global_defs {\ninclude_check\n}\ninclude inner", "include gone") == [1])
        #expect(try errors("global_defs {\ninclude_check everything\n}") == [2])
        #expect(try errors("global_defs {\ninclude_check match brace_match\n}") == [2])
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

    @Test("Alternatives in braces are bounded")
    func manyAlternatives() throws {
        let path = String(repeating: "{a,b}", count: 40)
        #expect(
            try load("include \(path)").diagnostics.map(\.description) == [
                "k.conf:1: include: more than 1024 files are included"
            ])
        #expect(try load("include " + String(repeating: "{", count: 900)).diagnostics.count == 1)
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

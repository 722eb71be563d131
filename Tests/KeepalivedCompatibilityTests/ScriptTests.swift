import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("Scripts")
struct ScriptTests {
    /// The script `a` of a configuration with `body` in its block, tracked by an instance.
    private func script(_ body: String, global: String = "") throws -> ScriptDefinition {
        let configuration = try load(
            "global_defs {\n\(global)\n}\nvrrp_script a {\n\(body)\n}\n" + instance("track_script {\na\n}"))
        #expect(configuration.diagnostics == [])
        return try #require(configuration.scripts.first)
    }

    /// What is said about a script with `body` on its second line, each as a sentence without the file.
    private func complaints(_ body: String) throws -> [String] {
        let configuration = try load("vrrp_script a {\n\(body)\n}\n" + instance("track_script {\na\n}"))
        return configuration.diagnostics.map { String($0.description.dropFirst("k.conf:".count)) }
    }

    @Test("A script has keepalived's defaults, and its timeout is its interval")
    func defaults() throws {
        var expected = ScriptDefinition(name: "a", command: ["/bin/true"])
        #expect(try script("script /bin/true") == expected)
        expected.interval = .seconds(5)
        expected.timeout = .seconds(5)
        #expect(try script("script /bin/true\ninterval 5") == expected)
    }

    @Test("Every keyword is taken in")
    func keywords() throws {
        var expected = ScriptDefinition(name: "a", command: ["check", "--fast"])
        expected.interval = .milliseconds(250)
        expected.timeout = .seconds(2)
        expected.rise = 3
        expected.fall = 2
        expected.startsFailed = true
        expected.user = ScriptUser(name: "nobody", group: "nogroup")
        let body = """
            script "check --fast"
            interval 0.25
            timeout 2
            rise 3
            fall 2
            init_fail
            user nobody:nogroup
            """
        #expect(try script(body) == expected)
        #expect(try script(body, global: "script_user daemon") == expected)
        expected.user = ScriptUser(name: "daemon", group: "adm")
        expected.needsSafePath = true
        let global = "script_user daemon :adm\nenable_script_security"
        #expect(try script(body.replacing("user nobody:nogroup", with: ""), global: global) == expected)
    }

    @Test("An interval of 0 is read as 1")
    func zero() throws {
        #expect(try script("script /bin/true\ninterval 0\ntimeout 0").interval == .seconds(1))
    }

    @Test(
        "A command is cut into words twice by its quotes and backslashes, as by keepalived, and no shell is meant",
        arguments: [
            ("/bin/a", ["/bin/a"]), ("/bin/a b c", ["/bin/a", "b", "c"]),
            ("\"/bin/a b  c \"", ["/bin/a", "b", "c"]), ("\"/bin/a 'b  c' d\"", ["/bin/a", "b  c", "d"]),
            ("\"/bin/sh -c 'test -e /a && exit 1'\"", ["/bin/sh", "-c", "test -e /a && exit 1"]),
            ("/bin/a \"b c\"", ["/bin/a", "b c"]), ("/bin/a 'b c'", ["/bin/a", "b c"]),
            ("'/bin/a \"b c\" d'", ["/bin/a", "b c", "d"]), ("/bin/a' b c'", ["/bin/a", "b", "c"]),
            // The line takes the first backslash, the command the second one.
            (#""/bin/a b\ c ''""#, ["/bin/a", "b", "c", ""]), (#""/bin/a b\\ c""#, ["/bin/a", "b c"]),
            (#""/bin/a b\nc 'd\te' \x41\101\q""#, ["/bin/a", "b", "c", "d\te", "AAq"]),
            (#"'/bin/a b\nc "d\ne" \\n'"#, ["/bin/a", "b", "c", "d\ne", "\n"]),
            (#""/bin/a '\x41z' \1012 \8 \xg \cA""#, ["/bin/a", "Az", "A2", "8", "xg", "\u{1}"]),
            ("\"pidof $x;y|z\"", ["pidof", "$x;y|z"]),
        ])
    func words(text: String, command: [String]) throws {
        #expect(try script("script \(text)").command == command)
    }

    @Test(
        "A command that cannot be meant so is an error",
        arguments: [
            ("\"/bin/a 'b\"", #""/bin/a \'b""#), ("/bin/a 'b c", #""/bin/a \'b c""#),
            ("\"/bin/a b\\\"", #""/bin/a b\\""#), (#""/bin/a \0""#, #""/bin/a \\0""#),
            (#""/bin/a \x80""#, #""/bin/a \\x80""#),
            ("scripts/check", "scripts/check"), ("\"\"", "\"\""),
        ])
    func notACommand(text: String, value: String) throws {
        let sentence = "2: script: \(value) is not allowed; allowed is \(CommandLineText.allowed)"
        #expect(try complaints("script \(text)").first == sentence)
    }

    @Test("What begins with < is for bash, which alone knows /dev/tcp", arguments: ["\"", "'", ""])
    func redirection(quote: String) throws {
        let text = "</dev/tcp/192.0.2.10/80"
        #expect(try script("script \(quote)\(text)\(quote)").command == ["/bin/bash", "-c", text])
        let notified = try load(instance("notify_master \(quote)\(text)\(quote)"))
        #expect(notified.diagnostics == [])
        #expect(notified.notifications.commands.map(\.words) == [["/bin/bash", "-c", text]])
    }

    @Test(
        "A wrong value is an error",
        arguments: [
            ("interval 0.001", "2: interval: 0.001 is not allowed; allowed is 0.01 to 86400 seconds, or 0 for 1"),
            ("rise 0", "2: rise: 0 is not allowed; allowed is 1 to 1000000"),
            ("weight 255", "2: weight: 255 is not allowed; allowed is -253 to 253"),
            ("weight 5 backwards", "2: weight: backwards is not allowed; allowed is reverse or noreverse"),
            ("user", "2: user: a value is missing; allowed is USER [[:]GROUP]"),
            ("user a b c", "2: user: \"a b c\" is not allowed; allowed is USER [[:]GROUP]"),
        ])
    func wrongValue(line: String, sentence: String) throws {
        #expect(try complaints("\(line)\nscript /bin/true").first == sentence)
    }

    @Test("A script without a command, and one whose name is taken, are errors")
    func incomplete() throws {
        #expect(try complaints("interval 2") == ["1: vrrp_script a: script is missing"])
        let twice = "vrrp_script a { script /bin/true }\n"
        let configuration = try load(twice + twice + instance("track_script { a }"))
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:2: vrrp_script: the name a stands at k.conf:1 already"
            ])
        #expect(configuration.hasErrors)
    }

    @Test("To track a script that does not exist is an error: the instance would be as good as unwatched")
    func unknown() throws {
        let configuration = try load(instance("track_script {\nb\n}"))
        #expect(configuration.hasErrors)
        #expect(
            configuration.diagnostics.map(\.description) == ["k.conf:3: track_script: vrrp_script b is missing"])
    }

    @Test("A script that no instance tracks is left out with a warning")
    func unused() throws {
        let configuration = try load("vrrp_script a { script /bin/true }\n" + instance(""))
        #expect(configuration.scripts == [])
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:1: vrrp_script a: ignored because no instance tracks it"
            ])
    }

    @Test(
        "The weight is that of the instance, else that of the script, its direction likewise; without one a bad script is a fault",
        arguments: [
            ("", "", TrackingEffect.fault), ("weight 0", "", .fault), ("weight -20", "", .weight(-20)),
            ("weight -20 reverse", "", .reversedWeight(-20)), ("weight 254", "", .weight(253)),
            ("weight -20", "weight 30", .weight(30)), ("weight -20 reverse", "weight 30", .reversedWeight(30)),
            ("weight -20 reverse", "weight 30 noreverse", .weight(30)), ("weight 0 reverse", "", .reversedFault),
            ("", "weight 0 reverse", .reversedFault),
            ("weight -20", "reverse", .reversedWeight(-20)), ("weight 20", "weight 0", .fault),
            ("", "weight 30 reverse", .reversedWeight(30)),
        ] as [(String, String, TrackingEffect)])
    func weight(script: String, entry: String, effect: TrackingEffect) throws {
        let configuration = try load(
            "vrrp_script a {\nscript /bin/true\n\(script)\n}\n" + instance("track_script {\na \(entry)\n}"))
        #expect(!configuration.hasErrors)
        let router = try #require(configuration.definitions.virtualRouters.first)
        #expect(router.tracking.conditions == [.init(.external("script a"), effect: effect)])
    }
}

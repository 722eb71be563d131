import JSONDocument
import Testing
import VRRPEngine

@Suite("Errors of definitions.json")
struct DefinitionsJSONErrorTests {
    /// A document whose fourth line is under test.
    private static func error(line: String) throws -> DefinitionsJSONError? {
        let fields = [
            "name": #""a""#, "interface": #""eth0""#, "family": #""ipv4""#, "virtualRouterID": "7",
            "addresses": #"["192.0.2.1"]"#,
        ]
        let others = fields.filter { !line.contains("\"\($0.key)\":") || line.contains("{\"") }
            .map { "\"\($0.key)\": \($0.value)" }
        let text = "{\"version\": 1,\n\"virtualRouters\": [\n{\n\(line),\n\(others.joined(separator: ",\n"))}]}"
        do {
            _ = try Definitions(json: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test("Each generation that is allowed has one after it")
    func generations() throws {
        func definitions(_ generation: Int64) throws -> Definitions {
            try Definitions(json: Array(#"{"version": 1, "generation": \#(generation), "virtualRouters": []}"#.utf8))
        }
        let greatest = Definitions.greatestGeneration
        #expect(try definitions(greatest).generation == greatest)
        for wrong in [-1, greatest + 1, .max] {
            let error = #expect(throws: DefinitionsJSONError.self) { try definitions(wrong) }
            let sentence = "generation is \(wrong); allowed is a whole number from 0 to \(greatest)"
            #expect(error.map { "\($0)".contains(sentence) } == true)
        }
    }

    @Test(
        "A wrong field is named with its line, its value and what is allowed",
        arguments: [
            (#""priority": 300"#, "priority is 300; allowed is a whole number from 1 to 255"),
            (#""priority": 0"#, "priority is 0; allowed is a whole number from 1 to 255"),
            (#""virtualRouterID": 256"#, "virtualRouterID is 256; allowed is a whole number from 1 to 255"),
            (#""version": 4"#, "version is 4; allowed is 2 or 3"),
            (#""family": "inet""#, #"family is "inet"; allowed is "ipv4" or "ipv6""#),
            (#""prioritty": 1"#, #"prioritty is not a known member; did you mean "priority"?"#),
            (
                #""advertisementIntervalMilliseconds": 15"#,
                "advertisementIntervalMilliseconds is 15; allowed is a multiple of 10 milliseconds from 10 to 255000"
            ),
            (#""downTimerAdverts": 0"#, "downTimerAdverts is 0; allowed is a whole number from 1 to 100"),
            (#""unicastHopLimit": 0"#, "unicastHopLimit is 0; allowed is a whole number from 1 to 255"),
            (
                #""interface": "an-interface-too-long""#,
                #"interface is "an-interface-too-long"; allowed is 1 to 15 bytes without blanks and slashes"#
            ),
            (
                #""addresses": ["192.0.2.1", "192.0.2"]"#,
                #"addresses[1] is "192.0.2"; allowed is an IPv4 or IPv6 address, or one with a prefix length as in "#
                    + #""192.0.2.1/24""#
            ),
            (
                #""addresses": ["192.0.2.1/33"]"#,
                #"addresses[0] is "192.0.2.1/33"; allowed is a prefix length of 1 to 32 behind the slash"#
            ),
            (
                #""addresses": ["2001:db8::1"]"#,
                #"addresses[0] is "2001:db8::1", which is not an IPv4 address as the family of the virtual router demands"#
            ),
            (#""addresses": ["224.0.0.1"]"#, #"addresses[0] is "224.0.0.1", which is not a unicast address"#),
            (
                #""unadvertisedAddresses": [{"address": "2001:db8::1", "label": "x"}]"#,
                #"unadvertisedAddresses[0].label is "x", which only an IPv4 address can have"#
            ),
            (
                #""unadvertisedAddresses": [{"address": "192.0.2.3", "scope": "galaxy"}]"#,
                #"unadvertisedAddresses[0].scope is "galaxy"; allowed is "global", "site", "link", "host" "#
                    + "or a number from 0 to 255"
            ),
            (#""preemption": {"mode": "delayed"}"#, "preemption.delayMilliseconds is missing"),
            (
                #""preemption": {"mode": "never", "delayMilliseconds": 5}"#,
                #"preemption.delayMilliseconds is 5, which belongs to the mode "delayed" alone"#
            ),
            (
                #""transport": {"mode": "multicast", "group": "192.0.2.1"}"#,
                #"transport.group is "192.0.2.1"; allowed is an IPv4 multicast group"#
            ),
            (
                #""transport": {"mode": "unicast", "peers": ["192.0.2.2", 5]}"#,
                "transport.peers[1] is 5; allowed is an IPv4 address"
            ),
            (
                #""tracking": {"conditions": [{"interface": "eth1", "weight": 254}]}"#,
                "tracking.conditions[0].weight is 254; allowed is a whole number from -253 to 253"
            ),
            (
                #""tracking": {"conditions": [{}]}"#,
                #"tracking.conditions[0] is an empty object; allowed is an object with one of "interface", "external" "#
                    + #"and "number""#
            ),
            (
                #""tracking": {"conditions": [{"number": "load", "weight": 255}]}"#,
                "tracking.conditions[0].weight is 255; allowed is a whole number from -254 to 254"
            ),
            (
                #""tracking": {"conditions": [{"external": "x", "weight": 5, "reversedFault": true}]}"#,
                "tracking.conditions[0].reversedFault is true, which cannot stand beside a weight"
            ),
            (
                #""announcements": {"afterContestMilliseconds": [5, 4]}"#,
                "announcements.afterContestMilliseconds[1] is 4, which is less than the one before"
            ),
            (
                #""announcements": {"refreshIntervalMilliseconds": 5}"#,
                "announcements.refreshIntervalMilliseconds is 5; allowed is 0 for never, or at least 1000"
            ),
            (
                #""interoperability": {"transmittedChecksum": "none"}"#,
                #"interoperability.transmittedChecksum is "none"; allowed is "pseudo-header", "message-only", "#
                    + #""follow-peer" or "pseudo-header-of-group""#
            ),
        ])
    func field(line: String, sentence: String) throws {
        let error = try #require(try Self.error(line: line))
        #expect(error.position.line == 4)
        #expect(
            error.sentence(inFile: "d.json").hasPrefix("d.json:4:")
                && error.sentence(inFile: "d.json").hasSuffix(": virtualRouters[0].\(sentence)"), "\(error)")
    }

    @Test(
        "A rule that types cannot express is broken at the line of the field",
        arguments: [
            (
                #""authentication": {"type": "authentication-header", "password": "x"}"#,
                "authentication does not exist in version 3"
            ),
            (
                #""authentication": {"type": "simple-text", "password": "x"}"#,
                "authentication does not exist in version 3"
            ),
            (#""advertisementIntervalMilliseconds": 41000"#, "advertisementIntervalMilliseconds 41 s is not 10 ms to"),
            (#""tracking": {"sourceAddress": true}"#, "tracking.sourceAddress is true, but there is no sourceAddress"),
            (#""virtualMAC": {"name": "eth0"}"#, "virtualMAC.name \"eth0\" is not an interface name"),
            (
                #""transport": {"mode": "unicast", "peers": ["192.0.2.2", "192.0.2.2"]}"#,
                "transport.peers 192.0.2.2 stands twice"
            ),
        ])
    func rule(line: String, sentence: String) throws {
        let error = try #require(try Self.error(line: line))
        #expect(error.position.line == 4)
        #expect(error.description.contains("virtualRouters[0] (a): \(sentence)"), "\(error)")
    }

    @Test("A clash between two virtual routers is named at the later one")
    func clash() throws {
        let text = """
            {"version": 1, "virtualRouters": [
            {"name": "a", "interface": "eth0", "family": "ipv4", "virtualRouterID": 7, "addresses": ["192.0.2.1"]},
            {"name": "b", "interface": "eth0", "family": "ipv4",
             "virtualRouterID": 7, "addresses": ["192.0.2.2"]}]}
            """
        let error = #expect(throws: DefinitionsJSONError.self) { try Definitions(json: Array(text.utf8)) }
        #expect(
            error?.sentence(inFile: "d.json")
                == "d.json:4:21: virtualRouters[1] (b): virtualRouterID 7 is also used by virtualRouters[0] on eth0")
    }

    @Test(
        "A delay of an interface that is wrong, or is there twice, is named at its line",
        arguments: [
            (#""downMilliseconds": 255001"#, "downMilliseconds is not 0 to 255000"),
            (#""downMilliseconds": 5, "upMilliseconds": 300000"#, "upMilliseconds is not 0 to 255000"),
            (
                #""downMilliseconds": 5}, {"interface": "eth1", "downMilliseconds": 5"#,
                #"interface "eth1" has its delays in interfaceDelays[0]"#
            ),
        ])
    func interfaceDelay(fields: String, sentence: String) throws {
        let text = """
            {"version": 1, "virtualRouters": [], "interfaceDelays": [
            {"interface": "eth1", \(fields)}]}
            """
        let error = #expect(throws: DefinitionsJSONError.self) { try Definitions(json: Array(text.utf8)) }
        #expect(error?.position.line == 2)
        #expect(error?.description.contains("(eth1): \(sentence)") == true, "\(String(describing: error))")
    }

    @Test(
        "A password never stands in an error",
        arguments: [
            #""authentication": {"type": "simple-text", "password": "too-long-secret"}"#,
            #""authentication": {"type": "authentication-header", "password": "too-long-secret"}"#,
            #""authentication": {"type": "none", "password": "secret"}"#,
            #""authentication": {"type": "simple-text", "password": ["secret"]}"#,
        ])
    func secret(line: String) throws {
        let error = try #require(try Self.error(line: line))
        #expect(error.position.line == 4)
        #expect(!error.description.contains("secret"))
    }

    @Test(
        "What is not JSON or not this format is refused",
        arguments: [
            ("{\n  \"version\": 1,\n}", "3:1"), ("{}", "1:1"), ("[]", "1:1"), ("", "1:1"),
            ("{\"version\": 2, \"virtualRouters\": []}", "1:13"), ("{\"version\": 1}", "1:1"),
        ])
    func document(text: String, place: String) {
        let error = #expect(throws: DefinitionsJSONError.self) { try Definitions(json: Array(text.utf8)) }
        #expect(error?.sentence(inFile: "d.json").hasPrefix("d.json:\(place): ") == true)
    }
}

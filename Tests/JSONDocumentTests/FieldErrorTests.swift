import JSONDocument
import Testing

@Suite("Sentences of field errors")
struct FieldErrorTests {
    @Test(
        "A wrong field is named with its line, its path, its value and what is allowed",
        arguments: [
            (#""priority": 300"#, "priority is 300; allowed is a whole number from 1 to 255"),
            (#""priority": 1.0"#, "priority is 1.0; allowed is a whole number from 1 to 255"),
            (#""priority": 99999999999999999999"#, "priority is 1e+20; allowed is a whole number from 1 to 255"),
            (#""priority": "high""#, #"priority is "high"; allowed is a whole number from 1 to 255"#),
            (#""preempt": 1"#, "preempt is 1; allowed is true or false"),
            (#""preempt": {}"#, "preempt is an empty object; allowed is true or false"),
            (#""preempt": {"a": 1}"#, "preempt is an object; allowed is true or false"),
            (#""interval": 41"#, "interval is 41; allowed is a number from 0.01 to 40.95"),
            (#""interval": true"#, "interval is true; allowed is a number from 0.01 to 40.95"),
            (#""name": """#, #"name is ""; allowed is a string of 1 to 15 bytes"#),
            (#""name": null"#, "name is null; allowed is a string of 1 to 15 bytes"),
            (#""state": "master""#, #"state is "master"; allowed is "active" or "backup""#),
            (#""addresses": "192.0.2.1""#, #"addresses is "192.0.2.1"; allowed is an array"#),
            (#""addresses": []"#, "addresses is an array of 0; allowed is an array of 1 to 3"),
            (
                #""addresses": ["192.0.2.1", "10.0.0"]"#,
                #"addresses[1] is "10.0.0", which is not an IPv4 address"#
            ),
            (#""track": [{}]"#, "track[0].interface is missing"),
            (#""track": ["eth0"]"#, #"track[0] is "eth0"; allowed is an object"#),
            (#""track": [{"interface": ""}]"#, #"track[0].interface is ""; allowed is an interface's name"#),
            (
                #""track": [{"interface": "a", "weight": 3}]"#,
                "track[0].weight is not a known member; known are interface"
            ),
            (#""prioritty": 1"#, #"prioritty is not a known member; did you mean "priority"?"#),
            (#""Preempt": true"#, #"Preempt is not a known member; did you mean "preempt"?"#),
            (
                #""colour": 1"#,
                "colour is not a known member; known are "
                    + "name, virtualRouterID, priority, preempt, interval, state, addresses, track"
            ),
            (#""\u001b[31m\n": 1"#, nil),
        ])
    func sentence(line: String, sentence: String?) throws {
        // The line under test comes third; a default of the same name makes room for it.
        let defaults = [
            #""name": "a""#, #""virtualRouterID": 1"#, #""interval": 1"#, #""addresses": ["192.0.2.1"]"#,
        ].filter { $0.prefix(7) != line.prefix(7) }
        let text = "{\"virtualRouters\": [\n{\n\(line),\n\(defaults.joined(separator: ",\n"))\n}]}"
        let routers = try JSONReader(JSONNode.parse(text)).member("virtualRouters")
        let error = #expect(throws: JSONFieldError.self) { try routers.objects(SampleRouter.init) }
        #expect(error?.line == 3)
        let expected = sentence.map { "virtualRouters[0].\($0)" } ?? #"virtualRouters[0]["\u{1b}[31m\n"] is not a"#
        #expect(error?.sentence(inFile: "x.json").split(separator: " ", maxSplits: 1).last?.hasPrefix(expected) == true)
        if sentence != nil { #expect(error?.description.hasSuffix(": \(expected)") == true) }
    }

    @Test("A missing member is an error at its object")
    func missing() throws {
        let reader = JSONReader(try JSONNode.parse("\n  {\"name\": \"a\"}"))
        let error = #expect(throws: JSONFieldError.self) { try reader.object(SampleRouter.init) }
        #expect(error?.description == "line 2, column 3: virtualRouterID is missing")
        #expect(error?.what == .missing)
    }

    @Test("At the root the document itself is named")
    func root() throws {
        let reader = JSONReader(try JSONNode.parse("[1]"))
        let errors: [JSONFieldError?] = [
            #expect(throws: JSONFieldError.self) { try reader.object(SampleRouter.init) },
            #expect(throws: JSONFieldError.self) { try reader.member("a") },
            #expect(throws: JSONFieldError.self) { try reader.rejectUnknownMembers(known: []) },
        ]
        for error in errors {
            #expect(error?.sentence(inFile: "d.json") == "d.json:1:1: the document is an array; allowed is an object")
        }
    }

    @Test("The number of elements is named in few words")
    func counts() throws {
        let reader = JSONReader(try JSONNode.parse("[1, 2]"))
        for (count, allowed) in [(3...3, "3"), (3...Int.max, "at least 3"), (0...1, "0 to 1")] {
            let error = #expect(throws: JSONFieldError.self) { try reader.elements(count: count) }
            #expect(error?.what == .notAllowed(found: "an array of 2", allowed: "an array of \(allowed)"))
        }
        #expect(try reader.elements(count: 2...2).count == 2)
    }

    @Test("A caller's own words stand behind what is allowed")
    func ownWords() throws {
        let reader = JSONReader(try JSONNode.parse("{\"a\": [7]}"))
        let element = try reader.member("a").elements()[0]
        #expect(
            element.error(allowed: "an even number").description
                == "line 1, column 8: a[0] is 7; allowed is an even number")
        #expect(element.error("is odd").description == "line 1, column 8: a[0] is 7, which is odd")
    }

    @Test("A value in a sentence is short and cannot steer a terminal")
    func hostileValue() throws {
        let hostile = JSONValue.string("\u{1b}]0;x\u{7}\r\n\t\"\\\u{202e}\u{9b}" + String(repeating: "é", count: 100))
        let error = #expect(throws: JSONFieldError.self) { try JSONReader(JSONNode.parse(hostile.text())).bool() }
        let shown = #""\u{1b}]0;x\u{7}\r\n\t\"\\\u{202e}\u{9b}"# + String(repeating: "é", count: 47) + "…\""
        #expect(error?.what == .notAllowed(found: shown, allowed: "true or false"))
    }
}

import JSONDocument
import Testing

@Suite("Typed reading")
struct ReadingTests {
    @Test("A decoder reads as a list of its fields")
    func decoder() throws {
        let routers = try read(
            """
            [{"name": "a", "virtualRouterID": 7, "state": "active", "addresses": ["192.0.2.1"], "interval": 1},
             {"name": "b", "virtualRouterID": 8, "priority": 200, "preempt": false, "interval": 0.25,
              "addresses": ["192.0.2.2", "192.0.2.3"], "track": [{"interface": "eth1"}], "state": null}]
            """
        ).objects(SampleRouter.init)
        #expect(
            routers == [
                SampleRouter(
                    name: "a", virtualRouterID: 7, priority: 100, preempt: true, interval: 1, state: .active,
                    addresses: ["192.0.2.1"], trackedInterfaces: []),
                SampleRouter(
                    name: "b", virtualRouterID: 8, priority: 200, preempt: false, interval: 0.25, state: .backup,
                    addresses: ["192.0.2.2", "192.0.2.3"], trackedInterfaces: ["eth1"]),
            ])
    }

    @Test("Scalars of the allowed kind and range are read")
    func scalars() throws {
        #expect(try read("true").bool())
        #expect(try read("255").integer(in: 1...255) == 255)
        #expect(try read("-128").integer() as Int8 == -128)
        #expect(try read("18446744073709551616").number() == 0x1p64)
        #expect(try read("3").number(in: 1...5) == 3)
        #expect(try read("\"é\"").string(length: 2...2) == "é")
        #expect(try read("\"12\"").string(as: "a number in a string") { Int($0) } == 12)
        #expect(try read("\"two\"").oneOf(["one": 1, "two": 2]) == 2)
        #expect(try read("\"backup\"").oneOf(SampleState.self) == .backup)
        #expect(try read("null").isNull)
    }

    @Test("An optional member may be absent or null; a required one may not be absent")
    func members() throws {
        let object = try read(#"{"a": 1, "n": null}"#)
        #expect(try object.member("a").integer() == 1)
        #expect(try object.member("n").isNull)
        #expect(try object.optionalMember("a")?.integer() == 1)
        #expect(try object.optionalMember("n") == nil)
        #expect(try object.optionalMember("b") == nil)
        #expect(throws: JSONFieldError.self) { try object.member("b") }
    }

    @Test("An object whose names are data gives its members in order, with their paths")
    func namesAsData() throws {
        let members = try read(#"{"eth0": 1, "eth 1": "x"}"#).members()
        #expect(members.map(\.name) == ["eth0", "eth 1"])
        #expect(try members[0].value.integer() == 1)
        let error = #expect(throws: JSONFieldError.self) { try members[1].value.bool() }
        #expect(error?.path == #"["eth 1"]"#)
    }

    @Test("Counts by name are whole numbers from 0, and what is none is named with its path")
    func counts() throws {
        let counts = try read(#"{"sent": 3, "received": 0}"#).counts()
        #expect(counts.map(\.name) == ["sent", "received"] && counts.map(\.value) == [3, 0])
        for (text, found) in [
            (#"{"a": {"b": -1}}"#, "-1"), (#"{"a": {"b": 1.5}}"#, "1.5"), (#"{"a": {"b": "x"}}"#, "\"x\""),
        ] {
            let error = #expect(throws: JSONFieldError.self) { try self.read(text).member("a").counts() }
            #expect(error?.path == "a.b")
            #expect(error.map { "\($0)".contains("is \(found); allowed is a whole number from 0 to") } == true)
        }
        #expect(throws: JSONFieldError.self) { try self.read("[]").counts() }
    }

    private func read(_ text: String) throws -> JSONReader { JSONReader(try JSONNode.parse(text)) }
}

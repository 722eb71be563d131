import JSONDocument
import Testing

@Suite("Unknown members")
struct UnknownMemberTests {
    @Test(
        "The nearest known name is offered when no more than two letters are wrong",
        arguments: [
            ("priority", nil), ("priorty", "priority"), ("prioirty", "priority"), ("Priority", "priority"),
            ("prority", "priority"), ("riorit", "priority"), ("rorit", nil), ("family", nil), ("famly", "family"),
            ("nam", "name"), ("mane", "name"), ("xy", nil), ("i", nil), ("if", "id"), ("ip", "id"), ("di", "id"),
            ("", nil),
            ("nämé", nil), ("näme", "name"), ("virtual_router_id", nil),
        ])
    func nearest(name: String, expected: String?) throws {
        let known = ["id", "name", "family", "priority", "virtualRouterID"]
        let node = try JSONNode.parse(JSONValue.object([name: 1]).text())
        do {
            try JSONReader(node).rejectUnknownMembers(known: known)
            #expect(known.contains(name))
        } catch {
            #expect(error.what == .unknown(nearest: expected, known: known))
        }
    }

    @Test("The error stands at the name, and the first unknown name counts")
    func position() throws {
        let reader = JSONReader(try JSONNode.parse("{\"a\": 1,\n  \"b\": 2, \"c\": 3}"))
        let error = #expect(throws: JSONFieldError.self) { try reader.rejectUnknownMembers(known: ["a"]) }
        #expect(error?.description == "line 2, column 3: b is not a known member; known are a")
        let none = #expect(throws: JSONFieldError.self) { try reader.rejectUnknownMembers(known: []) }
        #expect(none?.description == "line 1, column 2: a is not a known member; none is allowed here")
        #expect(throws: Never.self) { try reader.rejectUnknownMembers(known: ["c", "b", "a", "d"]) }
    }
}

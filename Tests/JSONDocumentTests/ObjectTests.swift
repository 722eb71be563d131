import JSONDocument
import Testing

@Suite("Objects")
struct ObjectTests {
    @Test("Members keep their order and are found by key")
    func order() {
        let object: JSONObject = ["z": 1, "a": 2, "m": 3]
        #expect(object.map(\.key) == ["z", "a", "m"])
        #expect(object["a"] == 2)
        #expect(object["b"] == nil)
        #expect(object.count == 3)
        #expect(object[0] == .init(key: "z", value: 1))
    }

    @Test("Setting replaces in place, appends what is new, and removes with nil")
    func setting() {
        var object: JSONObject = ["a": 1, "b": 2]
        object["a"] = 10
        object["c"] = 3
        object["b"] = .some(.null)
        #expect(JSONValue.object(object).text() == #"{"a":10,"b":null,"c":3}"#)
        object["a"] = .none
        object["x"] = .none
        object.appendDistinct("d", 4)
        #expect(JSONValue.object(object).text() == #"{"b":null,"c":3,"d":4}"#)
    }

    @Test("In a literal a later value takes the place of an earlier one")
    func literal() {
        #expect(JSONValue.object(["a": 1, "b": 2, "a": 3]).text() == #"{"a":3,"b":2}"#)
    }

    @Test("Objects are equal when members and order are; whole and floating-point numbers differ")
    func equality() {
        #expect(["a": 1, "b": 2] as JSONValue == ["a": 1, "b": 2])
        #expect(["a": 1, "b": 2] as JSONValue != ["b": 2, "a": 1])
        #expect(1 as JSONValue != 1.0)
        #expect("\u{e9}" as JSONValue != "e\u{301}")
        #expect(nil as JSONValue != false)
    }
}

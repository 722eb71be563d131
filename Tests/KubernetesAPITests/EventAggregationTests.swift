import KubernetesAPI
import Testing

@Suite("What becomes of events")
struct EventAggregationTests {
    private var events = EventAggregation(source: .init(component: "vrrp-operator"))
    private let start = ContinuousClock.now

    private func occurrence(_ message: String, on name: String = "web", reason: String = "AddressPending")
        -> EventAggregation.Occurrence
    {
        var object = service(name, version: 1)
        object.metadata.uid = "uid-\(name)"
        return .init(object, isWarning: true, reason: reason, message: message)
    }

    private mutating func record(_ message: String, on name: String = "web", at seconds: Int = 0)
        -> EventAggregation.Write?
    {
        events.record(
            occurrence(message, on: name), at: start + .seconds(seconds),
            Timestamp(seconds: 1_795_539_740 + Int64(seconds)))
    }

    @Test("The first is a new event on the object that it happened to")
    mutating func first() throws {
        guard case .create(let event) = record("no address yet") else {
            Issue.record("it should create an event")
            return
        }
        #expect(event.metadata.namespace == "shop")
        #expect(event.metadata.name.hasPrefix("web."))
        #expect(event.type == "Warning" && event.count == 1)
        let text = try text(of: event.involvedObject)
        #expect(text == #"{"apiVersion":"v1","kind":"Service","name":"web","namespace":"shop","uid":"uid-web"}"#)
    }

    @Test("The same again counts up")
    mutating func again() {
        guard case .create(let event) = record("no address yet") else { return }
        guard case .update(let patch, of: let updated) = record("no address yet", at: 60) else {
            Issue.record("it should update the event")
            return
        }
        #expect(updated.metadata.name == event.metadata.name)
        #expect(patch.count == 2 && patch.lastTimestamp == Timestamp(seconds: 1_795_539_800))
    }

    @Test("Of many messages of one kind the tenth and all later ones are one event")
    mutating func similar() {
        var created = 0
        var lastMessage = ""
        for number in 0..<15 {
            switch record("router \(number) waits", at: number) {
            case .create(let event): (created, lastMessage) = (created + 1, event.message ?? "")
            case .update(let patch, _): lastMessage = patch.message
            case nil: Issue.record("this is not too much yet")
            }
        }
        #expect(created == 10)
        #expect(lastMessage == "(combined from similar events): router 14 waits")
        // After a quiet time they count for themselves again.
        guard case .create(let event) = record("router 99 waits", at: 3000) else {
            Issue.record("it should create an event")
            return
        }
        #expect(event.message == "router 99 waits")
    }

    @Test("What was too much is written when there is room, with its count and what was said last")
    mutating func withheld() {
        for number in 0..<100 { _ = record("192.0.2.80 on node\(number % 3) now, move \(number)", at: number / 10) }
        #expect(events.pause(at: start + .seconds(10)) == .seconds(290))
        #expect(events.writeWithheld(at: start + .seconds(299)) == [])
        let writes = events.writeWithheld(at: start + .seconds(300))
        guard case .update(let patch, of: _)? = writes.first, writes.count == 1 else {
            Issue.record("the last of them should be written, and not \(writes)")
            return
        }
        // Nine messages were events of their own.
        #expect(patch.count == 91 && patch.lastTimestamp == Timestamp(seconds: 1_795_539_749))
        #expect(patch.message == "(combined from similar events): 192.0.2.80 on node0 now, move 99")
        #expect(events.pause(at: start + .seconds(300)) == nil)
    }

    @Test("What was too much from the beginning is a new event later, the last one first")
    mutating func withheldFromTheBeginning() {
        for number in 0..<25 { _ = record("loop", at: number) }
        #expect(record("first", at: 30) == nil && record("last", at: 31) == nil && record("last", at: 32) == nil)
        var created: [String] = []
        for time in [300, 600, 900] {
            for case .create(let event) in events.writeWithheld(at: start + .seconds(time)) {
                created.append("\(event.message ?? "") \(event.count ?? 0)")
            }
        }
        #expect(created == ["last 2", "first 1"])
    }

    @Test("An object that never rests gets 25 events, then one each five minutes; others are not touched")
    mutating func flood() {
        var written = 0
        for number in 0..<1000 where record("loop", at: number / 10) != nil { written += 1 }
        #expect(written == 25)
        #expect(record("loop", on: "other", at: 100) != nil)
        #expect(record("loop", at: 100) == nil)
        #expect(record("loop", at: 301) != nil)
    }

    @Test("Names stay names, and messages stay short, however long their origin")
    mutating func bounds() throws {
        let name = String(repeating: "a", count: 235) + ".-.-.-.-" + String(repeating: "b", count: 10)
        guard case .create(let event) = record(String(repeating: "é", count: 5000), on: name) else {
            Issue.record("it should create an event")
            return
        }
        #expect(event.metadata.name.utf8.count <= 253)
        #expect(event.metadata.name.hasPrefix(String(repeating: "a", count: 235) + "."))
        #expect((event.message?.utf8.count ?? 0) <= 1024)
    }

    @Test("What is remembered is bounded")
    mutating func memory() {
        for number in 0..<20_000 { _ = record("x", on: "s\(number)", at: number) }
        guard case .update = record("x", on: "s19999", at: 20_000), case .create = record("x", on: "s0", at: 20_000)
        else {
            Issue.record("the last are remembered, the first are not")
            return
        }
    }
}

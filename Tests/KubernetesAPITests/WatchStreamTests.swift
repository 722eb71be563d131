import KubernetesAPI
import Testing

@Suite("The stream of a watch")
struct WatchStreamTests {
    @Test("Lines are the same however the stream is cut", arguments: UInt64(0)..<50)
    func cuts(seed: UInt64) throws {
        var generator = SplitMix64(seed)
        let lines = (0..<20).map { _ in
            String(repeating: "é{}", count: Int.random(in: 1...40, using: &generator))
        }
        let stream = Array(lines.map { $0 + (Bool.random(using: &generator) ? "\r\n" : "\n\n") }.joined().utf8)
        var framing = LineFraming(limit: 1000)
        var received: [String] = []
        var rest = stream[...]
        while !rest.isEmpty {
            let count = min(Int.random(in: 1...200, using: &generator), rest.count)
            framing.append(rest.prefix(count))
            rest = rest.dropFirst(count)
            // Sometimes nobody looks for a while.
            if Bool.random(using: &generator) { continue }
            while let line = try framing.next() { received.append(String(decoding: line, as: UTF8.self)) }
        }
        while let line = try framing.next() { received.append(String(decoding: line, as: UTF8.self)) }
        #expect(received == lines)
    }

    @Test("A line that never ends is refused at the limit")
    func limit() throws {
        var framing = LineFraming(limit: 10)
        framing.append(Array("0123456789".utf8))
        #expect(try framing.next() == nil)
        framing.append(Array("\n".utf8))
        #expect(try framing.next()?.count == 10)
        framing.append(Array("0123456789x".utf8))
        #expect(throws: LineFraming.LineTooLong.self) { try framing.next() }
    }

    @Test("Events of all kinds are told apart")
    func events() throws {
        func event(_ text: String) throws -> WatchEvent<Service> { try WatchEvent(line: Array(text.utf8)) }
        let object = #"{"metadata":{"name":"web","namespace":"shop","resourceVersion":"3"}}"#
        guard case .added(let service) = try event(#"{"type":"ADDED","object":\#(object)}"#) else {
            Issue.record("an object was added")
            return
        }
        #expect(service.key == ObjectKey("shop", "web"))
        guard case .modified = try event(#"{"type":"MODIFIED","object":\#(object)}"#),
            case .deleted = try event(#"{"type":"DELETED","object":\#(object)}"#),
            case .bookmark("12") = try event(
                #"{"type":"BOOKMARK","object":{"kind":"Service","metadata":{"resourceVersion":"12"}}}"#),
            case .unknown("FUTURE") = try event(#"{"type":"FUTURE","object":{}}"#),
            case .unreadable(let problem, isDeleted: true) = try event(
                #"{"type":"DELETED","object":{"metadata":{"name":"b","resourceVersion":"4"},"spec":[]}}"#),
            case .failed(let refusal) = try event(
                #"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}"#)
        else {
            Issue.record("an event was taken for another")
            return
        }
        #expect(problem.metadata.resourceVersion == "4")
        #expect(refusal.description == "410 Expired: too old")
        #expect(throws: (any Error).self) { try event("<html>") }
        #expect(throws: (any Error).self) { try event(#"{"type":"BOOKMARK","object":{"metadata":{}}}"#) }
    }
}

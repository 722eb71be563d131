import ControlProtocol
import Testing

@Suite("Requests")
struct ControlRequestTests {
    @Test("A request is the same on the other side of the socket", arguments: ControlRequest.allCases)
    func roundTrip(request: ControlRequest) throws {
        #expect(try ControlRequest(line: request.line) == request)
        #expect(try ControlRequest(line: request.line.dropLast()) == request)
    }

    @Test("Requests are written as documented")
    func text() {
        #expect(String(decoding: ControlRequest.status.line, as: UTF8.self) == "{\"request\":\"status\"}\n")
    }

    @Test(
        "What is no request is refused in words that name it",
        arguments: [
            ("status", "the request is not JSON: line 1, column 1: "),
            (#"{"request":"stop"}"#, #"column 12: request is "stop"; allowed is "status" or "watch""#),
            (#"{"request":"status","x":1}"#, "x is not a known member"),
            ("{}", "request is missing"),
            ("", "the request is not JSON"),
        ])
    func refusal(line: String, words: String) {
        let error = #expect(throws: ControlRequestError.self) { try ControlRequest(line: Array(line.utf8)) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test("A request beyond 64 KiB is not even parsed")
    func tooLong() {
        let line = [UInt8](repeating: UInt8(ascii: "["), count: ControlEndpoint.longestRequest + 2)
        #expect(throws: ControlRequestError.tooLong) { try ControlRequest(line: line) }
    }
}

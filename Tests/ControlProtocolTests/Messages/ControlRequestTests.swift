import ControlProtocol
import Testing

@Suite("Requests")
struct ControlRequestTests {
    private static let requests: [ControlRequest] = [
        .status(), .status(brief: true), .watch, .reload, .track([:]), .events(since: 0), .events(since: 12),
        .explain("192.0.2.100"), .drain, .undrain, .drained, .capture(router: "VI_1"), .capture(router: "shop/web"),
        .track(["endpoints of shop/web": true, "endpoints of \"x\"": false, "Übergang": true]),
    ]

    @Test("A request is the same on the other side of the socket", arguments: requests)
    func roundTrip(request: ControlRequest) throws {
        #expect(try ControlRequest(line: request.line) == request)
        #expect(try ControlRequest(line: request.line.dropLast()) == request)
    }

    @Test("Requests are written as documented")
    func text() {
        let texts = [
            (ControlRequest.status(), #"{"request":"status"}"#),
            (.status(brief: true), #"{"request":"status","brief":true}"#),
            (.reload, #"{"request":"reload"}"#),
            (.drained, #"{"request":"drained"}"#),
            (.capture(router: "VI_1"), #"{"request":"capture","router":"VI_1"}"#),
            (.track(["b": false, "a": true]), #"{"request":"track","objects":{"a":true,"b":false}}"#),
        ]
        for (request, text) in texts { #expect(String(decoding: request.line, as: UTF8.self) == text + "\n") }
    }

    @Test(
        "What is no request is refused in words that name it",
        arguments: [
            ("status", "the request is not JSON: line 1, column 1: "),
            (#"{"request":"stop"}"#, #"column 12: request is "stop"; allowed is "status", "watch""#),
            (#"{"request":"status","x":1}"#, "x is not a known member"),
            ("{}", "request is missing"),
            (#"{"request":"status","brief":0}"#, "brief is 0; allowed is true or false"),
            (#"{"request":"watch","brief":true}"#, "brief is not a known member"),
            (#"{"request":"reload","objects":{}}"#, "objects is not a known member"),
            (#"{"request":"track"}"#, "objects is missing"),
            (#"{"request":"capture"}"#, "router is missing"),
            (#"{"request":"capture","router":""}"#, "router is"),
            (#"{"request":"drained","router":"VI_1"}"#, "router is not a known member"),
            (#"{"request":"track","objects":["a"]}"#, "objects is an array; allowed is an object"),
            (#"{"request":"track","objects":{"a":"up"}}"#, #"objects.a is "up"; allowed is true or false"#),
            (#"{"request":"track","objects":{"":true}}"#, "a name that is not 1 to 255 bytes"),
            (#"{"request":"track","objects":{"a\u001b":true}}"#, "a name that is not 1 to 255 bytes"),
            ("", "the request is not JSON"),
        ])
    func refusal(line: String, words: String) {
        let error = #expect(throws: ControlRequestError.self) { try ControlRequest(line: Array(line.utf8)) }
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }

    @Test("A request tells the states of at most 1024 objects")
    func manyObjects() throws {
        func request(_ count: Int) -> ControlRequest {
            .track(Dictionary(uniqueKeysWithValues: (0..<count).map { ("endpoints of \($0)", true) }))
        }
        #expect(try ControlRequest(line: request(1024).line) == request(1024))
        let error = #expect(throws: ControlRequestError.self) { try ControlRequest(line: request(1025).line) }
        #expect(error?.description.contains("allowed is an object of at most 1024 members") == true)
    }

    @Test("A request beyond 64 KiB is not even parsed")
    func tooLong() {
        let line = [UInt8](repeating: UInt8(ascii: "["), count: ControlEndpoint.longestRequest + 2)
        #expect(throws: ControlRequestError.tooLong) { try ControlRequest(line: line) }
    }
}

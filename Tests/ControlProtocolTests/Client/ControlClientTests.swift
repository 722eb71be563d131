import ControlProtocol
import Testing
import VRRP

@Suite("The client of the control socket")
struct ControlClientTests {
    private static func ask(
        _ server: OneShotServer, timeout: Nanoseconds = .seconds(20)
    ) throws(ControlClientError) -> [ControlAnswer] {
        var client = try ControlClient(path: server.path)
        try client.send(.watch)
        return [try client.nextAnswer(timeout: timeout), try client.nextAnswer(timeout: timeout)]
    }

    private static func reports() throws -> [ControlAnswer] {
        try SampleEngine().reports.map { .report(.init(time: .init(millisecondsSinceEpoch: 5), report: $0)) }
    }

    @Test("Answers are whole however the stream is cut")
    func streams() throws {
        let answers = Array(try Self.reports().prefix(2))
        let bytes = answers.flatMap(\.line)
        for size in [7, 100, bytes.count] {
            let chunks = stride(from: 0, to: bytes.count, by: size).map {
                Array(bytes[$0..<min($0 + size, bytes.count)])
            }
            #expect(try Self.ask(OneShotServer(sending: chunks)) == answers)
        }
    }

    @Test("Where nobody listens the path is named, with what to do")
    func nobody() {
        let error = #expect(throws: ControlClientError.self) {
            _ = try ControlClient(path: "/nonexistent/vrrpd.sock")
        }
        #expect(
            error?.description == "no vrrpd answers at /nonexistent/vrrpd.sock: No such file or directory; "
                + "is it running? Another path is given with --control-socket")
    }

    @Test("A path that no socket can have is refused")
    func longPath() {
        let path = "/" + String(repeating: "x", count: 107)
        #expect(throws: ControlClientError.pathTooLong(path)) { _ = try ControlClient(path: path) }
    }

    @Test("A daemon that hangs up, refuses, or does not answer is told apart")
    func failures() throws {
        #expect(throws: ControlClientError.closed) { try Self.ask(OneShotServer(sending: [])) }
        #expect(throws: ControlClientError.refused("too many clients")) {
            try Self.ask(OneShotServer(sending: [ControlAnswer.failure("too many clients").line]))
        }
        #expect(throws: ControlClientError.timedOut) {
            try Self.ask(OneShotServer(sending: [], hangsUp: false), timeout: .milliseconds(50))
        }
        let error = #expect(throws: ControlClientError.self) {
            try Self.ask(OneShotServer(sending: [Array("hello\n".utf8)]))
        }
        #expect(error?.description.hasPrefix("vrrpd's answer is not understood: it is not JSON") == true)
    }

    @Test(
        "Whatever stands between a client and its answer, the sentence says what to do next",
        arguments: [
            (
                ControlClientError.broken(reason: "Connection reset by peer"),
                "the connection to vrrpd broke: Connection reset by peer; try again, and see whether vrrpd still runs"
            ),
            (.closed, "vrrpd hung up; try again, and if it is gone, its log says why"),
            (
                .timedOut,
                "vrrpd did not answer in time; see whether its process is stopped, or short of processor time"
            ),
            (
                .answerTooLong,
                "the answer is longer than 67108864 octets; see whether it is vrrpd that has the socket"
            ),
        ])
    func advice(error: ControlClientError, sentence: String) { #expect(error.description == sentence) }
}

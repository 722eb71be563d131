import Testing
import VRRP

@testable import ControlProtocol

@Suite("One request of a client")
struct ClientRequestTests {
    private static func client(answered answers: ControlAnswer...) throws -> (OneShotServer, ControlClientBox) {
        let server = try OneShotServer(sending: answers.map(\.line))
        return (server, ControlClientBox(try ControlClient(path: server.path)))
    }

    @Test("What comes of a reload is the answer, whether the configuration is in force or not")
    func reload() throws {
        for outcome in [
            ReloadOutcome(generation: 8, isInForce: true),
            ReloadOutcome(generation: 8, isInForce: true, error: "vrrp_instance A is left out"),
            ReloadOutcome(generation: 7, isInForce: false, error: "x.json:1:2: no"),
        ] {
            let (server, box) = try Self.client(answered: .reload(outcome))
            #expect(try box.client.reload() == outcome)
            withExtendedLifetime(server) {}
        }
    }

    @Test("Names that count for nothing come back")
    func track() throws {
        let (server, box) = try Self.client(answered: .track(TrackOutcome(unknown: ["b", "c"])))
        let outcome = try box.client.track(["a": true, "b": false, "c": true])
        #expect(outcome.unknown == ["b", "c"])
        #expect(
            outcome.complaints.first
                == "no virtual router tracks b; vrrpctl status --json lists what is tracked as trackedObjects")
        withExtendedLifetime(server) {}
    }

    @Test("An answer to another request is an error that says what was expected")
    func otherAnswer() throws {
        let (server, box) = try Self.client(answered: .track(TrackOutcome(unknown: [])))
        let error = #expect(throws: ControlClientError.self) { try box.client.reload() }
        #expect(error?.description == "vrrpd's answer is not the outcome of a reload")
        withExtendedLifetime(server) {}
    }

    @Test("A refusal is an error with vrrpd's words")
    func refusal() throws {
        let (server, box) = try Self.client(answered: .failure("the daemon is stopping"))
        #expect(throws: ControlClientError.refused("the daemon is stopping")) { try box.client.reload() }
        withExtendedLifetime(server) {}
    }

    @Test("Many states go in as many requests as their names need, each within the limits", arguments: [1, 20, 255])
    func parts(length: Int) throws {
        let names = (0..<1500).map { number in
            let digits = String(number)
            return String(repeating: "\\", count: max(0, length - digits.count)) + digits
        }
        let states = Dictionary(names.map { ($0, $0.utf8.count % 2 == 0) }) { first, _ in first }
        let requests = ControlRequest.tracking(states)
        var told: [String: Bool] = [:]
        for request in requests {
            let read = try ControlRequest(line: request.line)
            guard case .track(let part) = read else { continue }
            told.merge(part) { first, _ in first }
        }
        #expect(told == states)
        #expect(ControlRequest.tracking([:]) == [.track([:])])
    }
}

private final class ControlClientBox {
    var client: ControlClient
    init(_ client: consuming ControlClient) { self.client = client }
}

import CLinux
import Glibc
import Testing

@testable import LinuxHost

@Suite("What a watcher of the control socket hears, and when")
struct ControlWatcherTests {
    /// A client that asks one thing, with both ends of its connection.
    private struct Connection: ~Copyable {
        var client: ControlClient
        private let far: FileDescriptor

        init() throws {
            var ends: [Int32] = [0, 0]
            guard socketpair(AF_UNIX, Int32(bitPattern: SOCK_STREAM.rawValue), 0, &ends) == 0 else {
                throw SystemCallError("socketpair", errorNumber: errno)
            }
            client = ControlClient(owning: FileDescriptor(owning: ends[0]))
            far = FileDescriptor(owning: ends[1])
        }

        /// Lets the client ask something that is answered so.
        mutating func ask(_ answer: ClientAnswer) {
            _ = send(far.rawValue, "?\n", 2, 0)
            withUnsafeTemporaryAllocation(byteCount: 1 << 10, alignment: 1) { _ = client.read(into: $0) }
            _ = client.answerNext { _ in answer }
        }

        mutating func broadcast(_ text: String) -> Bool { client.broadcast(Array(text.utf8)) == .stays }

        mutating func finish(_ text: String) { _ = client.answerWaiting(Array(text.utf8)) }

        /// What the client reads while it is served whenever it has room; empty where there is nothing.
        mutating func hear() -> String {
            var heard: [UInt8] = []
            var octets = [UInt8](repeating: 0, count: 1 << 16)
            while true {
                let count = recv(far.rawValue, &octets, octets.count, Int32(MSG_DONTWAIT))
                guard count > 0 else { return String(decoding: heard, as: UTF8.self) }
                heard.append(contentsOf: octets[..<count])
                _ = client.send()
            }
        }
    }

    private static var watchLater: ClientAnswer {
        var answer = ClientAnswer.later
        answer.startsWatching = true
        return answer
    }

    @Test("What happens while the first answer is written down comes behind it")
    func lateAnswer() throws {
        var connection = try Connection()
        connection.ask(Self.watchLater)
        for text in ["one\n", "two\n"] {
            let stays = connection.broadcast(text)
            #expect(stays)
        }
        var heard = connection.hear()
        #expect(heard.isEmpty)
        connection.finish("status\n")
        heard = connection.hear()
        #expect(heard == "status\none\ntwo\n")
        _ = connection.broadcast("three\n")
        heard = connection.hear()
        #expect(heard == "three\n")
    }

    @Test("What happened before is in the answer, and does not come again", arguments: [false, true])
    func olderBroadcasts(isLate: Bool) throws {
        var connection = try Connection()
        var answer = isLate ? Self.watchLater : ClientAnswer(Array("status\n".utf8), startsWatching: true)
        answer.olderBroadcasts = 2
        connection.ask(answer)
        for text in ["old\n", "older\n", "new\n"] { _ = connection.broadcast(text) }
        connection.finish("status\n")
        let heard = connection.hear()
        #expect(heard == "status\nnew\n")
    }

    @Test("A watcher that asks something else goes on hearing what happens")
    func furtherRequest() throws {
        var connection = try Connection()
        connection.ask(ClientAnswer(Array("status\n".utf8), startsWatching: true))
        var later = ClientAnswer.later
        later.olderBroadcasts = 5
        connection.ask(later)
        var heard = connection.hear()
        #expect(heard == "status\n")
        connection.ask(later)
        _ = connection.broadcast("one\n")
        heard = connection.hear()
        #expect(heard == "one\n")
        connection.finish("done\n")
        _ = connection.broadcast("two\n")
        heard = connection.hear()
        #expect(heard == "done\ntwo\n")
    }

    @Test("A first answer of any length does not count against a watcher, but what it lags behind with does")
    func backlog() throws {
        let status = String(repeating: "s", count: 8 << 20) + "\n"
        let report = String(repeating: "r", count: 1023) + "\n"
        for isHeld in [false, true] {
            var connection = try Connection()
            connection.ask(Self.watchLater)
            if !isHeld { connection.finish(status) }
            for number in 1...1024 {
                let stays = connection.broadcast(report)
                #expect(stays, "\(number)")
            }
            let staysBehind = connection.broadcast(report)
            #expect(!staysBehind)
            if isHeld { connection.finish(status) }
            let heard = connection.hear()
            #expect(heard == status + String(repeating: report, count: 1024))
            let stays = connection.broadcast(report)
            #expect(stays)
        }
    }
}

import Glibc
import NetworkLab
import Testing

@testable import LinuxHost

private final class Waiting {
    var connections: [ControlConnection] = []
}

/// A server that answers each line with itself in brackets, `slow` later; `watch` starts watching.
private struct Server: ~Copyable {
    let loop: EventLoop
    let socket: ControlSocket
    let waiting = Waiting()

    init(_ path: String) throws {
        let loop = try EventLoop()
        socket = try ControlSocket(path: path, loop: loop)
        self.loop = loop
    }

    borrowing func run(turns: Int = 5) throws {
        var events: [EventLoop.Event] = []
        for _ in 0..<turns {
            try loop.wait(milliseconds: 0, into: &events)
            for event in events {
                switch event.source {
                case .controlListener: try socket.acceptClients(loop: loop)
                case .controlClient(let number): socket.serve(client: number, event, loop: loop)
                default: continue
                }
            }
            _ = socket.answerRequests(loop: loop) { connection, line in
                let text = String(decoding: line, as: UTF8.self)
                if text == "slow" {
                    waiting.connections.append(connection)
                    return .later
                }
                if text == "long" { return ClientAnswer([UInt8](repeating: UInt8(ascii: "x"), count: 4 << 20)) }
                return ClientAnswer(Array("[\(text)]\n".utf8), startsWatching: text == "watch")
            }
        }
    }
}

@Suite("The control socket")
struct ControlSocketTests {
    private let path = temporaryPath("control")

    @Test("Each line is answered, in order, also when it comes in pieces or after the client ended its input")
    func requests() throws {
        let server = try Server(path)
        #expect(try shell("stat -c %a:%F \(path)") == "660:socket\n")
        let client = try Client(path)
        client.say("one\ntwo\nth")
        try server.run()
        #expect(client.hear().text == "[one]\n[two]\n")
        client.say("ree\nfour\n")
        client.endInput()
        try server.run()
        #expect(client.hear().text == "[three]\n[four]\n")
        #expect(eventually { client.hear().isClosed })
        #expect(server.socket.clientCount == 0)
        server.socket.close(loop: server.loop)
        #expect(access(path, F_OK) != 0)
    }

    @Test("Who watches hears what is broadcast; who falls behind is dropped and nobody waits for it")
    func watching() throws {
        let server = try Server(path)
        let watcher = try Client(path)
        let sleeper = try Client(path)
        let other = try Client(path)
        watcher.say("watch\n")
        sleeper.say("watch\n")
        try server.run()
        #expect(watcher.hear().text == "[watch]\n")
        let news = [UInt8](repeating: UInt8(ascii: "n"), count: 64 << 10)
        var heard = 0
        for _ in 0..<40 {
            server.socket.broadcast(news, loop: server.loop)
            heard += watcher.hear().text.utf8.count
            try server.run(turns: 1)
            heard += watcher.hear().text.utf8.count
        }
        #expect(heard == 40 * (64 << 10))
        #expect(server.socket.clientCount == 2)
        #expect(eventually { sleeper.hear().isClosed })
        #expect(other.hear() == ("", false))
        server.socket.close(loop: server.loop)
    }

    @Test("A client that does not read its answers is not heard any more, until it does")
    func backPressure() throws {
        let server = try Server(path)
        let client = try Client(path)
        client.say("long\nshort\n")
        try server.run(turns: 10)
        var text = ""
        for _ in 0..<200 {
            text += client.hear().text
            try server.run(turns: 1)
        }
        #expect(text.utf8.count == 4 << 20 + 8)
        #expect(text.hasSuffix("x[short]\n"))
        server.socket.close(loop: server.loop)
    }

    @Test("An answer that takes its time comes before those to later requests, and keeps no other client waiting")
    func lateAnswers() throws {
        let server = try Server(path)
        let patient = try Client(path)
        let other = try Client(path)
        patient.say("slow\nnext\n")
        patient.endInput()
        try server.run()
        other.say("quick\n")
        try server.run()
        #expect(patient.hear() == ("", false))
        #expect(other.hear().text == "[quick]\n")
        let connection = try #require(server.waiting.connections.first)
        server.socket.answer(connection, with: Array("done\n".utf8), loop: server.loop)
        try server.run()
        #expect(patient.hear().text == "done\n[next]\n")
        #expect(eventually { patient.hear().isClosed })
        // Nobody asked for a second answer.
        server.socket.answer(connection, with: Array("done\n".utf8), loop: server.loop)
        server.socket.close(loop: server.loop)
    }

    @Test("A client that hangs up while it waits or watches is forgotten, and its answer is nobody else's")
    func hangingUp() throws {
        let server = try Server(path)
        do {
            let hasty = try Client(path)
            hasty.say("slow\n")
            let watcher = try Client(path)
            watcher.say("watch\n")
            try server.run()
            #expect(server.socket.clientCount == 2)
        }
        let isForgotten = eventually {
            try server.run()
            return server.socket.clientCount == 0
        }
        #expect(isForgotten)
        let newcomer = try Client(path)
        newcomer.say("slow\n")
        try server.run()
        try #require(server.waiting.connections.count == 2)
        server.socket.answer(server.waiting.connections[0], with: Array("old\n".utf8), loop: server.loop)
        server.socket.answer(server.waiting.connections[1], with: Array("new\n".utf8), loop: server.loop)
        #expect(newcomer.hear().text == "new\n")
        server.socket.close(loop: server.loop)
    }

    @Test("The socket belongs to the group that is named", .needs([.root]))
    func group() throws {
        let loop = try EventLoop()
        let socket = try ControlSocket(path: path, group: 65_532, loop: loop)
        #expect(try shell("stat -c %a:%g \(path)") == "660:65532\n")
        socket.close(loop: loop)
    }

    @Test("A request without end and a seventeenth client are turned away")
    func limits() throws {
        let server = try Server(path)
        let endless = try Client(path)
        for _ in 0..<10 {
            endless.say(String(repeating: "x", count: 10_000))
            try server.run(turns: 2)
        }
        #expect(eventually { endless.hear().isClosed })
        var clients: [ClientBox] = []
        for _ in 0..<17 {
            clients.append(ClientBox(try Client(path)))
            try server.run(turns: 1)
        }
        #expect(server.socket.clientCount == 16)
        #expect(eventually { clients[16].client.hear().isClosed })
        #expect(clients.prefix(16).allSatisfy { !$0.client.hear().isClosed })
        server.socket.close(loop: server.loop)
    }

    @Test("Clients that say nothing make room: the one that has been silent for the longest time, not one that watches")
    func idleClients() async throws {
        let server = try Server(path)
        let watcher = ClientBox(try Client(path))
        watcher.client.say("watch\n")
        try server.run()
        var silent: [ClientBox] = []
        for number in 0..<15 {
            silent.append(ClientBox(try Client(path)))
            // The beginning of a request is no request.
            silent[number].client.say("half")
            try server.run(turns: 2)
        }
        silent[0].client.say(" and the other half\n")
        try await Task.sleep(for: .milliseconds(2_100))
        silent[0].client.say("more\n")
        try server.run()
        for number in 1...3 {
            let newcomer = ClientBox(try Client(path))
            newcomer.client.say("new\n")
            try server.run()
            #expect(newcomer.client.hear().text == "[new]\n")
            #expect(eventually { silent[number].client.hear().isClosed })
            silent.append(newcomer)
        }
        #expect(server.socket.clientCount == 16)
        #expect(!watcher.client.hear().isClosed && !silent[0].client.hear().isClosed)
        server.socket.close(loop: server.loop)
    }

    @Test("Whoever else fills the socket, root has room", .needs([.root]))
    func roomForRoot() throws {
        let server = try Server(path)
        try shell("chmod 666 \(path)")
        // Connects sixteen times as a user of no rights, and says whose process keeps the connections.
        let guest = try shell(
            """
            setpriv --reuid=65534 --regid=65534 --clear-groups perl -MSocket -e '
                for (1..16) {
                    socket(my $s, AF_UNIX, SOCK_STREAM, 0); connect($s, sockaddr_un($ARGV[0])) or die "connect: $!";
                    syswrite($s, "watch\\n"); push @connections, $s;
                }
                if (my $child = fork) { print $child; exit }
                close STDOUT; close STDERR; sleep 30' \(path)
            """)
        defer { if let number = pid_t(guest) { kill(number, SIGKILL) } }
        try server.run()
        #expect(server.socket.clientCount == 12)
        for _ in 0..<4 {
            let client = ClientBox(try Client(path))
            client.client.say("hello\n")
            try server.run()
            #expect(client.client.hear().text == "[hello]\n")
        }
        server.socket.close(loop: server.loop)
    }

    @Test("Where there is no time for all, each client has its turn")
    func turns() throws {
        let server = try Server(path)
        var clients: [ClientBox] = []
        for number in 0..<3 {
            clients.append(ClientBox(try Client(path)))
            clients[number].client.say("1\n2\n3\n")
        }
        // They are let in and heard, and not answered yet.
        var events: [EventLoop.Event] = []
        for _ in 0..<3 {
            try server.loop.wait(milliseconds: 0, into: &events)
            for event in events {
                switch event.source {
                case .controlListener: try server.socket.acceptClients(loop: server.loop)
                case .controlClient(let number): server.socket.serve(client: number, event, loop: server.loop)
                default: continue
                }
            }
        }
        var answered: [String] = []
        var first = 0
        for _ in 0..<6 {
            first = server.socket.answerRequests(from: first, loop: server.loop, while: { false }) { connection, line in
                answered.append("\(connection.slot):\(String(decoding: line, as: UTF8.self))")
                return ClientAnswer([])
            }
        }
        #expect(answered == ["0:1", "1:1", "2:1", "0:2", "1:2", "2:2"])
        server.socket.close(loop: server.loop)
    }

    @Test("A socket that a dead process left is replaced; a living one and other files are not")
    func stalePath() throws {
        do {
            let dead = try Server(path)
            _ = dead.socket.clientCount
        }
        #expect(access(path, F_OK) == 0)
        let living = try poll { try? ServerBox(path) }
        #expect(throws: SystemCallError("bind", on: path, errorNumber: EADDRINUSE)) { _ = try Server(path) }
        living.server.socket.close(loop: living.server.loop)
        try shell("echo precious > \(path)")
        defer { unlink(path) }
        #expect(throws: SystemCallError("bind", on: path, errorNumber: EEXIST)) { _ = try Server(path) }
        #expect(try shell("cat \(path)") == "precious\n")
        let long = String(repeating: "x", count: 108)
        #expect(throws: SystemCallError("bind", on: long, errorNumber: ENAMETOOLONG)) { _ = try Server(long) }
    }
}

private final class ClientBox {
    let client: Client
    init(_ client: consuming Client) { self.client = client }
}

private final class ServerBox {
    let server: Server
    init(_ path: String) throws { server = try Server(path) }
}

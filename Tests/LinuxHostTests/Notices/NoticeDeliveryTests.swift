import CLinux
import Glibc
import NetworkLab
import Testing
import VRRP
import VRRPEngine

@testable import LinuxHost

@Suite("The delivery of notices", .serialized, .needs([.root]), .timeLimit(.minutes(1)))
struct NoticeDeliveryTests {
    private static let root = ScriptAccount(user: 0, group: 0)
    private static let nobody = ScriptAccount(user: 65534, group: 65534)

    private static func command(_ text: String, as account: ScriptAccount = root) -> RunnableCommand {
        RunnableCommand(words: ["/bin/sh", "-c", text], account: account, keepsRights: true)
    }

    /// Gives orders to a runner on a thread of its own, does `meanwhile`, lets the runner end, and returns its news.
    private func deliver(
        _ orders: [ScriptOrder], commandTime: Nanoseconds = .seconds(20),
        shutdown: RunnableCommand? = nil, meanwhile: () async throws -> Void = {}
    ) async throws -> [ScriptNews] {
        let (near, far) = try ScriptChannel.pair()
        async let runner: Void = Namespace.onOwnThread {
            var runner = try ScriptRunner(
                channel: try ScriptChannel(owning: FileDescriptor(owning: far)), board: try ScriptBoard(),
                desk: NoticeDesk(commandTime: commandTime))
            try runner.run()
        }
        let news: [ScriptNews]
        do {
            let channel = try ScriptChannel(owning: FileDescriptor(owning: near))
            for order in orders { try channel.send(order.octets) }
            try await meanwhile()
            try channel.send(ScriptOrder.finish(shutdown, timeout: .seconds(5)).octets)
            news = try await rest(of: channel)
        }
        try await runner
        return news
    }

    private func rest(of channel: borrowing ScriptChannel) async throws -> [ScriptNews] {
        var news: [ScriptNews] = []
        for _ in 0..<30_000 {
            switch try channel.receive() {
            case .message(let octets): news.append(try ScriptNews(octets))
            case .nothing: try await Task.sleep(for: .milliseconds(1))
            case .end: return news
            }
        }
        throw SetupFailure(description: "the runner did not end")
    }

    private func withDirectory(_ body: (String) async throws -> Void) async throws {
        let path = temporaryPath("notices")
        try shell("mkdir \(path) && chmod 1777 \(path)")
        defer { _ = try? shell("rm -r \(path)") }
        try await body(path)
    }

    private func lines(_ path: String) throws -> [String] {
        try shell("cat \(path) 2>/dev/null || true").split(separator: "\n").map(String.init)
    }

    @Test("Commands of a queue run in their order, however long one takes, and all of them before the program ends")
    func order() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let notices = (0..<6).map { number in
                OutgoingNotice.run(
                    Self.command("sleep 0.\(number % 2 == 0 ? 2 : 0); echo \(number) >> \(directory)/log"), queue: "A")
            }
            #expect(try await deliver([.deliver(notices)]) == [])
            #expect(try lines("\(directory)/log") == ["0", "1", "2", "3", "4", "5"])
        }
    }

    @Test("A command that hangs is ended with its process group, the next one runs, and another queue never waits")
    func hanging() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let hanging = Self.command("trap '' TERM; sleep 300 & echo $$ $! > \(directory)/pids; wait; sleep 300")
            let notices: [OutgoingNotice] = [
                .run(hanging, queue: "A"), .run(Self.command("date +%s%N > \(directory)/a"), queue: "A"),
                .run(Self.command("date +%s%N > \(directory)/b"), queue: "B"),
            ]
            let news = try await deliver([.deliver(notices)], commandTime: .seconds(2))
            #expect(news == [.trouble("A: /bin/sh: it ran for longer than 2.0 s")])
            let times = try ["a", "b"].map { try #require(Int(lines("\(directory)/\($0)").first ?? "")) }
            #expect(times[0] > times[1])
            for process in try lines("\(directory)/pids")[0].split(separator: " ") {
                #expect(try shell("grep ^State /proc/\(process)/status 2>/dev/null || echo gone").contains(/gone|Z/))
            }
        }
    }

    @Test("Of 96 commands at once no more run side by side than a small machine bears, and all run")
    func storm() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let text = """
                mkdir \(directory)/$$; ls -d \(directory)/[0-9]* | wc -l >> \(directory)/log; sleep 0.05; rmdir \(directory)/$$
                """
            let notices = (0..<96).map { OutgoingNotice.run(Self.command(text), queue: "\($0)") }
            let orders = stride(from: 0, to: notices.count, by: 8).map { start in
                ScriptOrder.deliver(Array(notices[start..<min(start + 8, notices.count)]))
            }
            let news = try await deliver(orders) {
                for _ in 0..<2000 where try lines("\(directory)/log").count < 96 {
                    try await Task.sleep(for: .milliseconds(10))
                }
            }
            #expect(news == [])
            let counts = try lines("\(directory)/log").compactMap { Int($0.trimmingPrefix(while: { $0 == " " })) }
            #expect(counts.count == 96)
            #expect((counts.max() ?? .max) <= CommandQueue.runningLimit)
        }
    }

    @Test("A command that fails, or cannot be started, is told with its reason")
    func failures() async throws {
        let notices: [OutgoingNotice] = [
            .run(Self.command("exit 3"), queue: "INSTANCE A"),
            .run(RunnableCommand(words: ["/nonexistent/x"], account: Self.root), queue: "INSTANCE A"),
        ]
        #expect(
            try await deliver([.deliver(notices)]) == [
                .trouble("INSTANCE A: /bin/sh: it ended with status 3"),
                .trouble(
                    "INSTANCE A: /nonexistent/x: it could not be started: execve /nonexistent/x: No such file or directory"
                ),
            ])
    }

    @Test("A command of root keeps the rights of the program, one of somebody else has none and may gain some")
    func rights() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let text = "grep -E '^(CapEff|NoNew|Groups)' /proc/self/status > \(directory)/"
            var member = Self.nobody
            member.supplementaryGroups = [4, 24]
            let notices: [OutgoingNotice] = [
                .run(Self.command(text + "root"), queue: "A"),
                .run(Self.command(text + "nobody", as: member), queue: "B"),
            ]
            #expect(try await deliver([.deliver(notices)]) == [])
            let own = try shell("grep ^CapEff /proc/self/status").dropLast()
            #expect(try lines("\(directory)/root").contains(String(own)))
            let other = try lines("\(directory)/nobody")
            #expect(other.contains("CapEff:\t0000000000000000") && other.contains("NoNewPrivs:\t0"), "\(other)")
            #expect(other.contains { $0.hasPrefix("Groups:\t4 24 65534") }, "\(other)")
        }
    }

    @Test("What a command leaves behind on purpose goes on")
    func background() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let text = "(sleep 0.4; echo done > \(directory)/late) & exit 0"
            #expect(
                try await deliver([.deliver([.run(Self.command(text), queue: "A")])]) {
                    for _ in 0..<1000 where try lines("\(directory)/late").isEmpty {
                        try await Task.sleep(for: .milliseconds(10))
                    }
                } == [])
            #expect(try lines("\(directory)/late") == ["done"])
        }
    }

    private func routes(_ fifos: NoticeFIFO...) -> ScriptOrder {
        var routes = NoticeRoutes()
        routes.fifos = fifos
        return .route(routes)
    }

    @Test("A FIFO is made for its account, gets the lines in their order, and goes at the end; its reader ends with it")
    func fifo() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let path = "\(directory)/fifo"
            let reader = RunnableCommand(
                words: ["/bin/sh", "-c", "echo $$ > \(directory)/pid; exec cat \"$0\" > \(directory)/log"],
                account: Self.nobody)
            let fifo = NoticeFIFO(path: path, account: Self.nobody, reader: reader)
            let lines = (0..<100).map { OutgoingNotice.line("INSTANCE \"A\" MASTER \($0)\n") }
            let news = try await deliver([routes(fifo), .deliver(lines)]) {
                for _ in 0..<1000 where try self.lines("\(directory)/log").count < 100 {
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(try shell("stat -c '%F %a %U' \(path)") == "fifo 600 nobody\n")
            }
            #expect(news == [])
            #expect(try self.lines("\(directory)/log") == (0..<100).map { "INSTANCE \"A\" MASTER \($0)" })
            #expect(access(path, F_OK) != 0)
            let pid = try #require(try self.lines("\(directory)/pid").first)
            #expect(access("/proc/\(pid)", F_OK) != 0)
        }
    }

    @Test("A FIFO that was there stays; what is none is not written to, nor is what a link leads to")
    func foreignFIFOs() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            try shell("mkfifo \(directory)/there; touch \(directory)/file; ln -s \(directory)/there \(directory)/link")
            func fifo(_ name: String) -> NoticeFIFO { NoticeFIFO(path: "\(directory)/\(name)", account: Self.root) }
            let news = try await deliver([routes(fifo("there"), fifo("file"), fifo("link")), .deliver([.line("a\n")])])
            #expect(
                news
                    == ["file", "link"].map { name in
                        .trouble(
                            "nothing is written to \(directory)/\(name): \(directory)/\(name) exists and is no FIFO")
                    })
            #expect(access("\(directory)/there", F_OK) == 0)
            #expect(try shell("stat -c %s \(directory)/file") == "0\n")
        }
    }

    @Test("When nobody reads a FIFO, lines are lost and nothing waits")
    func unread() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let path = "\(directory)/fifo"
            let line = String(repeating: "x", count: 1000) + "\n"
            let many = ScriptOrder.deliver((0..<32).map { _ in .line(line) })
            let after = OutgoingNotice.run(Self.command("echo ran > \(directory)/log"), queue: "A")
            let orders =
                [routes(NoticeFIFO(path: path, account: Self.root))] + (0..<64).map { _ in many }
                + [.deliver([after])]
            #expect(try await deliver(orders) == [.trouble("nobody reads \(path): lines are lost from now on")])
            #expect(try lines("\(directory)/log") == ["ran"])
        }
    }

    @Test("A FIFO that stays the same over a reload stays open, one that is no longer wanted goes")
    func reload() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let kept = NoticeFIFO(path: "\(directory)/kept", account: Self.root)
            let gone = NoticeFIFO(path: "\(directory)/gone", account: Self.root)
            let orders = [routes(kept, gone), .deliver([.line("1\n")]), routes(kept), .deliver([.line("2\n")])]
            let news = try await deliver(orders) {
                for _ in 0..<1000 where access(gone.path, F_OK) == 0 || access(kept.path, F_OK) != 0 {
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(try shell("head -n 2 \(kept.path)") == "1\n2\n")
            }
            #expect(news == [])
        }
    }

    @Test("A command that is waited for tells how it ended, and the last one runs when all others have ended")
    func startAndEnd() async throws {
        try await withDirectory { (directory: String) async throws -> Void in
            let notice = OutgoingNotice.run(Self.command("sleep 0.3; echo notice >> \(directory)/log"), queue: "A")
            let news = try await deliver(
                [.perform(Self.command("exit 2"), timeout: .seconds(5)), .deliver([notice])],
                shutdown: Self.command("echo shutdown >> \(directory)/log"))
            #expect(news.contains(.performed("it ended with status 2")))
            #expect(try lines("\(directory)/log") == ["notice", "shutdown"])
        }
    }

    @Test("A command that is waited for and takes too long is ended")
    func slowStart() async throws {
        let news = try await deliver([.perform(Self.command("sleep 300"), timeout: .milliseconds(200))]) {
            try await Task.sleep(for: .seconds(2))
        }
        #expect(news == [.performed("it ran for longer than 0.2 s")])
    }

    @Test("Orders arrive as they were sent")
    func messages() throws {
        var routes = NoticeRoutes()
        routes.fifos = [
            NoticeFIFO(path: "/a", account: Self.nobody),
            NoticeFIFO(path: "/b", account: Self.root, reader: Self.command("x")),
        ]
        routes.mail = MailRoute(
            host: "h", port: 25, clientName: "c", sender: "s", recipients: ["r"], timeout: .seconds(1))
        var command = Self.command("echo \"é\"")
        command.account.supplementaryGroups = [1, 2]
        let orders: [ScriptOrder] = [
            .route(routes), .route(NoticeRoutes()),
            .deliver([.run(command, queue: "q"), .line("l\n"), .mail(subject: "s", body: "b")]),
            .perform(command, timeout: .seconds(1)), .finish(nil, timeout: .seconds(2)),
            .finish(command, timeout: .seconds(2)),
        ]
        for order in orders { #expect(try ScriptOrder(order.octets) == order) }
        for news in [ScriptNews.trouble("a"), .performed("b")] { #expect(try ScriptNews(news.octets) == news) }
    }
}

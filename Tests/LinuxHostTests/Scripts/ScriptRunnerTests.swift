import CLinux
import Foundation
import Glibc
import NetworkLab
import Testing
import VRRP
import VRRPEngine

@testable import LinuxHost

@Suite("The script runner", .needs([.root]), .timeLimit(.minutes(1)))
struct ScriptRunnerTests {
    private let root = ScriptAccount(user: 0, group: 0)
    private let nobody = ScriptAccount(user: 65534, group: 65534)

    private func script(
        _ name: String, _ command: [String], as account: ScriptAccount? = nil,
        _ change: (inout ScriptDefinition) -> Void = { _ in }
    ) -> RunnableScript {
        var definition = ScriptDefinition(name: name, command: command)
        definition.interval = .milliseconds(100)
        definition.timeout = .seconds(5)
        change(&definition)
        return RunnableScript(definition, as: account ?? root)
    }

    /// Lets a runner on a thread of its own run `scripts` until `count` verdicts have come and `ending` is done.
    private func verdicts(
        _ count: Int, of scripts: [RunnableScript], ending: () async throws -> Void = {}
    ) async throws -> [ScriptVerdict] {
        let (near, far) = try ScriptChannel.pair()
        async let runner: Void = Namespace.onOwnThread {
            var runner = try ScriptRunner(
                channel: try ScriptChannel(owning: FileDescriptor(owning: far)), board: try ScriptBoard())
            try runner.run()
        }
        let heard: [ScriptVerdict]
        do {
            let channel = try ScriptChannel(owning: FileDescriptor(owning: near))
            for script in scripts { try channel.send(ScriptOrder.script(script).octets) }
            try channel.send(ScriptOrder.commit.octets)
            heard = try await next(count, from: channel)
            try await ending()
        }
        try await runner
        return heard
    }

    private func next(_ count: Int, from channel: borrowing ScriptChannel) async throws -> [ScriptVerdict] {
        var heard: [ScriptVerdict] = []
        for _ in 0..<10_000 where heard.count < count {
            if case .message(let octets) = try channel.receive() {
                if case .verdict(let verdict) = try ScriptNews(octets) { heard.append(verdict) }
            } else {
                try await Task.sleep(for: .milliseconds(1))
            }
        }
        return heard
    }

    /// A directory that every user can write to; it is empty.
    private func openDirectory() throws -> String {
        let path = temporaryPath("scripts")
        try shell("mkdir \(path) && chmod 1777 \(path)")
        return path
    }

    @Test("What a script's end means: only status 0 is good, and what cannot be started is bad")
    func outcomes() async throws {
        let verdicts = try await verdicts(
            5,
            of: [
                script("good", ["true"]), script("bad", ["/bin/sh", "-c", "exit 3"]),
                script("missing", ["/nonexistent/check"]), script("unknown", ["no-such-program-anywhere"]),
                script("killed", ["/bin/sh", "-c", "kill -9 $$"]),
            ])
        let sentences = Dictionary(verdicts.map { ($0.script, $0.description) }) { first, _ in first }
        #expect(sentences["good"] == "script good is good: it ended with status 0")
        #expect(sentences["bad"] == "script bad is bad: it ended with status 3")
        #expect(
            sentences["missing"] == "script missing is bad: it could not be started: execve /nonexistent/check: No such"
                + " file or directory")
        #expect(sentences["unknown"]?.contains("no file no-such-program-anywhere in /usr/local/sbin") == true)
        #expect(sentences["killed"] == "script killed is bad: it was ended by signal 9")
    }

    @Test("A state is told when it changes, and a script runs again and again until then")
    func changes() async throws {
        let directory = try openDirectory()
        defer { _ = try? shell("rm -r \(directory)") }
        let check = script("check", ["/bin/sh", "-c", "echo >> \(directory)/runs; test -e \(directory)/file"])
        var heard: [ScriptVerdict] = []
        let start = ContinuousClock.now
        heard = try await verdicts(1, of: [check]) {
            for _ in 0..<1_000 where (Int(try shell("wc -l < \(directory)/runs").dropLast()) ?? 0) < 3 {
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        let elapsed = ContinuousClock.now - start
        #expect(heard.map(\.isGood) == [false])
        let runs = try #require(Int(try shell("wc -l < \(directory)/runs").dropLast()))
        // One each 100 ms at most, however long the machine let the test wait.
        #expect(runs >= 3 && runs <= Int(elapsed / .milliseconds(100)) + 1)
    }

    @Test("A script that takes too long ends with its whole process group, whatever that ignores")
    func timeout() async throws {
        let directory = try openDirectory()
        defer { _ = try? shell("rm -r \(directory)") }
        // The shell and one child ignore SIGTERM; another child outlives the leader.
        let sleep = try sleeper(in: directory)
        let text = """
            trap '' TERM
            \(sleep) &
            (trap - TERM; exec \(sleep)) &
            wait
            \(sleep)
            """
        let slow = script("slow", ["/bin/sh", "-c", text]) { $0.timeout = .milliseconds(300) }
        var isOver = false
        let verdicts = try await verdicts(1, of: [slow]) { isOver = try await nothingRuns(from: directory) }
        #expect(verdicts.first?.description == "script slow is bad: it ran for longer than 0.3 s")
        #expect(isOver)
    }

    @Test(
        "A script on a file system that does not answer takes too long, and holds no other one up",
        arguments: [false, true])
    func silentFile(needsSafePath: Bool) async throws {
        let silent = try SilentFileSystem()
        let scripts = [
            script("silent", ["\(silent.path)/check"]) {
                $0.timeout = .seconds(2)
                $0.needsSafePath = needsSafePath
            },
            script("other", ["true"]),
        ]
        let heard = try await verdicts(2, of: scripts)
        #expect(
            heard.map(\.description) == [
                "script other is good: it ended with status 0", "script silent is bad: it ran for longer than 2.0 s",
            ])
    }

    @Test("A copy that waits for a file system that does not answer keeps nothing open of the runner's")
    func waitingCopy() async throws {
        let silent = try SilentFileSystem()
        let scripts = [script("silent", ["\(silent.path)/check"]), script("other", ["true"])]
        var files: [String] = []
        _ = try await verdicts(1, of: scripts) {
            for _ in 0..<50 where files.isEmpty {
                let before = try waitingCopies()
                try await Task.sleep(for: .milliseconds(300))
                guard let copy = try waitingCopies().intersection(before).first else { continue }
                files = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(copy)/fd").map {
                    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(copy)/fd/\($0)")
                }
            }
        }
        #expect((1...5).contains(files.count), "\(files)")
        #expect(!files.contains { $0.hasPrefix("socket:") || $0.hasPrefix("anon_inode:") }, "\(files)")
    }

    @Test("When the connection ends, so does every script")
    func farewell() async throws {
        let directory = try openDirectory()
        defer { _ = try? shell("rm -r \(directory)") }
        let sleep = try sleeper(in: directory)
        let slow = script("slow", ["/bin/sh", "-c", "exec \(sleep)"])
        var wasThere = false
        _ = try await verdicts(0, of: [slow]) {
            for _ in 0..<400 where !wasThere {
                wasThere = try running(from: directory) > 0
                try await Task.sleep(for: .milliseconds(10))
            }
        }
        #expect(wasThere)
        #expect(try await nothingRuns(from: directory))
    }

    @Test("A script runs as its user alone, without rights, files, or signals of the daemon")
    func surroundings() async throws {
        let directory = try openDirectory()
        defer { _ = try? shell("rm -r \(directory)") }
        let text = """
            exec > \(directory)/part
            id -u; id -g; id -G; pwd; umask
            echo pid $$; cat /proc/$$/stat | cut -d' ' -f5,6
            grep -E '^(Cap|Sig(Blk|Ign)|NoNew|Seccomp:)' /proc/self/status
            readlink /proc/$$/fd/0 /proc/$$/fd/2; ls /proc/$$/fd | tr '\\n' ' '; echo
            tr '\\0' '\\n' < /proc/$$/environ
            chrt -p $$
            mv \(directory)/part \(directory)/all
            """
        _ = try await verdicts(1, of: [script("look", ["/bin/sh", "-c", text], as: nobody)])
        let lines = try shell("cat \(directory)/all").split(separator: "\n").map(String.init)
        #expect(lines.prefix(5) == ["65534", "65534", "65534", "/", "0022"])
        let process = try #require(lines.first { $0.hasPrefix("pid ") }?.dropFirst(4))
        #expect(lines.contains("\(process) \(process)"), "not the leader of its session")
        for set in ["CapInh", "CapPrm", "CapEff", "CapAmb"] { #expect(lines.contains("\(set):\t0000000000000000")) }
        for set in ["SigBlk", "SigIgn"] { #expect(lines.contains("\(set):\t0000000000000000")) }
        #expect(lines.contains("NoNewPrivs:\t1"))
        #expect(lines.filter { $0 == "/dev/null" }.count == 2)
        #expect(lines.contains { $0.hasPrefix("0 1 2 ") && $0.split(separator: " ").count <= 4 }, "\(lines)")
        #expect(lines.contains { $0.hasSuffix("scheduling policy: SCHED_BATCH") })
        #expect(lines.filter { $0.hasPrefix("PATH=") } == ["PATH=\(ScriptPath.directories.joined(separator: ":"))"])
    }

    @Test("Scripts have the environment of the daemon, without what would make a program run something else")
    func environment() {
        let texts = [
            "HOME=/root", "PATH=/tmp", "LD_PRELOAD=/tmp/x.so", "LD_LIBRARY_PATH=/tmp", "IFS=x", "ENV=/tmp/x",
            "BASH_ENV=/tmp/x", "BASH_FUNC_ls%%=() { :; }", "NOTIFY_SOCKET=/run/x", "POD_NAME=a=b", "EMPTY=", "odd",
        ]
        let kept = ScriptProcess.environment(from: texts)
        #expect(kept.dropLast() == ["HOME=/root", "POD_NAME=a=b", "EMPTY=", "odd"])
        #expect(kept.last == "PATH=\(ScriptPath.directories.joined(separator: ":"))")
    }

    @Test("A script that somebody wants to run as root has all of its rights")
    func rightsOfNamedRoot() {
        var definition = ScriptDefinition(name: "look", command: ["/bin/true"])
        let root = ScriptAccount(user: 0, group: 0)
        #expect(!RunnableScript(definition, as: root).keepsRights)
        definition.user = ScriptUser(name: "root")
        #expect(RunnableScript(definition, as: root).keepsRights)
        #expect(!RunnableScript(definition, as: ScriptAccount(user: 65_534, group: 65_534)).keepsRights)
    }

    @Test("A script that runs as root unasked keeps the right to ask whether processes are alive, and no other")
    func rightsOfRoot() async throws {
        let directory = try openDirectory()
        defer { _ = try? shell("rm -r \(directory)") }
        let text = "grep ^Cap /proc/self/status > \(directory)/part; mv \(directory)/part \(directory)/all"
        _ = try await verdicts(1, of: [script("look", ["/bin/sh", "-c", text])])
        let status = try shell("cat \(directory)/all")
        for set in ["CapPrm", "CapEff"] { #expect(status.contains("\(set):\t0000000000000020")) }
        for set in ["CapInh", "CapAmb"] { #expect(status.contains("\(set):\t0000000000000000")) }
    }

    @Test("With script security root runs only what nobody else could have written")
    func safePaths() async throws {
        let directory = try openDirectory()
        defer { _ = try? shell("rm -r \(directory)") }
        let check = "\(directory)/check"
        try shell("printf '#!/bin/sh\\nexit 0\\n' > \(check) && chmod 755 \(check) && ln -s \(check) \(directory)/link")
        func verdict(_ path: String, as account: ScriptAccount? = nil) async throws -> ScriptVerdict? {
            try await verdicts(1, of: [script("check", [path], as: account) { $0.needsSafePath = true }]).first
        }
        // A directory that everybody can write to, but only for files of their own.
        #expect(try await verdict(check)?.isGood == true)
        #expect(try await verdict("true")?.isGood == true)
        try shell("chmod 777 \(check)")
        #expect(try await verdict(check)?.reason.contains("others than root could have written \(check)") == true)
        #expect(try await verdict("\(directory)/link")?.isGood == false)
        #expect(try await verdict(check, as: nobody)?.isGood == true)
        try shell("chmod 755 \(check) && chmod 777 \(directory)")
        #expect(try await verdict(check)?.reason.contains("could have written \(directory),") == true)
        try shell("chmod 755 \(directory) && chown 65534 \(check)")
        #expect(try await verdict(check)?.isGood == false)
        #expect(try await verdict("\(directory)/gone")?.isGood == false)
    }

    @Test("With script security root runs the file behind a link, and by the link itself where that is wanted")
    func linkedPaths() async throws {
        let directory = try openDirectory()
        defer { _ = try? shell("rm -r \(directory)") }
        let check = "\(directory)/check"
        try shell("printf '#!/bin/sh\\ntest \"$0\" = \"$1\"\\n' > \(check) && chmod 755 \(check)")
        try shell("ln -s \(check) \(directory)/link")
        func isRun(as path: String, keepsLinks: Bool) async throws -> Bool {
            let run = script("check", ["\(directory)/link", path]) {
                $0.needsSafePath = true
                $0.keepsLinks = keepsLinks
            }
            return try await verdicts(1, of: [run]).first?.isGood == true
        }
        #expect(try await isRun(as: check, keepsLinks: false))
        #expect(try await isRun(as: "\(directory)/link", keepsLinks: true))
        #expect(try await !isRun(as: check, keepsLinks: true))
    }

    /// A program that sleeps for long, and that has the directory in its command line.
    private func sleeper(in directory: String) throws -> String {
        _ = try shell("ln -s \"$(command -v sleep)\" \(directory)/sleep")
        return "\(directory)/sleep 300"
    }

    /// How many processes have a directory in their command line. Numbers of processes are used again; zombies have none.
    private func running(from directory: String) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc").count { name in
            guard Int32(name) != nil, let line = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
                return false
            }
            return String(decoding: line, as: UTF8.self).contains(directory)
        }
    }

    /// The children of this process that have not become another program yet, and wait for the kernel alone.
    private func waitingCopies() throws -> Set<String> {
        let files = FileManager.default
        let program = try files.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return Set(
            try files.contentsOfDirectory(atPath: "/proc").filter { name in
                guard Int32(name) != nil, let status = files.contents(atPath: "/proc/\(name)/status"),
                    (try? files.destinationOfSymbolicLink(atPath: "/proc/\(name)/exe")) == program
                else { return false }
                let lines = String(decoding: status, as: UTF8.self).split(separator: "\n")
                return lines.contains("PPid:\t\(getpid())") && lines.contains { $0.hasPrefix("State:\tD") }
            })
    }

    /// Whether none of these processes is there any more, within ten seconds.
    private func nothingRuns(from directory: String) async throws -> Bool {
        for _ in 0..<1000 {
            if try running(from: directory) == 0 { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }
}

@Suite("Accounts of scripts", .needs([.root]))
struct ScriptAccountTests {
    @Test("A name, a number and a group of one's own choice are understood")
    func names() throws {
        #expect(try ScriptAccount(ScriptUser(name: "root")) == ScriptAccount(user: 0, group: 0))
        #expect(try ScriptAccount(ScriptUser(name: "nobody")).user == 65534)
        #expect(try ScriptAccount(ScriptUser(name: "0", group: "123")) == ScriptAccount(user: 0, group: 123))
        #expect(throws: ScriptAccountError.unknownUser("no one")) { try ScriptAccount(ScriptUser(name: "no one")) }
        #expect(throws: ScriptAccountError.unknownGroup("no one")) {
            try ScriptAccount(ScriptUser(name: "root", group: "no one"))
        }
    }

    @Test(
        "Where nobody is named and there is no user for scripts, they run as this process does",
        .enabled(if: getpwnam(ScriptAccount.standardName) == nil, "there is a user keepalived_script"))
    func unnamed() throws {
        #expect(try ScriptAccount(nil) == ScriptAccount(user: geteuid(), group: getegid()))
    }
}

import Glibc
import Testing
import VRRP
import VRRPEngine

@testable import LinuxHost

/// A watch whose news a test waits for.
private final class Watched {
    let watch: SourceWatch
    private let bell: Bell
    fileprivate(set) var files: [String: FileObservation] = [:]
    private(set) var processes: [String: ProcessObservation] = [:]

    init(_ sources: TrackedSources, asksKernel: Bool = true) throws {
        bell = try Bell()
        watch = try SourceWatch(ringing: bell, asksKernel: asksKernel)
        watch.follow(sources)
    }

    deinit { watch.stop() }

    /// Waits until what is known is as it should be.
    func wait(
        _ what: String, sourceLocation: SourceLocation = #_sourceLocation, until isRight: (Watched) -> Bool
    ) async throws {
        for _ in 0..<1000 {
            for observation in watch.takeNews() {
                switch observation {
                case .file(let file): files[file.name] = file
                case .processes(let observed): processes[observed.name] = observed
                }
            }
            if isRight(self) { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("\(what): \(files) \(processes)", sourceLocation: sourceLocation)
    }

    /// Waits for the number of the file `f`.
    func wait(number: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        try await wait("number \(number)", sourceLocation: sourceLocation) { $0.files["f"]?.number ?? 0 == number }
    }
}

@Suite("The watch of files", .timeLimit(.minutes(1)))
struct FileWatchTests {
    private func watch(_ path: String) throws -> Watched {
        try Watched(TrackedSources(files: [TrackedFileDefinition(name: "f", path: path)]))
    }

    @Test("A file that is written, replaced, removed and made again is followed")
    func life() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "value")
        let watched = try watch(folder.path("value"))
        try await watched.wait(number: 1)
        try folder.write("2", to: "value")
        try await watched.wait(number: 2)
        try folder.write("3", to: "value", replacing: true)
        try await watched.wait(number: 3)
        unlink(folder.path("value"))
        try await watched.wait(number: 0)
        try folder.write("4", to: "value")
        try await watched.wait(number: 4)
        rename(folder.path("value"), folder.path("elsewhere"))
        try await watched.wait(number: 0)
        rename(folder.path("elsewhere"), folder.path("value"))
        try await watched.wait(number: 4)
        try folder.write("4000000000", to: "value")
        try await watched.wait("out of range") { $0.files["f"]?.problem == .outOfRange && $0.files["f"]?.number == 4 }
    }

    @Test("The folder of a file may come later, go and come back")
    func folders() async throws {
        let folder = try TemporaryFolder()
        let watched = try watch(folder.path("a/b/value"))
        try await Task.sleep(for: .milliseconds(50))
        mkdir(folder.path("a"), 0o755)
        mkdir(folder.path("a/b"), 0o755)
        try folder.write("1", to: "a/b/value")
        try await watched.wait(number: 1)
        try folder.write("2", to: "a/b/value")
        try await watched.wait(number: 2)
        _ = try shell("rm -rf \(folder.path("a"))")
        try await watched.wait(number: 0)
        mkdir(folder.path("a"), 0o755)
        mkdir(folder.path("a/b"), 0o755)
        try folder.write("3", to: "a/b/value")
        try await watched.wait(number: 3)
    }

    @Test("A link is followed to its file, and when it is turned, as Kubernetes turns those of a ConfigMap")
    func links() async throws {
        let folder = try TemporaryFolder()
        for (name, number) in [("one", "1"), ("two", "2")] {
            mkdir(folder.path(name), 0o755)
            try folder.write(number, to: "\(name)/value")
        }
        symlink("one", folder.path("..data"))
        symlink("..data/value", folder.path("value"))
        let watched = try watch(folder.path("value"))
        try await watched.wait(number: 1)
        try folder.write("5", to: "one/value")
        try await watched.wait(number: 5)
        symlink("two", folder.path("..new"))
        rename(folder.path("..new"), folder.path("..data"))
        try await watched.wait(number: 2)
        try folder.write("6", to: "two/value")
        try await watched.wait(number: 6)
    }

    @Test(
        "Other files are followed from the next order on, and what is in a file that changes without end is told at last"
    )
    func orders() async throws {
        let folder = try TemporaryFolder()
        try folder.write("1", to: "one")
        try folder.write("2", to: "two")
        let watched = try watch(folder.path("one"))
        try await watched.wait(number: 1)
        watched.watch.follow(TrackedSources(files: [TrackedFileDefinition(name: "f", path: folder.path("two"))]))
        try await watched.wait(number: 2)
        for number in 0..<2000 { try folder.write("\(number)", to: "two", replacing: number % 2 == 0) }
        try await watched.wait(number: 1999)
        watched.watch.follow(TrackedSources())
        watched.watch.follow(TrackedSources(files: [TrackedFileDefinition(name: "g", path: folder.path("one"))]))
        try await watched.wait("the other file") { $0.files["g"]?.number == 1 }
        watched.files["f"] = nil
        try folder.write("9", to: "two")
        try folder.write("3", to: "one")
        try await watched.wait("the other file's number") { $0.files["g"]?.number == 3 }
        #expect(watched.files["f"] == nil)
    }
}

@Suite("The watch of processes", .timeLimit(.minutes(1)))
struct ProcessWatchTests {
    /// A program that nobody else on the node runs.
    private final class Program {
        let folder: TemporaryFolder
        let name: String

        init() throws {
            folder = try TemporaryFolder()
            name = "trk\(UInt32.random(in: 0...0xfff_ffff))"
            _ = try shell("cp /bin/sleep \(folder.path(name))")
        }

        func start(_ seconds: Int) throws -> pid_t {
            let number = try shell("\(folder.path(name)) \(seconds) >/dev/null 2>&1 & echo $!")
            return try #require(pid_t(number.split(separator: "\n").last.map(String.init) ?? ""))
        }
    }

    private func definition(_ program: Program, _ change: (inout TrackedProcessDefinition) -> Void = { _ in })
        -> TrackedProcessDefinition
    {
        var definition = TrackedProcessDefinition(name: "p", program: program.name)
        change(&definition)
        return definition
    }

    @Test(
        "Processes are counted as they come and go, whether the kernel tells or /proc is looked at",
        arguments: [true, false])
    func counts(asksKernel: Bool) async throws {
        let program = try Program()
        let watched = try Watched(
            TrackedSources(processes: [definition(program) { $0.quorum = 2...2 }]), asksKernel: asksKernel)
        try await watched.wait("none") { $0.processes["p"]?.count == 0 && $0.processes["p"]?.isGood == false }
        let first = try program.start(100)
        try await watched.wait("one") { $0.processes["p"]?.count == 1 && $0.processes["p"]?.isGood == false }
        let second = try program.start(101)
        try await watched.wait("two") { $0.processes["p"]?.count == 2 && $0.processes["p"]?.isGood == true }
        let third = try program.start(102)
        try await watched.wait("three") { $0.processes["p"]?.count == 3 && $0.processes["p"]?.isGood == false }
        for process in [first, second, third] { kill(process, SIGKILL) }
        try await watched.wait("none again") { $0.processes["p"]?.count == 0 }
    }

    @Test("Names and command lines are told apart, by a process that is there when the watch begins")
    func patterns() async throws {
        let program = try Program()
        let path = program.folder.path(program.name)
        let process = try program.start(1234)
        defer { kill(process, SIGKILL) }
        let cases: [(String, [String], TrackedProcessDefinition.ParameterMatch?, Bool)] = [
            (program.name, [], nil, true), (path, [], nil, false), (program.name, [], .any, false),
            (path, [], .any, true), (path, [], .exact, false), (path, ["1234"], .exact, true),
            (path, ["12"], .exact, false), (path, ["12"], .first, false), (path, ["12"], .beginning, true),
            (path, ["1234"], .first, true), (path, ["1234", "5"], .first, false), (path, [], .first, true),
            (program.name + "-and-a-name-too-long", [], nil, false),
        ]
        let definitions = cases.enumerated().map { index, example in
            var definition = TrackedProcessDefinition(name: "\(index)", program: example.0)
            definition.parameters = example.1
            definition.parameterMatch = example.2
            return definition
        }
        var table = ProcessTable(definitions)
        // The shell has become the program soon after it told its number.
        for _ in 0..<100 where table.counts[5] == 0 {
            try await Task.sleep(for: .milliseconds(10))
            table.scan()
        }
        #expect(table.counts == cases.map { $0.3 ? 1 : 0 })
        table.forget(process)
        #expect(table.counts.allSatisfy { $0 == 0 })
        table.look(at: process)
        #expect(table.counts == cases.map { $0.3 ? 1 : 0 })
        #expect(
            ObservedSources(lookingAt: TrackedSources(processes: definitions)).observations.map { observation in
                if case .processes(let processes) = observation { processes.isGood } else { false }
            } == cases.map(\.3))
    }

    @Test("A long name is known by its first 15 octets, which is what the kernel keeps")
    func longName() {
        let pattern = ProcessPattern(TrackedProcessDefinition(name: "p", program: "a-name-of-twenty-octets"))
        #expect(pattern.matches(name: Array("a-name-of-twent".utf8)[...], commandLine: []))
        #expect(!pattern.matches(name: Array("a-name-of-twen".utf8)[...], commandLine: []))
    }
}

@Suite("The course of a process")
struct ProcessCourseTests {
    private static func definition(_ quorum: ClosedRange<Int> = 1...Int.max) -> TrackedProcessDefinition {
        var definition = TrackedProcessDefinition(name: "p", program: "a")
        definition.quorum = quorum
        definition.terminateDelay = .seconds(2)
        definition.forkDelay = .seconds(1)
        return definition
    }

    @Test("The first count counts at once, later ones when they have lasted")
    func delays() {
        var course = ProcessCourse(Self.definition(), count: 1)
        #expect(course.observation.isGood)
        course.note(count: 0, at: .zero + .seconds(10))
        #expect(course.observation.isGood && course.observation.awaitsTerminateDelay)
        #expect(course.deadline == .zero + .seconds(12))
        course.advance(to: .zero + .milliseconds(11_999))
        #expect(course.observation.isGood)
        course.advance(to: .zero + .seconds(12))
        #expect(!course.observation.isGood && !course.observation.awaitsTerminateDelay)
        course.note(count: 1, at: .zero + .seconds(20))
        #expect(!course.observation.isGood && course.observation.awaitsForkDelay)
        course.advance(to: .zero + .seconds(21))
        #expect(course.observation.isGood)
        #expect(course.deadline == .distantFuture)
    }

    @Test("What comes back in time was never gone")
    func restart() {
        var course = ProcessCourse(Self.definition(), count: 3)
        course.note(count: 0, at: .zero)
        course.note(count: 1, at: .zero + .seconds(1))
        #expect(course.deadline == .distantFuture)
        course.advance(to: .zero + .seconds(100))
        #expect(course.observation.isGood)
        #expect(course.observation.count == 1)
    }

    @Test("Too many count after the delay for forks, none at all may be what is wanted")
    func most() {
        var course = ProcessCourse(Self.definition(0...0), count: 0)
        #expect(course.observation.isGood)
        course.note(count: 1, at: .zero)
        #expect(course.deadline == .zero + .seconds(1))
        course.note(count: 2, at: .zero + .milliseconds(500))
        #expect(course.deadline == .zero + .seconds(1))
        course.advance(to: .zero + .seconds(1))
        #expect(!course.observation.isGood)
        course.note(count: 0, at: .zero + .seconds(5))
        #expect(course.deadline == .zero + .seconds(7))
    }
}

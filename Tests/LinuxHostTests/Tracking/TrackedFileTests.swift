import Glibc
import Testing
import VRRPEngine

@testable import LinuxHost

@Suite("The content of tracked files")
struct TrackedFileTests {
    @Test(
        "The number is what strtol(3) takes of the beginning; without one it is 0",
        arguments: [
            ("5\n", 5), ("-7", -7), ("  +12 and more", 12), ("\t\n 3", 3), ("0x1F", 31), ("010", 8), ("08", 0), ("", 0),
            ("x", 0), ("-", 0), ("2147483647", 2_147_483_647), ("-2147483648", -2_147_483_648), ("1.9", 1),
            ("5\u{0}6", 5), (String(repeating: " ", count: 200) + "5", 0),
        ])
    func numbers(text: String, number: Int) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "value")
        #expect(TrackedFileReading.read(folder.path("value")) == TrackedFileReading(number: number))
    }

    @Test(
        "A number beyond 32 bits is none",
        arguments: ["2147483648", "-2147483649", "99999999999999999999999", "0xffffffff"])
    func outOfRange(text: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "value")
        #expect(TrackedFileReading.read(folder.path("value")) == TrackedFileReading(problem: .outOfRange))
    }

    @Test("What is not there, and what is no regular file, is 0; nothing waits for a pipe that nobody writes to")
    func strange() throws {
        let folder = try TemporaryFolder()
        #expect(TrackedFileReading.read(folder.path("absent")) == TrackedFileReading(number: 0))
        #expect(TrackedFileReading.read(folder.path("absent/value")) == TrackedFileReading(number: 0))
        #expect(TrackedFileReading.read(folder.path("")) == TrackedFileReading(number: 0, problem: .notRegular))
        mkfifo(folder.path("pipe"), 0o600)
        #expect(TrackedFileReading.read(folder.path("pipe")) == TrackedFileReading(number: 0, problem: .notRegular))
        symlink(folder.path("circle"), folder.path("circle"))
        let circle = TrackedFileReading.read(folder.path("circle"))
        #expect(circle.number == 0 && circle.problem != nil)
    }

    private func definition(_ path: String, number: Int, overwrites: Bool = false) -> TrackedFileDefinition {
        var definition = TrackedFileDefinition(name: "f", path: path)
        definition.initialContent = .init()
        definition.initialContent?.number = number
        definition.initialContent?.overwrites = overwrites
        return definition
    }

    @Test("A file is made where there is none, not to be executed, and left alone where there is one")
    func creation() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("value")
        try definition(path, number: 7).makeInitialContent(mayOverwrite: true)
        #expect(TrackedFileReading.read(path).number == 7)
        var information = stat()
        #expect(stat(path, &information) == 0 && information.st_mode & 0o777 == 0o600)
        try definition(path, number: 8).makeInitialContent(mayOverwrite: true)
        #expect(TrackedFileReading.read(path).number == 7)
        try definition(path, number: 9, overwrites: true).makeInitialContent(mayOverwrite: false)
        #expect(TrackedFileReading.read(path).number == 7)
        chmod(path, 0o666)
        try definition(path, number: 10, overwrites: true).makeInitialContent(mayOverwrite: true)
        #expect(TrackedFileReading.read(path).number == 10)
        #expect(stat(path, &information) == 0 && information.st_mode & 0o777 == 0o666)
    }

    @Test("No link is followed, and neither a second name nor a pipe is written to")
    func safety() throws {
        let folder = try TemporaryFolder()
        try folder.write("precious", to: "other")
        symlink(folder.path("other"), folder.path("link"))
        symlink(folder.path("absent"), folder.path("dangling"))
        link(folder.path("other"), folder.path("second"))
        mkfifo(folder.path("pipe"), 0o600)
        for name in ["link", "dangling", "second", "pipe"] {
            #expect(throws: SystemCallError.self, "\(name)") {
                try definition(folder.path(name), number: 1, overwrites: true).makeInitialContent(mayOverwrite: true)
            }
        }
        #expect(folder.text("other") == "precious")
        #expect(access(folder.path("absent"), F_OK) != 0)
    }
}

import Foundation
import Testing

@testable import FileReplacement

@Suite("A file that is replaced as a whole")
final class FileReplacementTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "replaced-\(UUID().uuidString)").path
    private var path: String { "\(folder)/file" }

    init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder).sorted() }
    }

    private func replacement(_ name: FileReplacement.TemporaryName, mode: UInt32 = 0o640) -> FileReplacement {
        var replacement = FileReplacement(of: path, mode: mode, temporaryName: name)
        replacement.durability = .new
        return replacement
    }

    @Test("It has what was written and its permissions, and nothing is left beside it", arguments: [true, false])
    func replaced(isFixed: Bool) throws {
        let replacement = replacement(isFixed ? .fixed(".new") : .unique(".new-"))
        for text in ["first", "", String(repeating: "x", count: 3 << 20)] {
            try replacement.write(Array(text.utf8))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o640)
            #expect(try names == ["file"])
        }
    }

    @Test("Whoever has the old one open goes on reading it")
    func reader() throws {
        try replacement(.fixed(".new")).write(Array("old".utf8))
        let reader = try #require(FileHandle(forReadingAtPath: path))
        try replacement(.fixed(".new")).write(Array("new".utf8))
        #expect(try reader.readToEnd() == Data("old".utf8))
    }

    @Test("What a process that was killed has left is replaced, and where a link is in its place, nothing behind it is")
    func leftover() throws {
        try Data("half".utf8).write(to: URL(filePath: "\(folder)/.new"))
        try replacement(.fixed(".new")).write(Array("whole".utf8))
        #expect(try names == ["file"])
        try Data("other".utf8).write(to: URL(filePath: "\(folder)/other"))
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/.new", withDestinationPath: "other")
        try replacement(.fixed(".new")).write(Array("whole again".utf8))
        #expect(try String(contentsOfFile: "\(folder)/other", encoding: .utf8) == "other")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "whole again")
        #expect(try names == ["file", "other"])
    }

    @Test("A link is replaced, or else what it leads to", arguments: [true, false])
    func link(follows: Bool) throws {
        try Data("old".utf8).write(to: URL(filePath: "\(folder)/behind"))
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "behind")
        var replacement = replacement(.unique(".new-"))
        replacement.followsLinks = follows
        try replacement.write(Array("new".utf8))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        #expect(try String(contentsOfFile: "\(folder)/behind", encoding: .utf8) == (follows ? "new" : "old"))
    }

    @Test("A file system that cannot bring a folder to the disk is no failure; one that fails is")
    func folders() throws {
        // There, fsync(2) has no meaning for a folder: EINVAL.
        let descriptor = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        try #require(fsync(descriptor) == -1 && errno == EINVAL)
        let replacement = replacement(.fixed(".new"))
        var later = replacement
        later.durability = .either
        try later.write(Array("later".utf8))
        #expect(throws: Never.self) { try later.settle() }
        later.path = "\(folder)/none/file"
        #expect(throws: FileReplacementError(path: later.path, errorNumber: ENOENT)) { try later.settle() }
        #expect(replacement.synchronize("/proc") == 0)
        #expect(replacement.synchronize(folder) == 0)
        #expect(replacement.synchronize("\(folder)/none") == ENOENT)
    }

    @Test("Where it cannot be, the file and the reason are told, and all stays what it was", arguments: [true, false])
    func failure(isFixed: Bool) throws {
        let name = isFixed ? FileReplacement.TemporaryName.fixed(".new") : .unique(".new-")
        let nowhere = FileReplacement(of: "\(folder)/none/file", temporaryName: name)
        let error = #expect(throws: FileReplacementError.self) { try nowhere.write([]) }
        #expect(error?.description == "\(folder)/none/file cannot be written: No such file or directory")
        // A folder is not replaced by a file.
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        #expect(throws: FileReplacementError(path: path, errorNumber: EISDIR)) { try self.replacement(name).write([]) }
        #expect(try names == ["file"])
    }
}

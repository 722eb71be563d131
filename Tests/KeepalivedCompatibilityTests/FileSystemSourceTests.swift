import Glibc
import Testing

@testable import KeepalivedCompatibility

@Suite("Files")
struct FileSystemSourceTests {
    /// Runs `body` with a folder of its own, which is removed afterwards.
    private func withFolder(_ body: (String) throws -> Void) throws {
        let template = try #require(strdup("/tmp/keepalived-compatibility-XXXXXX"))
        defer { free(template) }
        let folder = String(cString: try #require(mkdtemp(template)))
        defer {
            for name in ["k.conf", "pipe", "link", "large", "a.conf", "b.conf"] { unlink("\(folder)/\(name)") }
            rmdir("\(folder)/sub")
            rmdir(folder)
        }
        try body(folder)
    }

    private func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        try #require(descriptor >= 0)
        #expect(Glibc.write(descriptor, text, text.utf8.count) == text.utf8.count)
        close(descriptor)
    }

    @Test("The environment is the program's own")
    func environment() {
        #expect(FileSystemSource().variable("PATH") != nil)
        #expect(FileSystemSource().variable("NO_SUCH_VARIABLE_HERE") == nil)
    }

    @Test("A regular file is read, also through a link, and its execute bit is seen")
    func regular() throws {
        try withFolder { folder in
            try write("global_defs { }\n", to: "\(folder)/k.conf")
            #expect(symlink("\(folder)/k.conf", "\(folder)/link") == 0)
            let file = try FileSystemSource().read("\(folder)/link")
            #expect(file == ConfigurationFile(octets: Array("global_defs { }\n".utf8), isExecutable: false))
            #expect(chmod("\(folder)/k.conf", 0o755) == 0)
            #expect(try FileSystemSource().read("\(folder)/k.conf").isExecutable)
        }
    }

    @Test("What is no regular file, missing or too large is refused with a sentence")
    func refused() throws {
        try withFolder { folder in
            #expect(throws: ConfigurationReadError(path: "\(folder)/k.conf", reason: .missing)) {
                try FileSystemSource().read("\(folder)/k.conf")
            }
            #expect(throws: ConfigurationReadError(path: folder, reason: .notRegular)) {
                try FileSystemSource().read(folder)
            }
            #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
            #expect(throws: ConfigurationReadError(path: "\(folder)/pipe", reason: .notRegular)) {
                try FileSystemSource().read("\(folder)/pipe")
            }
            try write("", to: "\(folder)/large")
            #expect(truncate("\(folder)/large", 16 << 20) == 0)
            #expect(try FileSystemSource().read("\(folder)/large").octets.count == 16 << 20)
            #expect(truncate("\(folder)/large", 16 << 20 + 1) == 0)
            #expect(throws: ConfigurationReadError(path: "\(folder)/large", reason: .tooLarge(limit: 16 << 20))) {
                try FileSystemSource().read("\(folder)/large")
            }
        }
    }

    @Test("Wildcards find files and folders in the order of their names")
    func wildcards() throws {
        try withFolder { folder in
            let source = FileSystemSource()
            for name in ["b.conf", "a.conf", "k.conf"] { try write("", to: "\(folder)/\(name)") }
            #expect(mkdir("\(folder)/sub", 0o755) == 0)
            #expect(
                try source.paths(matching: "\(folder)/*.conf").map { $0.suffix(6) } == ["a.conf", "b.conf", "k.conf"])
            #expect(try source.paths(matching: "\(folder)/[a-b].conf").count == 2)
            #expect(try source.paths(matching: "\(folder)/s*") == ["\(folder)/sub/"])
            #expect(try source.paths(matching: "\(folder)/sub/") == ["\(folder)/sub/"])
            #expect(try source.paths(matching: "\(folder)/*.none") == [])
            #expect(try source.paths(matching: "\(folder)/\\*.conf") == [])
            #expect(source.absolutePath(ofFolder: "\(folder)/sub/..") == folder)
            #expect(source.absolutePath(ofFolder: "").hasPrefix("/"))
        }
    }

    @Test("Included files are found from the folder of their file")
    func inclusion() throws {
        try withFolder { folder in
            try write("include *.conf\ninclude {a,b}.conf\n", to: "\(folder)/large")
            try write("vrrp_instance ${_PWD} {\n}\n", to: "\(folder)/a.conf")
            try write("nonsense\n", to: "\(folder)/b.conf")
            let configuration = try KeepalivedConfiguration.load(
                path: "\(folder)/large", source: FileSystemSource(), configurationID: "")
            let sentences = configuration.diagnostics.map(\.description)
            #expect(sentences.contains("\(folder)/a.conf:1: vrrp_instance \(folder): interface is missing"))
            #expect(sentences.filter { $0 == "\(folder)/b.conf:1: nonsense: unknown keyword is ignored" }.count == 2)
        }
    }

    @Test("An error of the main file ends the reading")
    func mainFile() {
        let error = #expect(throws: ConfigurationReadError.self) {
            try KeepalivedConfiguration.load(
                path: "/nonexistent/k.conf", source: FileSystemSource(), configurationID: "")
        }
        #expect(error?.description == "/nonexistent/k.conf does not exist")
    }
}

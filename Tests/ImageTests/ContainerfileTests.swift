import Foundation
import Testing

/// `make image` makes the image without the Containerfile, so that nothing else would notice when the two part.
@Suite("The Containerfile beside what `make image` uses")
struct ContainerfileTests {
    private static let instructions = try? Containerfile(of: Image.project)

    private var file: Containerfile { get throws { try #require(Self.instructions) } }

    @Test("Every argument has a value and is used, and both images are of the release that the packages are of")
    func arguments() throws {
        let file = try file
        let arguments = file.values(of: "ARG").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let images = file.values(of: "FROM")
        #expect(arguments.count == 2 && images.count == 2)
        for argument in arguments {
            #expect(argument.count == 2 && images.contains { $0.hasPrefix("${\(argument[0])}") }, "\(argument)")
        }
        let build = try Image.text("deploy/image/build")
        #expect(build.contains("suite=bookworm\n"))
        #expect(arguments[0].last?.hasSuffix("-bookworm") == true && arguments[1].last?.contains("debian:12") == true)
        let tools = try #require(
            try Image.text("Package.swift").firstMatch(of: /swift-tools-version: ([0-9]+)\.([0-9]+)/))
        let swift = try #require(arguments[0].last?.firstMatch(of: /swift:([0-9]+)\.([0-9]+)-/))
        let needed = (try #require(Int(tools.1)), try #require(Int(tools.2)))
        let used = (try #require(Int(swift.1)), try #require(Int(swift.2)))
        #expect(used >= needed, "\(used) for \(needed)")
    }

    @Test("Everything that is copied from the project is there and part of the context")
    func sources() throws {
        let copies = try file.values(of: "COPY").filter { !$0.hasPrefix("--from=") }
        #expect(copies == [". .", "deploy/image/packages /tmp/packages"])
        let ignored = try Image.text(".dockerignore").split(separator: "\n").map(String.init)
        for copy in copies {
            let source = String(copy.prefix { $0 != " " })
            #expect(FileManager.default.fileExists(atPath: "\(Image.project)/\(source)"), "\(source)")
        }
        // What the build needs is not what it leaves out.
        for path in ["Package.swift", "Sources", "deploy/image/packages", "deploy/image/files"] {
            #expect(!ignored.contains { path == $0 || path.hasPrefix($0 + "/") }, "\(path)")
        }
    }

    @Test("The scripts of `make image` build the programs and put them in place, and all of that is copied")
    func contents() throws {
        let file = try file
        let build = try #require(file.values(of: "RUN").first { $0.contains("assemble") })
        let makefile = try Image.text("Makefile")
        for script in ["build-programs", "assemble"] {
            #expect(FileManager.default.isExecutableFile(atPath: "\(Image.project)/deploy/image/\(script)"))
        }
        let scripts = "deploy/image/build-programs .build-static && deploy/image/assemble .build-static/release /image"
        #expect(build == scripts)
        #expect(makefile.contains("\n\tdeploy/image/build-programs .build-static\n"))
        #expect(makefile.contains("deploy/image/build .build-static/release"))
        #expect(try Image.text("deploy/image/build").contains("\"$here/assemble\" \"$programs\""))

        let copied = file.values(of: "COPY").filter { $0.hasPrefix("--from=") }
        let stage = try #require(file.values(of: "FROM").first?.split(separator: " ").last)
        let entries = try Image.entries
        let folders = Set(entries.compactMap { $0.path.split(separator: "/").first.map(String.init) })
        #expect(copied.sorted() == folders.sorted().map { "--from=\(stage) /image/\($0) /\($0)" })

        let manifest = try Image.text("Package.swift")
        for entry in entries where entry.kind == "program" {
            let isProduct = manifest.contains(".executable(name: \"\(entry.name)\"")
            #expect(isProduct, "\(entry.name)")
        }
        for entry in entries where entry.kind == "file" {
            #expect(FileManager.default.fileExists(atPath: "\(Image.project)/deploy/image/\(entry.name)"))
        }
    }

    @Test("The packages are those of the list, and the libraries to build with those that `make setup` installs")
    func packages() throws {
        let installs = try file.values(of: "RUN").filter { $0.contains("apt-get install") }
        #expect(installs.count == 2)
        let command = try #require(installs.last)
        #expect(command.contains("$(sed '/^#/d' /tmp/packages)"))
        // What sed leaves are names, which apt-get takes one by one; mmdebstrap gets the same list with commas.
        let names = try Image.text("deploy/image/packages").split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(!names.isEmpty && names.allSatisfy { $0.wholeMatch(of: /[a-z0-9][a-z0-9+.-]+/) != nil }, "\(names)")
        #expect(try Image.text("deploy/image/build").contains(#"sed '/^#/d; /^$/d' "$here/packages""#))
        let setup = try Image.text(".ci/setup")
        let libraries = try #require(installs.first).split(separator: " ").filter {
            $0.hasSuffix("-dev") || $0 == "pkg-config"
        }
        #expect(libraries.count == 4)
        for library in libraries { #expect(setup.contains(library), "\(library)") }
    }

    @Test("What runs, where, and under which labels is what the image of `make image` says")
    func configuration() throws {
        let file = try file
        let archive = try Image.text("deploy/image/archive")
        let entry = try #require(file.values(of: "ENTRYPOINT").first)
        #expect(archive.contains("\"Entrypoint\":\(entry),"))
        let program = entry.trimmingCharacters(in: ["[", "]", "\""])
        #expect(try Image.entries.contains { $0.path == program })
        let folder = try #require(file.values(of: "WORKDIR").last)
        #expect(archive.contains("\"WorkingDir\":\"\(folder)\","))
        let ports = try #require(file.values(of: "EXPOSE").first).split(separator: " ")
        #expect(archive.contains("\"ExposedPorts\":{\(ports.map { "\"\($0)/tcp\":{}" }.joined(separator: ","))}"))
        let labels = try #require(file.values(of: "LABEL").first).matches(of: /([a-z0-9.-]+)="([^"]*)"/)
        let object = try #require(archive.firstMatch(of: /"Labels":(\{[^}]*\})/)?.output.1)
        let expected = try JSONDecoder().decode([String: String].self, from: Data(object.utf8))
        #expect(Dictionary(labels.map { (String($0.output.1), String($0.output.2)) }) { $1 } == expected)
    }
}

/// A Containerfile as a list of instructions, each on one line.
struct Containerfile {
    private let instructions: [(name: String, value: String)]

    /// Reads that of a project.
    init(of project: String) throws {
        let text = try String(contentsOfFile: "\(project)/deploy/image/Containerfile", encoding: .utf8)
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
            .replacing(#/\x20*\\\n\x20*/#, with: " ").split(separator: "\n")
        instructions = lines.map { line in
            let name = line.prefix { $0 != " " }
            return (String(name), String(line.dropFirst(name.count + 1)))
        }
    }

    /// What stands behind each instruction of a name.
    func values(of name: String) -> [String] { instructions.filter { $0.name == name }.map(\.value) }
}

extension Image {
    /// A file of the project.
    fileprivate static func text(_ path: String) throws -> String {
        try String(contentsOfFile: "\(project)/\(path)", encoding: .utf8)
    }

    /// The lines of deploy/image/files: what is put where.
    fileprivate static var entries: [(kind: String, name: String, path: String)] {
        get throws {
            try text("deploy/image/files").split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
                let words = line.split(separator: " ").map(String.init)
                return (words[0], words[1], words[words.count - 1])
            }
        }
    }
}

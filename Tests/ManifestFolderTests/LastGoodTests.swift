import Foundation
import Glibc
import ManifestFolder
import Testing
import VIPPlanning

@Suite("A folder that changes")
struct LastGoodTests {
    private func folder() throws -> SampleFolder {
        let folder = try SampleFolder()
        try folder.write("nodes.yaml", Manifest.nodes)
        try folder.write("edge.yaml", Manifest.group())
        try folder.write("web.yaml", Manifest.service("front", "192.0.2.7"))
        folder.look()
        try #require(folder.addresses == ["192.0.2.7"])
        return folder
    }

    @Test("Nothing new is said while nothing changes")
    func quiet() throws {
        let folder = try folder()
        folder.settle()
        #expect(!folder.look())
        try folder.write("web.yaml", Manifest.service("front", "192.0.2.7") + "# the same\n")
        #expect((0..<4).allSatisfy { _ in !folder.look() })
    }

    @Test("An edit counts when the file has been the same in two looks, so that no half-written file does")
    func edit() throws {
        let folder = try folder()
        try folder.write("web.yaml", "apiVersion: v1\n")
        folder.look()
        #expect(folder.addresses == ["192.0.2.7"] && folder.problems.isEmpty)
        try folder.write("web.yaml", Manifest.service("front", "192.0.2.8"))
        folder.look()
        #expect(folder.addresses == ["192.0.2.7"])
        folder.look()
        #expect(folder.addresses == ["192.0.2.8"] && folder.problems.isEmpty)
    }

    @Test("A file that is bad changes nothing, until it is good again or gone")
    func badFile() throws {
        let folder = try folder()
        try folder.write("web.yaml", "a: b: c\n")
        folder.settle()
        #expect(folder.addresses == ["192.0.2.7"])
        #expect(folder.problems == ["web.yaml, document 1, line 1: mapping values are not allowed in this context"])
        try folder.write("web.yaml", Manifest.service("front", "192.0.2.9"))
        folder.settle()
        #expect(folder.addresses == ["192.0.2.9"] && folder.problems.isEmpty)
        try folder.remove("web.yaml")
        folder.settle()
        #expect(folder.addresses.isEmpty && folder.problems.isEmpty)
    }

    @Test("An object that is bad stays what it was, and the others of its file change")
    func badObject() throws {
        let folder = try folder()
        let back = Manifest.service("back", "192.0.2.20")
        try folder.write("web.yaml", Manifest.service("front", "192.0.2.7", "  externalIPs: 5") + "---\n" + back)
        folder.settle()
        #expect(folder.addresses.sorted() == ["192.0.2.20", "192.0.2.7"])
        #expect(folder.problems.count == 1)
    }

    @Test("Where a document does not say which object it is, no object of the file goes")
    func namelessObject() throws {
        let folder = try folder()
        try folder.write("web.yaml", Manifest.service("Front", "192.0.2.8"))
        folder.settle()
        #expect(folder.addresses == ["192.0.2.7"])
        #expect(folder.problems.count == 1)
    }

    @Test("A group that is bad stays what it was, with its routers")
    func badGroup() throws {
        let folder = try folder()
        try folder.write("edge.yaml", Manifest.group("edge", "  version: 7"))
        folder.settle()
        #expect(folder.addresses == ["192.0.2.7"] && folder.findings.isEmpty)
        #expect(
            folder.problems == [
                "edge.yaml, document 1, line 8: spec.version: \"7\" is not allowed; allowed is 2 or 3"
            ])
    }

    @Test(
        "Whoever starts plans nothing until the folder was read as a whole once",
        arguments: [
            ("web.yaml", "a: b: c\n"), ("web.yaml", Manifest.service("front", "192.0.2.7", "  externalIPs: 5")),
            ("nodes.yaml", "apiVersion: v1\nkind: Node\n"), ("edge.yaml", Manifest.group("edge", "  version: 7")),
        ])
    func badAtStart(_ file: String, _ text: String) throws {
        let folder = try folder()
        let good = try folder.read(file)
        try folder.write(file, text)
        folder.forget()
        folder.look()
        #expect(folder.state.plan == nil && folder.problems.count == 1)
        #expect(folder.state.hold == .incomplete(path: folder.path))
        // What is right meanwhile changes nothing either.
        try folder.write("more.yaml", Manifest.service("back", "192.0.2.8"))
        folder.settle()
        #expect(folder.state.plan == nil)
        try folder.write(file, good)
        folder.settle()
        #expect(folder.addresses.sorted() == ["192.0.2.7", "192.0.2.8"] && folder.state.hold == nil)
        // From then on a bad file concerns itself alone.
        try folder.write(file, text)
        try folder.write("more.yaml", Manifest.service("back", "192.0.2.9"))
        folder.settle()
        #expect(folder.addresses.sorted() == ["192.0.2.7", "192.0.2.9"] && folder.problems.count == 1)
    }

    @Test("Who is shown a plan sees that of what can be read, its identifiers kept, beside what is wrong")
    func shown() throws {
        let folder = try folder()
        try folder.remove("router-ids.json")
        try folder.write("bad.yaml", "a: b: c\n")
        folder.forget(waitsUntilWhole: false)
        folder.look()
        #expect(folder.addresses == ["192.0.2.7"] && folder.problems.count == 1 && folder.state.hold == nil)
        #expect(try folder.read("router-ids.json").contains("shop/front"))
        let messages = folder.state.messages(onNode: nil, mustKeepRecord: true)
        #expect(messages.map(\.severity) == [.error] && messages[0].text.hasPrefix("bad.yaml, document 1, line 1: "))
    }

    @Test("The identifier of a router that cannot be read is given to nobody by a plan that is only shown")
    func shownWithoutNumbers() throws {
        let folder = try folder()
        let number = try #require(folder.identifiers["shop/front"])
        let others = (1...255).filter { $0 != number }.map { "\"shop/s\($0)\": \($0)" }.joined(separator: ", ")
        let record = #"{"version": 1, "groups": {"ingress/edge": {"shop/front": \#(number), \#(others)}}}"#
        try folder.write("router-ids.json", record)
        try folder.write("web.yaml", "a: b: c\n")
        try folder.write("more.yaml", Manifest.service("back", "192.0.2.8"))
        folder.forget(waitsUntilWhole: false)
        folder.look()
        #expect(folder.addresses.isEmpty)
        #expect(folder.findings.contains("no virtual router identifier is free for shop/back"))
        #expect(try folder.read("router-ids.json") == record)
    }

    @Test("A folder that has been empty since the start plans nothing until something comes; then all may go")
    func emptyAtStart() throws {
        let folder = try SampleFolder()
        try folder.write("router-ids.json", #"{"version": 1, "groups": {}}"#)
        folder.settle()
        #expect(folder.state.plan == nil && folder.problems.isEmpty && !folder.isMissing)
        #expect(
            folder.state.messages(onNode: "node1").map(\.text) == [
                "\(folder.path) has no manifest; until there is one, what was in force stays"
            ])
        try folder.write("nodes.yaml", Manifest.nodes)
        folder.settle()
        #expect(folder.state.plan?.routers == [] && folder.state.hold == nil)
        try folder.remove("nodes.yaml")
        folder.settle()
        #expect(folder.state.plan?.routers == [] && folder.state.plan?.nodes == [] && folder.state.hold == nil)
    }

    @Test("A file whose reading was refused is read as soon as it can be, although nothing of it has changed")
    func refusedReading() throws {
        let folder = try folder()
        // Linux lets nobody open a file of which somebody else has the lease; the holder is asked by a signal.
        let setLease: Int32 = 1024
        signal(SIGIO, SIG_IGN)
        let path = "\(folder.path)/web.yaml"
        try folder.write("web.yaml", Manifest.service("front", "192.0.2.8"))
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0 && fcntl(descriptor, setLease, F_WRLCK) == 0)
        folder.settle()
        #expect(folder.addresses == ["192.0.2.7"])
        #expect(folder.problems == ["web.yaml: cannot be read: Resource temporarily unavailable"])
        #expect(!folder.look(), "the same again is no news")
        try #require(fcntl(descriptor, setLease, F_UNLCK) == 0)
        close(descriptor)
        folder.look()
        #expect(folder.addresses == ["192.0.2.8"] && folder.problems.isEmpty)
    }

    @Test("Of an object that is there twice the first in the order of files counts")
    func duplicates() throws {
        let folder = try folder()
        try folder.write("a.yaml", Manifest.service("front", "192.0.2.1"))
        folder.settle()
        #expect(folder.addresses == ["192.0.2.1"])
        #expect(
            folder.problems == [
                "web.yaml, document 1, line 1: this object is in a.yaml, document 1, line 1 already, which counts"
            ])
    }

    @Test("A mounted ConfigMap is read through its links, and changes as a whole")
    func configMap() throws {
        let folder = try SampleFolder()
        let manager = FileManager.default
        for (version, address) in [("1", "192.0.2.1"), ("2", "192.0.2.2")] {
            try manager.createDirectory(atPath: "\(folder.path)/..\(version)", withIntermediateDirectories: true)
            try folder.write("..\(version)/nodes.yaml", Manifest.nodes)
            try folder.write("..\(version)/edge.yaml", Manifest.group())
            try folder.write("..\(version)/web.yaml", Manifest.service("front", address))
        }
        try manager.createSymbolicLink(atPath: "\(folder.path)/..data", withDestinationPath: "..1")
        for name in ["nodes.yaml", "edge.yaml", "web.yaml"] {
            try manager.createSymbolicLink(atPath: "\(folder.path)/\(name)", withDestinationPath: "..data/\(name)")
        }
        folder.look()
        #expect(folder.addresses == ["192.0.2.1"] && folder.problems.isEmpty)
        try manager.createSymbolicLink(atPath: "\(folder.path)/..new", withDestinationPath: "..2")
        #expect(rename("\(folder.path)/..new", "\(folder.path)/..data") == 0)
        folder.settle()
        #expect(folder.addresses == ["192.0.2.2"] && folder.problems.isEmpty)
    }

    @Test("A folder that goes, or gives its place to an empty one, changes nothing; one that is emptied does")
    func folderGoes() throws {
        let folder = try folder()
        let manager = FileManager.default
        try manager.moveItem(atPath: folder.path, toPath: "\(folder.path)-away")
        defer { try? manager.removeItem(atPath: "\(folder.path)-away") }
        folder.settle()
        #expect(folder.addresses == ["192.0.2.7"] && !folder.isMissing)
        #expect(folder.problems == ["\(folder.path): cannot be read: No such file or directory"])
        try manager.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        folder.settle()
        #expect(folder.addresses == ["192.0.2.7"])
        #expect(folder.problems == ["\(folder.path): cannot be read: another folder is in its place, and it is empty"])
        try folder.write("nodes.yaml", Manifest.nodes)
        folder.settle()
        #expect(folder.addresses.isEmpty && folder.problems.isEmpty)
    }

    @Test("A folder that was never there is missing, and plans nothing")
    func neverThere() throws {
        let folder = try SampleFolder()
        try FileManager.default.removeItem(atPath: folder.path)
        folder.look()
        #expect(folder.isMissing && folder.state.plan == nil && folder.problems.count == 1)
    }

    @Test("A name that leads nowhere, or to a pipe, is a problem of that file alone")
    func strangeFiles() throws {
        let folder = try folder()
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/a.yaml", withDestinationPath: "nowhere")
        #expect(mkfifo("\(folder.path)/b.yaml", 0o600) == 0)
        folder.settle()
        #expect(folder.addresses == ["192.0.2.7"])
        #expect(
            folder.problems == [
                "a.yaml: cannot be read: No such file or directory", "b.yaml: cannot be read: Invalid argument",
            ])
    }
}

import Foundation
import ManifestFolder
import Testing
import VIPPlanning
import VRRP

@Suite("Identifiers of a folder")
struct RouterIDRecordTests {
    private func folder(_ services: [String], excluding excluded: [Int] = []) throws -> SampleFolder {
        let folder = try SampleFolder()
        try folder.write("nodes.yaml", Manifest.nodes)
        try folder.write("edge.yaml", Manifest.group("edge", "  blacklistRouterIDs: \(excluded)"))
        for (number, name) in services.enumerated() { try write(name, number, to: folder) }
        folder.look()
        return folder
    }

    private func write(_ name: String, _ number: Int, to folder: SampleFolder) throws {
        let address = "10.1.\(number / 200).\(number % 200 + 1)"
        try folder.write("\(name).yaml", Manifest.service(name, address))
    }

    @Test("Hosts with equal folders come to equal identifiers, whatever each has seen before")
    func agreement() throws {
        let first = try folder(["a", "b", "c"])
        // This one has had other Services before, and never a file.
        let second = try folder(["v", "w"])
        for name in ["v", "w"] { try second.remove("\(name).yaml") }
        try second.remove("router-ids.json")
        for (number, name) in ["a", "b", "c"].enumerated() { try write(name, number, to: second) }
        second.forget()
        second.look()
        #expect(first.identifiers == second.identifiers && first.identifiers.count == 3)
        #expect(try first.read("router-ids.json") == second.read("router-ids.json"))
    }

    @Test("A Service that comes moves none of the identifiers that are there")
    func newcomer() throws {
        let folder = try folder((0..<120).map { "s\($0)" })
        let before = folder.identifiers
        #expect(Set(before.values).count == 120)
        for number in 120..<200 { try write("a\(number)", number, to: folder) }
        folder.settle()
        #expect(folder.identifiers.count == 200 && Set(folder.identifiers.values).count == 200)
        #expect(folder.identifiers.filter { before[$0.key] != nil } == before)
    }

    @Test("What the file says counts, on a host that has not been there as well")
    func authority() throws {
        let folder = try folder(["a"])
        try folder.write("router-ids.json", #"{"version": 1, "groups": {"ingress/edge": {"shop/a": 77}}}"#)
        folder.settle()
        #expect(folder.identifiers == ["shop/a": 77])
        folder.forget()
        folder.look()
        #expect(folder.identifiers == ["shop/a": 77])
    }

    @Test("The number of a Service that is gone waits for it, and for nobody else while others are free")
    func resting() throws {
        let folder = try folder(["a"])
        let number = try #require(folder.identifiers["shop/a"])
        try folder.remove("a.yaml")
        folder.settle()
        for number in 0..<254 { try write("s\(number)", number, to: folder) }
        folder.settle()
        #expect(folder.identifiers.count == 254 && !folder.identifiers.values.contains(number))
        try write("late", 254, to: folder)
        folder.settle()
        #expect(folder.identifiers["shop/late"] == number, "no other was left")
    }

    @Test("The status of a group seeds the record, and what the group excludes is used by nobody")
    func seeds() throws {
        let folder = try SampleFolder()
        try folder.write("nodes.yaml", Manifest.nodes)
        try folder.write(
            "edge.yaml",
            Manifest.group("edge", "  blacklistRouterIDs: [9]\nstatus: {routerIDs: {shop/a: 44, shop/b: 9}}"))
        try write("a", 0, to: folder)
        try write("b", 1, to: folder)
        folder.look()
        #expect(folder.identifiers["shop/a"] == 44)
        #expect(folder.identifiers["shop/b"].map { $0 != 9 && $0 != 44 } == true)
    }

    @Test("Groups of one folder have different identifiers while there are any")
    func groups() throws {
        let folder = try folder((0..<60).map { "s\($0)" })
        try folder.write("other.yaml", Manifest.group("other", "  nodeSelector: {none: such}"))
        try folder.write(
            "t.yaml",
            (0..<60).map { Manifest.service("t\($0)", "10.2.0.\($0 + 1)", group: "ingress/other") }
                .joined(separator: "---\n"))
        folder.settle()
        let record = try RouterIDRecord(json: Array(folder.read("router-ids.json").utf8))
        #expect(record.groups.values.map(\.count).sorted() == [60, 60])
        #expect(Set(record.groups.values.flatMap(\.values)).count == 120)
    }

    @Test(
        "A file that is wrong changes nothing, and before there was a good one nothing is planned",
        arguments: [
            ("{", "found the end of the text"),
            (#"{"version": 2, "groups": {}}"#, "the document is an object, which is of version 2; allowed is 1"),
            (
                #"{"version": 1, "groups": {"ingress/edge": {"shop/a": 256}}}"#,
                "is 256; allowed is a whole number from 1 to 255"
            ),
            (#"{"version": 1, "groups": {"edge": {}}}"#, "its name must be NAMESPACE/NAME"),
            (#"{"version": 1}"#, "groups is missing"),
        ])
    func wrongFile(text: String, expected: String) throws {
        let folder = try folder(["a"])
        let before = folder.identifiers
        try folder.write("router-ids.json", text + "\n")
        folder.settle()
        #expect(folder.identifiers == before)
        let message = try #require(folder.state.messages(onNode: "node1").first)
        #expect(message.severity == .error)
        #expect(message.text.contains(expected), "\(message.text)")
        #expect(message.text.hasPrefix("\(folder.path)/router-ids.json "))
        #expect(try folder.read("router-ids.json") == text + "\n", "what somebody wrote is not replaced")
        folder.forget()
        folder.look()
        #expect(folder.state.plan == nil)
    }

    @Test("The file is sorted and reads back as it was written")
    func roundTrip() throws {
        let folder = try folder(["b", "a"])
        let text = try folder.read("router-ids.json")
        let record = try RouterIDRecord(json: Array(text.utf8))
        #expect(record.json == text)
        #expect(record == (try folder.plan.record))
        #expect(text.split(separator: "\n").count == 9)
        #expect(text.contains(#"      "shop/a": "#))
    }

    @Test("Where nothing may be written the identifiers are the same, and it is said once")
    func readOnly() throws {
        let folder = try folder(["a", "b"])
        let before = folder.identifiers
        try folder.remove("router-ids.json")
        // Root may write anywhere, but not into a folder that does not exist.
        var other = ManifestFolder(folder.path, recordPath: "\(folder.path)/none/router-ids.json")
        let first = other.look()
        let state = try #require(first)
        #expect(Dictionary(state.plan?.routers.map { ($0.key, $0.routerID.rawValue) } ?? []) { $1 } == before)
        #expect(
            state.messages(onNode: "node1").map(\.text) == [
                "\(folder.path)/none/router-ids.json cannot be written: No such file or directory; the identifiers that it "
                    + "lacks follow from the names of the routers, on every host alike"
            ])
        #expect(state.messages(onNode: "node1").map(\.severity) == [.notice])
        #expect(
            state.messages(onNode: "node1", mustKeepRecord: true).map(\.severity) == [.error],
            "who was asked to write it has failed")
        let second = other.look()
        #expect(second == nil)
    }
}

import Testing
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("track_file")
struct TrackedFileTests {
    private static let plain = "track_file a { file /run/a }\n"

    private func sentences(_ file: String, _ entry: String = "a") throws -> [String] {
        try load(file + instance("track_file { \(entry) }")).diagnostics
            .map { String($0.description.dropFirst("k.conf:".count)) }
    }

    @Test(
        "A file that an instance tracks becomes a number of the engine's, under either name", arguments: ["", "vrrp_"])
    func plain(prefix: String) throws {
        let configuration = try load(prefix + Self.plain + instance("track_file {\na\n}"))
        #expect(configuration.diagnostics == [])
        #expect(configuration.trackedFiles == [TrackedFileDefinition(name: "a", path: "/run/a")])
        let router = try #require(configuration.definitions.virtualRouters.first)
        #expect(router.tracking.conditions == [.init(.number("file a"), effect: .weight(1))])
        #expect(throws: Never.self) { try configuration.definitions.validate() }
    }

    @Test(
        "init_file says what the file is made with",
        arguments: [
            ("", 0, false), ("overwrite", 0, true), ("7", 7, false), ("-254", -254, false), ("5 overwrite", 5, true),
            ("overwrite 5", 5, true),
        ])
    func initialContent(words: String, number: Int, overwrites: Bool) throws {
        let configuration = try load(
            "track_file a {\nfile /run/a\ninit_file \(words)\n}\n" + instance("track_file { a }"))
        #expect(configuration.diagnostics == [])
        let content = try #require(configuration.trackedFiles.first?.initialContent)
        #expect(content.number == number)
        #expect(content.overwrites == overwrites)
    }

    @Test(
        "The weight is that of the instance, else that of the file, else 1; 0 demands that the number be 0",
        arguments: [
            ("", "", TrackingEffect.weight(1)), ("weight 5", "", .weight(5)),
            ("weight 5 reverse", "", .reversedWeight(5)),
            ("weight 5 reverse", "weight -254", .reversedWeight(-254)),
            ("weight 5", "weight 3 reverse", .reversedWeight(3)),
            ("weight 5 reverse", "weight 3 noreverse", .weight(3)), ("weight 0", "", .fault),
            ("weight 0 reverse", "", .reversedFault), ("weight 254", "weight 0", .fault),
        ] as [(String, String, TrackingEffect)])
    func weight(file: String, entry: String, effect: TrackingEffect) throws {
        let configuration = try load(
            "track_file a {\nfile /run/a\n\(file)\n}\n" + instance("track_file { a \(entry) }"))
        #expect(configuration.diagnostics == [])
        #expect(configuration.definitions.virtualRouters.first?.tracking.conditions.map(\.effect) == [effect])
    }

    @Test(
        "A wrong value is an error",
        arguments: [
            ("file relative", "2: file: relative is not allowed; allowed is an absolute path of at most 4095 octets"),
            ("file", "2: file: a value is missing; allowed is an absolute path of at most 4095 octets"),
            ("weight 5", "1: track_file a: file is missing"),
            ("file /a\nweight 255", "3: weight: 255 is not allowed; allowed is -254 to 254"),
            ("file /a\nweight 5 back", "3: weight: back is not allowed; allowed is reverse or noreverse"),
            ("file /a\ninit_file 255", "3: init_file: 255 is not allowed; allowed is -254 to 254, or overwrite"),
            ("file /a\ninit_file append", "3: init_file: append is not allowed; allowed is -254 to 254, or overwrite"),
        ])
    func wrongValue(lines: String, sentence: String) throws {
        let found = try sentences("track_file a {\n\(lines)\n}\n")
        #expect(found.contains(sentence), "\(found)")
    }

    @Test("A file that is nowhere described, or described twice, is an error; one that nobody tracks is a warning")
    func names() throws {
        #expect(
            try sentences(Self.plain, "b") == [
                "1: track_file a: ignored because no instance tracks it", "3: track_file: track_file b is missing",
            ])
        #expect(try load(instance("track_file { b }")).hasErrors)
        #expect(try sentences(Self.plain + Self.plain) == ["2: track_file: the name a stands at k.conf:1 already"])
        let unused = try load(Self.plain + instance(""))
        #expect(!unused.hasErrors)
        #expect(unused.trackedFiles == [])
        #expect(
            try sentences("track_file {\n}\n" + Self.plain).first
                == "1: track_file: a value is missing; allowed is a name that no other file has")
        #expect(
            try sentences(Self.plain, "a weight 255").contains("3: weight: 255 is not allowed; allowed is -254 to 254"))
    }

    @Test("A file stands in a list once; a second time is a warning")
    func repeated() throws {
        let configuration = try load(Self.plain + instance("track_file {\na\na weight 5\n}"))
        #expect(configuration.diagnostics.map(\.description) == ["k.conf:5: track_file: a stands at k.conf:4 already"])
        #expect(configuration.definitions.virtualRouters.first?.tracking.conditions.map(\.effect) == [.weight(1)])
    }
}

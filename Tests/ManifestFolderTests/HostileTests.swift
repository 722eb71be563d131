import ManifestFolder
import Testing

@Suite("Manifests that somebody wrote to do harm", .timeLimit(.minutes(1)))
struct HostileTests {
    private func problems(of text: String, limits: ManifestLimits = .standard) throws -> [String] {
        let folder = try SampleFolder(limits: limits)
        try folder.write("nodes.yaml", Manifest.nodes)
        try folder.write("edge.yaml", Manifest.group())
        try folder.write("a.yaml", Manifest.service("front", "192.0.2.7"))
        folder.look()
        try folder.write("x.yaml", text)
        folder.settle()
        #expect(folder.addresses == ["192.0.2.7"], "the others are used")
        return folder.problems
    }

    /// Nine lists of nine aliases each, every one of the list before.
    private static let bomb =
        "l0: &l0 [x, x, x, x, x, x, x, x, x]\n"
        + (1...9).map { level in
            "l\(level): &l\(level) [" + (0..<9).map { _ in "*l\(level - 1)" }.joined(separator: ", ") + "]\n"
        }.joined()

    @Test("Aliases of aliases are refused by what they stand for")
    func aliasBomb() throws {
        #expect(
            try problems(of: Self.bomb)[0].hasSuffix(
                "the file has more than 500000 values, counting what each alias stands for"))
    }

    @Test(
        "An alias as the name of a field, in any form, is refused before the parser follows it",
        arguments: [
            "*l9 : x\n", "? *l9\n: x\n", "{[*l9, *l9]: x}\n", "[*l9, *l9] : x\n", "? [*l9]\n: x\n", "{? *l9 : x}\n",
        ])
    func aliasAsName(name: String) throws {
        let root = "a:\n" + Self.bomb.split(separator: "\n").map { "  \($0)\n" }.joined() + "b:\n  " + name
        #expect(
            try problems(of: root) == [
                "x.yaml: an alias stands where the name of a field is; names must be written out"
            ])
    }

    @Test("Nesting beyond what anybody writes is refused", arguments: [65, 900, 20_000])
    func depth(levels: Int) throws {
        let flow = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        #expect(try problems(of: "a: \(flow)\n").count == 1)
        let block = (0..<min(levels, 2000)).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(try problems(of: block).count == 1)
    }

    @Test("Files beyond the limit of the folder are not read, and the others are")
    func size() throws {
        var limits = ManifestLimits()
        limits.bytes = 4_000
        let long = "# " + String(repeating: "x", count: 4_000)
        #expect(
            try problems(of: long, limits: limits) == [
                "x.yaml: is not read, because the folder has more than 4000 bytes"
            ])
        limits = ManifestLimits()
        limits.files = 3
        #expect(
            try problems(of: "", limits: limits) == ["x.yaml: is not read, because the folder has more than 3 files"])
        limits = ManifestLimits()
        limits.documents = 3
        let many = String(repeating: "a: b\n---\n", count: 4)
        #expect(try problems(of: many, limits: limits) == ["x.yaml: the file has more than 3 documents"])
    }

    @Test(
        "What is no text, and what is no YAML, ends in a problem",
        arguments: [
            "\u{0}", "a: \u{1}\n", "%TAG ! x\n", "*a\n", "a: *b\n", "? ? ?\n", "- - -\n  -", "\"\\x",
            "a: !!int x",
            "{", "&a &b c", "[&a *a]", "<<: 5\n", "{<<: [{a: b}, 5]}\n",
        ])
    func garbage(text: String) throws {
        #expect(try problems(of: text + "\n").count == 1)
    }

    @Test("Bytes that are no UTF-8 are told as such")
    func notText() throws {
        let folder = try SampleFolder()
        #expect(folder.look())
        try folder.write("x.yaml", [0x61, 0xff, 0xfe])
        folder.settle()
        #expect(folder.problems == ["x.yaml: is no text in UTF-8"])
    }
}

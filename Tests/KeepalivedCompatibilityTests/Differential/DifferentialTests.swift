import Glibc
import Testing

@testable import KeepalivedCompatibility

@Suite(
    "Beside keepalived",
    .enabled(if: KeepalivedCheck.isPossible, "needs root, keepalived and a network interface besides lo"))
struct DifferentialTests {
    static let corpus =
        CorpusCase.instances + CorpusCase.globalDefinitions + CorpusCase.language + CorpusCase.expansions
        + CorpusCase.inclusions + CorpusCase.files + CorpusCase.otherParts + CorpusCase.elections
        + CorpusCase.process + CorpusCase.notifications + CorpusCase.routing + CorpusCase.tracking

    @Test("Both come to the same verdict on each configuration, or to different ones for a known reason")
    func verdicts() async throws {
        #expect(Self.corpus.count >= 200)
        async let even: Void = Self.compare(from: 0)
        async let odd: Void = Self.compare(from: 1)
        _ = await (even, odd)
    }

    @Test("Each reason to differ is that of a case, and counted and explained in the manual")
    func reasons() throws {
        #expect(Set(Self.corpus.compactMap(\.difference)) == Set(Difference.allCases))
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        let manual = try FileSystemSource().read("/\(root)/docs/keepalived-differences.md")
        let text = String(decoding: manual.octets, as: UTF8.self)
        let counts = Dictionary(grouping: Self.corpus.compactMap(\.difference)) { $0 }.mapValues(\.count)
        for difference in Difference.allCases {
            let row = "| `\(difference.rawValue)` | \(counts[difference] ?? 0) |"
            #expect(text.contains(row), "\(row) is missing")
            #expect(text.contains("- `\(difference.rawValue)`: "))
        }
        let all = Self.corpus.count
        let differing = counts.values.reduce(0, +)
        for sentence in [
            "gives \(all) configurations", "Of the \(all), \(all - differing) have the same verdict.",
            "The other \(differing) differ",
        ] {
            #expect(text.contains(sentence), "\(sentence) is missing")
        }
    }

    /// Compares every second configuration.
    private static func compare(from first: Int) async {
        for index in stride(from: first, to: corpus.count, by: 2) { compare(corpus[index]) }
    }

    private static func compare(_ example: CorpusCase) {
        guard let folder = try? Folder() else {
            Issue.record("no folder can be made in /tmp")
            return
        }
        let interface = KeepalivedCheck.interface ?? "eth0"
        let files = example.others.merging(["k.conf": example.text]) { $1 }
        for (name, text) in files {
            folder.write(text.replacing("eth0", with: interface), to: name)
        }
        let check = KeepalivedCheck(folder: folder.path, configurationID: "node")
        let ours = Verdict(ofFile: "\(folder.path)/k.conf", configurationID: "node")
        guard let status = check.exitStatus else {
            Issue.record("keepalived did not end on \(example.name)")
            return
        }
        let theirs = Verdict(exitStatus: status, output: check.output)
        let isExpected = example.difference.map { $0.verdicts == (theirs, ours) } ?? (theirs == ours)
        if !isExpected {
            Issue.record(
                "\(example.name): keepalived \(theirs) (status \(status)), here \(ours)\n\(check.output.prefix(400))")
        }
    }
}

/// A folder of its own in /tmp, which goes with the value.
final class Folder {
    let path: String

    init() throws {
        guard let template = strdup("/tmp/keepalived-differences-XXXXXX") else { throw Errno() }
        defer { free(template) }
        guard let made = mkdtemp(template) else { throw Errno() }
        path = String(cString: made)
        mkdir("\(path)/sub", 0o755)
    }

    struct Errno: Error {
        let number = errno
    }

    func write(_ text: String, to name: String) {
        let descriptor = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return }
        _ = text.utf8.withContiguousStorageIfAvailable { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        close(descriptor)
    }

    deinit {
        for pattern in ["\(path)/*/", "\(path)/*"] {
            for entry in (try? FileSystemSource().paths(matching: pattern)) ?? [] {
                if entry.hasSuffix("/") { rmdir(entry) } else { unlink(entry) }
            }
        }
        rmdir(path)
    }
}

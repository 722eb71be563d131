import JSONDocument
import Testing

@Suite("Mutated texts")
struct MutationTests {
    /// Bytes that are more likely than others to reach a branch of the reader.
    private static let tokens: [[UInt8]] =
        [
            "\"", "\\", "\\u", "\\ud83d", "\\ude00", "{", "}", "[", "]", ":", ",", "0", "-", ".", "e", "1e999", "\n",
            "true", "null", "//", "é", "😀", "\u{feff}", "\"a\":", "[[[[", "9223372036854775808",
        ].map { Array($0.utf8) } + [[0xff], [0xc0], [0xed, 0xa0, 0x80], [0xf4, 0x90], [0], [0x1f], [0x80]]

    @Test("No mutation crashes the reader, and what it accepts reads back the same", arguments: 0..<20 as Range<UInt64>)
    func mutations(seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var documents = RandomDocument(generator: SplitMix64(seed: ~seed))
        var accepted = 0
        for _ in 0..<1000 {
            var bytes: [UInt8] = []
            documents.value().write(into: &bytes, pretty: .random(using: &generator))
            for _ in 0..<Int.random(in: 1...3, using: &generator) { mutate(&bytes, with: &generator) }
            do throws(JSONSyntaxError) {
                let value = try JSONNode.parse(bytes, limits: JSONLimits(bytes: 1 << 16, depth: 6)).value
                accepted += 1
                #expect((try? JSONNode.parse(value.text()).value) == value, "seed \(seed): \(value)")
            } catch {
                #expect(error.line >= 1 && error.column >= 1 && !error.description.isEmpty)
                #expect(error.line <= bytes.count(where: { $0 == UInt8(ascii: "\n") }) + 1)
                #expect(error.column <= bytes.count + 1)
            }
        }
        #expect((1..<1000).contains(accepted), "the mutations of seed \(seed) are too mild or too rude")
    }

    private func mutate(_ bytes: inout [UInt8], with generator: inout SplitMix64) {
        let place = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes.insert(contentsOf: Self.tokens.randomElement(using: &generator) ?? [], at: place)
        case 1: bytes.removeSubrange(place...)
        case 2 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 3 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 4: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...8, using: &generator)))
        default: bytes.insert(contentsOf: bytes[..<place].suffix(16), at: Int.random(in: 0...place, using: &generator))
        }
    }
}

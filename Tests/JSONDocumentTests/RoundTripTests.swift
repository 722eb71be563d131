import JSONDocument
import Testing

@Suite("Round trips")
struct RoundTripTests {
    @Test("What is written reads back as the same value, compact and pretty", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var documents = RandomDocument(generator: SplitMix64(seed: seed))
        for _ in 0..<250 {
            let value = documents.value()
            for pretty in [false, true] {
                let text = value.text(pretty: pretty)
                let read = try JSONNode.parse(text).value
                #expect(read == value, "seed \(seed): \(text)")
                #expect(read.text(pretty: pretty) == text)
            }
        }
    }
}

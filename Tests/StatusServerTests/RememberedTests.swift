import Synchronization
import Testing

@testable import StatusServer

@Suite("What is made once for many")
struct RememberedTests {
    @Test("The same input again costs nothing, another one is made anew")
    func made() async {
        let count = Atomic(0)
        let texts = Remembered<String, String> { input in "\(input) \(count.add(1, ordering: .relaxed).newValue)" }
        let first = await withTaskGroup(of: String.self) { group in
            for _ in 0..<32 { group.addTask { await texts.output(of: "a") } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(first == ["a 1"])
        #expect(await texts.output(of: "b") == "b 2")
        #expect(await texts.output(of: "a") == "a 3")
    }
}

import GroupOperator
import KubernetesAPI
import Testing

@Suite("What was written, until the watch tells of it")
struct WrittenCopiesTests {
    private typealias Copies = WrittenCopies<Secret>

    private let key = ObjectKey("n", "s")
    private let now = ContinuousClock.now

    private func object(_ version: String) -> Secret {
        var object = Secret(metadata: ObjectMeta(name: "s", namespace: "n"))
        object.metadata.resourceVersion = version
        return object
    }

    /// A request of which the watch tells nothing meanwhile.
    private func write(_ answer: Secret?, over seen: Secret?, _ copies: inout Copies) {
        copies.begin(key)
        #expect(copies.end(key, with: answer, over: seen, at: now) == [])
    }

    @Test("It counts until the watch tells of it, or of something else")
    func counts() {
        var copies = Copies()
        #expect(copies.current(key, seen: object("1"), at: now) == object("1"))
        write(object("3"), over: object("1"), &copies)
        #expect(copies.keys(at: now) == [key])
        #expect(copies.current(key, seen: object("1"), at: now) == object("3"))
        #expect(copies.current(key, seen: object("4"), at: now) == object("4"), "somebody has written after that")
        #expect(copies.current(key, seen: object("1"), at: now) == object("1"), "and what was written is forgotten")

        write(object("3"), over: object("1"), &copies)
        #expect(copies.saw(.updated(from: object("1"), to: object("3")), at: now) == nil, "this is no news")
        #expect(copies.keys(at: now) == [])
        write(nil, over: object("3"), &copies)
        #expect(copies.keys(at: now) == [key])
        #expect(copies.current(key, seen: object("3"), at: now) == nil)
        #expect(copies.saw(.deleted(object("3")), at: now) == nil)
        write(object("4"), over: nil, &copies)
        #expect(copies.current(key, seen: nil, at: now) == object("4"))
        #expect(copies.saw(.added(object("9")), at: now) == .added(object("9")))
    }

    @Test("It is news when the watch takes too long")
    func patience() {
        var copies = Copies()
        write(object("4"), over: nil, &copies)
        let later = now + .seconds(60)
        #expect(copies.keys(at: later) == [])
        #expect(copies.current(key, seen: nil, at: later) == nil, "nobody has told of it for a minute")
        #expect(copies.saw(.added(object("4")), at: later) == .added(object("4")))
    }

    @Test(
        "What the watch tells before the answer is here is no news where it is that, and nothing is left of the write")
    func before() {
        var copies = Copies()
        let (own, others) = (
            Copies.Change.updated(from: object("1"), to: object("2")), Copies.Change.deleted(object("2"))
        )
        copies.begin(key)
        #expect(copies.saw(own, at: now) == nil)
        #expect(copies.end(key, with: object("2"), over: object("1"), at: now) == [])
        #expect(copies.keys(at: now) == [])

        // Somebody has taken it away before the answer was here: it must not seem to be there.
        copies.begin(key)
        #expect(copies.saw(own, at: now) == nil)
        #expect(copies.saw(others, at: now) == nil)
        #expect(copies.end(key, with: object("2"), over: object("1"), at: now) == [others])
        #expect(copies.keys(at: now) == [] && copies.current(key, seen: nil, at: now) == nil)
    }

    @Test("What others have done before is news, and what was written still counts")
    func others() {
        var copies = Copies()
        let others = Copies.Change.updated(from: object("1"), to: object("2"))
        copies.begin(key)
        #expect(copies.saw(others, at: now) == nil)
        #expect(copies.end(key, with: object("3"), over: object("2"), at: now) == [others])
        #expect(copies.current(key, seen: object("2"), at: now) == object("3"))
        #expect(copies.saw(.updated(from: object("2"), to: object("3")), at: now) == nil)
    }

    @Test("What an agent has written between the look and the write hides nothing, whenever the watch tells of it")
    func inBetween() {
        var copies = Copies()
        let (early, others) = (
            Copies.Change.updated(from: object("9"), to: object("10")),
            Copies.Change.updated(from: object("10"), to: object("11"))
        )
        copies.begin(key)
        #expect(copies.saw(early, at: now) == nil)
        #expect(copies.end(key, with: object("12"), over: object("9"), at: now) == [early])
        #expect(copies.current(key, seen: object("10"), at: now) == object("12"))
        #expect(copies.saw(others, at: now) == others, "this is news")
        #expect(copies.current(key, seen: object("11"), at: now) == object("12"))
        #expect(copies.keys(at: now) == [key])
        #expect(copies.saw(.updated(from: object("11"), to: object("12")), at: now) == nil)
        #expect(copies.keys(at: now) == [])
        // Versions that are no numbers cannot be ordered.
        write(object("b"), over: object("12"), &copies)
        #expect(copies.current(key, seen: object("a"), at: now) == object("a"))
    }

    @Test("A request that fails has held nothing up for good, and the last of several lets go")
    func several() {
        var copies = Copies()
        let change = Copies.Change.updated(from: object("1"), to: object("2"))
        copies.begin(key)
        copies.begin(key)
        #expect(copies.saw(change, at: now) == nil)
        #expect(copies.fail(key, at: now) == [])
        #expect(copies.fail(key, at: now) == [change])
        #expect(copies.saw(change, at: now) == change)
        copies.begin(key)
        #expect(copies.saw(.forgotten(key), at: now) == nil)
        #expect(copies.end(key, with: nil, over: nil, at: now) == [])
    }
}

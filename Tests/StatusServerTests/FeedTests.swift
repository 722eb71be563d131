import StatusServer
import Synchronization
import Testing

@Suite("The page's feed", .timeLimit(.minutes(3)))
struct FeedTests {
    private static func snapshot(_ text: String) -> PageSnapshot {
        PageSnapshot(
            scope: .node("node-a"), time: PageTime(millisecondsSinceEpoch: 0), version: "1",
            warnings: [PageWarning(.noOwner, subject: "web", text: text)])
    }

    /// Where two wait for each other, as short as a machine can.
    private final class MeetingPoint: Sendable {
        private let arrivals = Atomic(0)

        func meet() {
            arrivals.add(1, ordering: .relaxed)
            for _ in 0..<1000 where arrivals.load(ordering: .relaxed) < 2 {}
        }
    }

    /// Runs both at the same moment, and waits for both.
    private static func together(
        _ first: @escaping @Sendable () -> Void, _ second: @escaping @Sendable () -> Void
    ) async {
        let point = MeetingPoint()
        async let one: Void = {
            point.meet()
            first()
        }()
        async let two: Void = {
            point.meet()
            second()
        }()
        _ = await (one, two)
    }

    @Test("Of contents that two publish at the same time, a reader gets last the one that the feed keeps")
    func publishers() async throws {
        let feed = PageFeed(Self.snapshot("none"))
        for round in 0..<5000 {
            let reader = feed.changes()
            await Self.together(
                { feed.publish(Self.snapshot("first \(round)")) }, { feed.publish(Self.snapshot("second \(round)")) })
            let kept = await feed.snapshot()
            let seen = await reader.first { _ in true }
            try #require(seen == kept, "round \(round)")
        }
    }
}

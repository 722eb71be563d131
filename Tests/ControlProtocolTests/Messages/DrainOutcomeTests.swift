import ControlProtocol
import JSONDocument
import Testing

@Suite("What comes of draining a node")
struct DrainOutcomeTests {
    @Test(
        "An outcome is the same on the other side of the socket",
        arguments: [
            DrainOutcome(isDrained: false, holding: []), DrainOutcome(isDrained: true, holding: ["VI_1", "shop/web"]),
            DrainOutcome(isDrained: true, holding: ["VI_1", "VI_2"], keeping: ["VI_2"]),
        ])
    func roundTrip(outcome: DrainOutcome) throws {
        #expect(try ControlAnswer(line: ControlAnswer.drain(outcome).line) == .drain(outcome))
    }

    @Test("An outcome is written as documented, and one of a daemon that knows of no kept routers is read")
    func text() throws {
        let outcome = DrainOutcome(isDrained: true, holding: ["VI_1"], keeping: ["VI_2"])
        #expect(outcome.json == ["drained": true, "holding": ["VI_1"], "keeping": ["VI_2"]])
        let old = try JSONNode.parse(Array(#"{"drained": true, "holding": ["VI_1"]}"#.utf8))
        #expect(try DrainOutcome(JSONReader(old)) == DrainOutcome(isDrained: true, holding: ["VI_1"]))
    }

    @Test(
        "It is over when nothing is held but what the node keeps",
        arguments: [
            ([], [], true), (["a"], [], false), (["a"], ["a"], true), (["a", "b"], ["a"], false),
            (["a"], ["a", "b"], true),
        ] as [([String], [String], Bool)])
    func end(holding: [String], keeping: [String], isOver: Bool) {
        #expect(DrainOutcome(isDrained: true, holding: holding, keeping: keeping).isOver == isOver)
    }
}

import Testing
import VRRPEngine

@Suite("A check that is made again and again")
struct CheckCounterTests {
    /// What follows from each result, `+` for a success and `-` for a failure; the answers are `G` for good and `b` for bad.
    private func course(_ results: String, rise: Int, fall: Int, startsFailed: Bool = false) -> String {
        var counter = CheckCounter(rise: rise, fall: fall, startsFailed: startsFailed)
        return String(
            results.map { result in
                counter.note(success: result == "+")
                return counter.isGood ? "G" : "b"
            })
    }

    @Test(
        "It takes so many successes in a row to become good, and so many failures to become bad",
        arguments: [
            (1, 1, "+-+-", "GbGb"),
            (1, 3, "+--+---+", "GGGGGGbG"),
            (3, 1, "+-++-+++-", "GbbbbbbGb"),
            (2, 2, "+--+-++-+--", "GGbbbbGGGGb"),
        ])
    func counts(rise: Int, fall: Int, results: String, expected: String) {
        #expect(course(results, rise: rise, fall: fall) == expected)
    }

    @Test("It is bad before the first result, which decides alone whatever rise and fall are")
    func firstResult() {
        #expect(!CheckCounter(rise: 3, fall: 3).isGood)
        #expect(course("+", rise: 3, fall: 3) == "G")
        #expect(course("-+++", rise: 3, fall: 3) == "bbbG")
    }

    @Test("A check that starts as failed needs all its successes")
    func startsFailed() {
        #expect(course("+++", rise: 3, fall: 1, startsFailed: true) == "bbG")
        #expect(course("+", rise: 1, fall: 1, startsFailed: true) == "G")
    }

    @Test("What is less than one is one")
    func bounds() {
        #expect(course("+-+", rise: 0, fall: -5) == "GbG")
    }
}

/// Something that is played in each round, once for each contestant in turn.
protocol Scenario: Sendable {
    /// The name that `--only` takes.
    static var name: String { get }
    /// Who takes part.
    var contestants: [Contestant] { get }
    /// How often it is played.
    var rounds: Int { get }

    /// Plays one round.
    func play(_ contestant: Contestant) async throws -> [(Measure, [Double])]
}

extension Scenario {
    var contestants: [Contestant] { Contestant.allCases }
}

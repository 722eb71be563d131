import Foundation

/// Everything that one run has measured, as it is kept in a file.
struct Results: Codable {
    /// What the machine is, in one line.
    var machine: String
    /// When the run began, as ISO 8601.
    var date: String
    /// The contestants' versions.
    var versions: [Contestant: String]
    /// The measures that were taken again in a later run, and when that began; nil where there are none.
    var later: [Measure: String]?
    var rows: [Row] = []

    /// The figures of one contestant, round by round.
    struct Row: Codable {
        var measure: Measure
        var contestant: Contestant
        var rounds: [[Double]]
    }

    /// The rounds of a measure; empty when it was not taken.
    func rounds(_ measure: Measure, _ contestant: Contestant) -> [[Double]] {
        rows.first { $0.measure == measure && $0.contestant == contestant }?.rounds ?? []
    }

    /// All figures of a measure.
    func values(_ measure: Measure, _ contestant: Contestant) -> [Double] {
        rounds(measure, contestant).flatMap { $0 }
    }

    /// Notes what a round has given.
    mutating func add(_ values: [Double], _ measure: Measure, _ contestant: Contestant) {
        if let place = rows.firstIndex(where: { $0.measure == measure && $0.contestant == contestant }) {
            rows[place].rounds.append(values)
        } else {
            rows.append(Row(measure: measure, contestant: contestant, rounds: [values]))
        }
    }

    /// These results with the measures of a later run in place of their own.
    func updated(with later: Results) -> Results {
        var updated = self
        var dates = self.later ?? [:]
        for measure in later.measures {
            updated.rows.removeAll { $0.measure == measure }
            dates[measure] = later.date
        }
        updated.later = dates
        updated.rows += later.rows
        return updated
    }

    /// The ratio of ours to theirs in each round that has both.
    func ratios(_ measure: Measure) -> [Double] {
        let statistic = measure.goal.statistic
        return zip(rounds(measure, .vrrpd), rounds(measure, .keepalived)).map {
            statistic.of($0) / statistic.of($1)
        }
    }

    /// Whether the goal is reached; nil where there is none, or no figure.
    func isReached(_ measure: Measure) -> Bool? {
        switch measure.goal {
        case .none: return nil
        case .ratio(let bound):
            let ratios = ratios(measure)
            return ratios.isEmpty ? nil : Statistic.median.of(ratios) <= bound
        case .value(let statistic, let bound):
            let values = values(measure, .vrrpd)
            return values.isEmpty ? nil : statistic.of(values) <= bound
        }
    }

    /// The measures that were taken, in the order of the table.
    var measures: [Measure] { Measure.allCases.filter { measure in rows.contains { $0.measure == measure } } }

    /// Reads what ``write(to:)`` wrote.
    init(readingFrom path: String) throws {
        self = try JSONDecoder().decode(Results.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Results without rows, for this machine and moment.
    init() async throws {
        machine = Machine.description
        date = ISO8601DateFormatter().string(from: Date())
        versions = [:]
        for contestant in Contestant.allCases { versions[contestant] = try await contestant.version() }
    }

    /// Writes everything, so that the page can be made again without measuring.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try encoder.encode(self).write(to: URL(fileURLWithPath: path))
    }
}

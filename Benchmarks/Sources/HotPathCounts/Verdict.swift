/// Counts beside their thresholds.
struct Verdict {
    /// One line for each operation.
    private(set) var table: String
    /// What does not fail but should be known, as sentences.
    private(set) var notes: [String] = []
    /// What is not allowed, as sentences.
    private(set) var failures: [String] = []

    private static let remedy = "If that is meant to be, `make bench-thresholds` takes the counts as new thresholds."

    /// Compares counts with thresholds.
    init(of counts: [(name: String, count: Count)], _ thresholds: Thresholds) {
        table = Self.line("operation", "allocations", "instructions")
        for (name, count) in counts {
            table += "\n" + Self.line(name, "\(count.allocations)", "\(count.instructions)")
        }
        if thresholds.architecture != Thresholds.ownArchitecture {
            notes.append(
                "Instructions are not compared: the thresholds are those of \(thresholds.architecture).")
        }
        for (name, count) in counts {
            guard let threshold = thresholds.operations[name] else {
                failures.append("\(name): has no threshold")
                continue
            }
            compare(name, count, threshold, thresholds)
        }
        for name in thresholds.operations.keys.sorted() where !counts.contains(where: { $0.name == name }) {
            failures.append("\(name): has a threshold, but is not counted any more")
        }
        if !failures.isEmpty {
            failures.append("The thresholds were counted with \(thresholds.compiler). \(Self.remedy)")
        } else if notes.contains(where: { $0.hasSuffix(Self.staleness) }) {
            notes.append(Self.remedy)
        }
    }

    private static let staleness = "the threshold is stale"

    private mutating func compare(_ name: String, _ count: Count, _ threshold: Count, _ thresholds: Thresholds) {
        if count.allocations > threshold.allocations {
            failures.append("\(name): \(count.allocations) allocations; allowed are \(threshold.allocations)")
        } else if count.allocations < threshold.allocations {
            notes.append(
                "\(name): \(count.allocations) allocations instead of \(threshold.allocations); \(Self.staleness)")
        }
        guard thresholds.architecture == Thresholds.ownArchitecture else { return }
        let tolerance = threshold.instructions * thresholds.instructionTolerancePercent / 100
        let limit = threshold.instructions + tolerance
        if count.instructions > limit {
            failures.append(
                "\(name): \(count.instructions) instructions; allowed are \(limit),"
                    + " \(thresholds.instructionTolerancePercent) % above the \(threshold.instructions) committed")
        } else if count.instructions < threshold.instructions - tolerance {
            notes.append(
                "\(name): \(count.instructions) instructions instead of \(threshold.instructions); \(Self.staleness)")
        }
    }

    private static func line(_ name: String, _ allocations: String, _ instructions: String) -> String {
        func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        return name + right(allocations, max(0, 76 - name.count)) + right(instructions, 15)
    }
}

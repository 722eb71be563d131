/// Counts beside their thresholds.
struct Verdict {
    /// One line for each operation.
    private(set) var table: String
    /// What does not fail but should be known, as sentences.
    private(set) var notes: [String] = []
    /// What is not allowed, as sentences.
    private(set) var failures: [String] = []
    /// Whether a count lies far below its threshold.
    private var isStale = false

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
        } else if isStale {
            notes.append(Self.remedy)
        }
    }

    private mutating func compare(_ name: String, _ count: Count, _ threshold: Count, _ thresholds: Thresholds) {
        // An array takes all of the room that malloc happens to give it, so that among thousands of allocations a few
        // depend on what was allocated before.
        compare(name, "allocations", count.allocations, threshold.allocations, tolerance: threshold.allocations / 1000)
        guard thresholds.architecture == Thresholds.ownArchitecture else { return }
        compare(
            name, "instructions", count.instructions, threshold.instructions,
            tolerance: threshold.instructions * thresholds.instructionTolerancePercent / 100)
    }

    private mutating func compare(_ name: String, _ unit: String, _ count: Int, _ threshold: Int, tolerance: Int) {
        if count > threshold + tolerance {
            failures.append("\(name): \(count) \(unit); allowed are \(threshold + tolerance), committed \(threshold)")
        } else if count < threshold - tolerance {
            notes.append("\(name): \(count) \(unit) instead of \(threshold); the threshold is stale")
            isStale = true
        }
    }

    private static func line(_ name: String, _ allocations: String, _ instructions: String) -> String {
        func right(_ text: String, _ width: Int) -> String {
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        return name + right(allocations, max(0, 76 - name.count)) + right(instructions, 15)
    }
}

import CAllocationCounter

/// What a number of repetitions of one operation cost.
struct Measurement {
    /// The operation, as the table shows it.
    var name: String
    /// How often it ran.
    var repetitions: Int
    /// How long all of it took.
    var duration: Duration
    /// How many blocks of memory were allocated in all.
    var allocations: UInt
    /// The most that may be allocated in all; the committed threshold.
    var allowedAllocations: UInt

    /// Runs `body` once to warm up and once to measure; `body` repeats its operation `repetitions` times.
    init(_ name: String, repetitions: Int, allowedAllocations: UInt = 0, _ body: () -> Void) {
        self.name = name
        self.repetitions = repetitions
        self.allowedAllocations = allowedAllocations
        body()
        let clock = ContinuousClock()
        let start = clock.now
        let before = allocation_count()
        body()
        let after = allocation_count()
        duration = clock.now - start
        allocations = UInt(after - before)
    }

    /// Whether the threshold was kept.
    var isWithinThreshold: Bool { allocations <= allowedAllocations }

    /// One line of the table.
    var line: String {
        let nanoseconds = duration / .nanoseconds(1) / Double(repetitions)
        let verdict = isWithinThreshold ? "" : "   more than the \(allowedAllocations) allowed"
        return pad(name, 58) + padLeft("\(Int(nanoseconds.rounded())) ns", 12)
            + padLeft("\(allocations) allocations", 20) + verdict
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func padLeft(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}

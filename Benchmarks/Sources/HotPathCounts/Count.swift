import CCounting
import HotPaths

/// What one repetition of an operation costs.
struct Count: Hashable, Codable {
    /// How many blocks of memory are allocated.
    var allocations: Int
    /// How many instructions are executed.
    var instructions: Int
}

extension Count {
    /// What one repetition costs where all repetitions of an operation cost this much.
    ///
    /// Allocations are rounded up: where a single repetition allocates, the count is not 0.
    init(allocations: Int, instructions: Int, repetitions: Int) {
        self.allocations = (allocations + repetitions - 1) / repetitions
        self.instructions = instructions / repetitions
    }

    /// Runs each operation between the two calls that allocations and instructions are counted between.
    ///
    /// - Returns: how many blocks of memory all repetitions of each operation allocate.
    static func runAll() throws -> [Int] {
        try HotPath.all.map { path in
            let body = try path.prepared()
            // What is allocated once and used again from then on does not count.
            body(path.repetitions)
            counting_begins()
            body(path.repetitions)
            return Int(counting_ends())
        }
    }
}

import Glibc
import VRRPEngine

/// Where the script runner shows how far each script is: memory that both processes have, so that to look costs no question
/// and no answer, and disturbs neither.
struct ScriptBoard: ~Copyable {
    /// More scripts than a node can run; those beyond are not shown.
    static let capacity = 16_384

    private let places: UnsafeMutableBufferPointer<UInt32>

    /// An empty board, which a copy of the process that is made later shares.
    init() throws(SystemCallError) {
        let size = Self.capacity * MemoryLayout<UInt32>.size
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
        guard let memory, memory != MAP_FAILED else { throw SystemCallError("mmap", errorNumber: errno) }
        places = UnsafeMutableBufferPointer(
            start: memory.bindMemory(to: UInt32.self, capacity: Self.capacity), count: Self.capacity)
    }

    deinit { munmap(places.baseAddress, Self.capacity * MemoryLayout<UInt32>.size) }

    /// What stands at a place; nil where there is no such place.
    subscript(place: Int) -> ScriptProgress? {
        guard places.indices.contains(place) else { return nil }
        // One aligned word is read and written as a whole.
        let word = places[place]
        return ScriptPhase(rawValue: UInt8(truncatingIfNeeded: word)).map {
            ScriptProgress(phase: $0, level: Int(word >> 8))
        }
    }

    /// Shows how far the script with this place is.
    func show(_ progress: ScriptProgress, at place: Int) {
        guard places.indices.contains(place) else { return }
        places[place] = UInt32(clamping: progress.level) << 8 | UInt32(progress.phase.rawValue)
    }
}

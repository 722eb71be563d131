import CLinux
import Glibc

/// The processors that the program may run on.
public enum Processors {
    /// The most that are counted.
    private static let limit = 1024

    /// Keeps the calling thread, and threads and programs that it starts, to some processors; those that the machine does
    /// not have do not count.
    ///
    /// - Throws: where the machine has none of them.
    public static func restrict(to numbers: [Int]) throws(SystemCallError) {
        var mask = [UInt](repeating: 0, count: limit / UInt.bitWidth)
        for number in numbers where (0..<limit).contains(number) {
            mask[number / UInt.bitWidth] |= 1 << (number % UInt.bitWidth)
        }
        let octets = UInt(mask.count * MemoryLayout<UInt>.size)
        try systemCall("sched_setaffinity") { clinux_set_processors(mask, octets) }
    }
}

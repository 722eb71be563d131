import CLinux
import Glibc

/// The pages of the program itself and of its libraries that lie in memory.
enum ProgramPages {
    /// Gives back all pages that are as they are in their files; those in use come back from the page cache, a few at
    /// a time and within microseconds.
    ///
    /// Reading a configuration runs through megabytes of code that steady operation never touches again. Costs a
    /// millisecond or two; other threads may run meanwhile. Does nothing where pages are locked in memory.
    static func release() {
        for mapping in unchangedMappings(File.content(of: "/proc/self/smaps")) {
            guard let start = UnsafeMutableRawPointer(bitPattern: mapping.lowerBound) else { continue }
            // Refused for locked pages, and then there is nothing to be done.
            _ = madvise(start, mapping.count, Int32(MADV_DONTNEED))
        }
    }

    /// The address ranges of files that are mapped, cannot be written and of which this process has no page of its own: proc_pid_smaps(5).
    static func unchangedMappings(_ text: [UInt8]) -> [Range<UInt>] {
        var result: [Range<UInt>] = []
        var candidate: Range<UInt>?
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            guard words.count >= 2 else { continue }
            if !words[0].hasSuffix(":") {
                candidate = isReadOnlyFile(words) ? range(words[0]) : nil
            } else if words[0] == "Anonymous:", let range = candidate, words[1] == "0" {
                result.append(range)
            }
        }
        return result
    }

    /// `7f00-7f80 r-xp 00000000 fe:00 1234 /usr/lib/libc.so.6`
    private static func isReadOnlyFile(_ words: [String]) -> Bool {
        words.count >= 6 && words[1].hasPrefix("r-") && words[4] != "0" && words[5].hasPrefix("/")
    }

    private static func range(_ text: String) -> Range<UInt>? {
        let ends = text.split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard ends.count == 2, ends[0] < ends[1] else { return nil }
        return ends[0]..<ends[1]
    }
}

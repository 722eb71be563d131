import CLinux
import Glibc

/// What a process is called by whoever lists processes.
public enum ProcessName {
    /// Sets the name of the process, at most 15 octets, which `ps -o comm` and `pgrep` show.
    public static func set(_ name: String) { _ = clinux_set_name(name) }

    /// Puts a text in the place of the arguments, which `ps -o args` and `pidof` show; cut where it is longer than they.
    ///
    /// Call it in a process that does not need its arguments any more.
    static func replaceArguments(with text: String) {
        guard let range = argumentRange(File.content(of: "/proc/self/stat")),
            let start = UnsafeMutableRawPointer(bitPattern: range.lowerBound)
        else { return }
        let area = UnsafeMutableRawBufferPointer(start: start, count: range.count)
        area.initializeMemory(as: UInt8.self, repeating: 0)
        // The last octet stays 0, or the kernel would go on with the environment.
        area.copyBytes(from: text.utf8.prefix(max(0, range.count - 1)))
    }

    /// Where the arguments lie in memory: the fields 48 and 49 of proc_pid_stat(5).
    static func argumentRange(_ stat: [UInt8]) -> Range<UInt>? {
        // The name of the process, in parentheses, may hold anything.
        guard let end = stat.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = stat[(end + 1)...].split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
        guard fields.count > 46, let start = UInt(fields[45]), let end = UInt(fields[46]), start != 0, start < end
        else { return nil }
        return start..<end
    }
}

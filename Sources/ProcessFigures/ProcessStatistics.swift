import Glibc

/// What `/proc/self/stat` says (proc(5)).
public struct ProcessStatistics: Hashable, Sendable {
    /// The time that its threads were running, in seconds.
    public var processorSeconds: Double
    /// The memory that is there, in octets.
    public var residentOctets: Int64
    /// The memory that it has addresses for, in octets.
    public var virtualOctets: Int64
    /// When it was started, in seconds after the system was.
    public var startAfterBoot: Double

    /// Reads the text of the file; nil for what is none.
    init?(_ text: String, ticksPerSecond: Int, pageSize: Int) {
        // The name of the program stands in parentheses and may have any character.
        guard ticksPerSecond > 0, let end = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: end)...].split(whereSeparator: \.isWhitespace)
        // Counted from the field behind the name, which is the third.
        func field(_ number: Int) -> Int64? { number - 3 < fields.count ? Int64(fields[number - 3]) : nil }
        guard let user = field(14), let kernel = field(15), let start = field(22), let virtual = field(23),
            let resident = field(24)
        else { return nil }
        processorSeconds = Double(user + kernel) / Double(ticksPerSecond)
        residentOctets = resident * Int64(pageSize)
        virtualOctets = virtual
        startAfterBoot = Double(start) / Double(ticksPerSecond)
    }

    /// What it says of this process now; nil where it cannot be read.
    public static var current: Self? {
        let descriptor = open("/proc/self/stat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let text = withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
        }
        return Self(text, ticksPerSecond: sysconf(Int32(_SC_CLK_TCK)), pageSize: sysconf(Int32(_SC_PAGESIZE)))
    }
}

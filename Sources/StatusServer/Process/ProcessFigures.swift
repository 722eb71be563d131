/// What the kernel's files say about a process.
struct ProcessFigures: Equatable {
    var processorSeconds: Double
    var residentOctets: Double
    var virtualOctets: Double
    /// Seconds since 1970.
    var startTime: Double

    /// Reads `/proc/self/stat` and `/proc/stat` (proc(5)); nil for what is none.
    init?(statistics: String, system: String, ticksPerSecond: Double, pageSize: Double) {
        // The name of the program stands in parentheses and may have any character.
        guard let end = statistics.lastIndex(of: ")") else { return nil }
        let fields = statistics[statistics.index(after: end)...].split(whereSeparator: \.isWhitespace)
        // Counted from the field behind the name, which is the third.
        func field(_ number: Int) -> Double? { number - 3 < fields.count ? Double(fields[number - 3]) : nil }
        let boot = system.split(separator: "\n").first { $0.hasPrefix("btime ") }.flatMap { Double($0.dropFirst(6)) }
        guard ticksPerSecond > 0, let boot, let user = field(14), let kernel = field(15), let start = field(22),
            let virtual = field(23), let resident = field(24)
        else { return nil }
        processorSeconds = (user + kernel) / ticksPerSecond
        residentOctets = resident * pageSize
        virtualOctets = virtual
        startTime = boot + start / ticksPerSecond
    }
}

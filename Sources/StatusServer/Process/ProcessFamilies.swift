import Glibc
public import Telemetry

/// What the kernel says about this process, under the names that every client library of Prometheus uses.
public enum ProcessFamilies {
    private static let processor = MetricDescription(
        "process_cpu_seconds_total", .counter, help: "Total user and system CPU time spent in seconds.")
    private static let residentMemory = MetricDescription(
        "process_resident_memory_bytes", .gauge, help: "Resident memory size in bytes.")
    private static let virtualMemory = MetricDescription(
        "process_virtual_memory_bytes", .gauge, help: "Virtual memory size in bytes.")
    private static let openDescriptors = MetricDescription(
        "process_open_fds", .gauge, help: "Number of open file descriptors.")
    private static let mostDescriptors = MetricDescription(
        "process_max_fds", .gauge, help: "Maximum number of open file descriptors.")
    private static let startTime = MetricDescription(
        "process_start_time_seconds", .gauge, help: "Start time of the process since unix epoch in seconds.")

    /// The families that there are.
    public static let catalogue = [
        processor, residentMemory, virtualMemory, openDescriptors, mostDescriptors, startTime,
    ]

    /// The families of this moment; one that the kernel does not tell of is left out.
    static func families() -> [MetricFamily] {
        let figures = ProcessFigures(
            statistics: text("/proc/self/stat"), system: text("/proc/stat"),
            ticksPerSecond: Double(sysconf(Int32(_SC_CLK_TCK))), pageSize: Double(sysconf(Int32(_SC_PAGESIZE))))
        var limit = rlimit()
        let hasLimit = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        let values: [(MetricDescription, Double?)] = [
            (processor, figures?.processorSeconds), (residentMemory, figures?.residentOctets),
            (virtualMemory, figures?.virtualOctets), (startTime, figures?.startTime),
            (openDescriptors, descriptorCount().map(Double.init)),
            (mostDescriptors, hasLimit ? Double(limit.rlim_cur) : nil),
        ]
        return values.compactMap { description, value in
            guard let value else { return nil }
            var family = MetricFamily(description)
            family.set(value)
            return family
        }
    }

    /// The text of a file of the kernel, up to the length that matters.
    private static func text(_ path: String) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var octets: [UInt8] = []
        var count = 1
        while count > 0, octets.count < 1 << 20 {
            count = withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
                let count = read(descriptor, buffer.baseAddress, buffer.count)
                octets.append(contentsOf: buffer.prefix(max(count, 0)))
                return count
            }
        }
        return String(decoding: octets, as: UTF8.self)
    }

    private static func descriptorCount() -> Int? {
        guard let stream = opendir("/proc/self/fd") else { return nil }
        defer { closedir(stream) }
        var count = 0
        while readdir(stream) != nil { count += 1 }
        // Without the two that every directory has, and the one that this look takes.
        return count - 3
    }
}

import Glibc
import ProcessFigures
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
    public static func families() -> [MetricFamily] {
        let figures = ProcessFigures.current
        let values: [(MetricDescription, Double?)] = [
            (processor, figures?.processorSeconds), (residentMemory, figures.map { Double($0.residentOctets) }),
            (virtualMemory, figures.map { Double($0.virtualOctets) }), (startTime, start),
            (openDescriptors, figures?.openDescriptors.map(Double.init)),
            (mostDescriptors, figures?.mostDescriptors.map(Double.init)),
        ]
        return values.compactMap { description, value in
            guard let value else { return nil }
            var family = MetricFamily(description)
            family.set(value)
            return family
        }
    }

    /// When this process was started, found out once: a set clock would move it.
    private static let start: Double? = {
        guard let statistics = ProcessStatistics.current else { return nil }
        var (now, sinceBoot) = (timespec(), timespec())
        guard clock_gettime(CLOCK_REALTIME, &now) == 0, clock_gettime(CLOCK_BOOTTIME, &sinceBoot) == 0 else {
            return nil
        }
        return now.seconds - sinceBoot.seconds + statistics.startAfterBoot
    }()
}

extension timespec {
    fileprivate var seconds: Double { Double(tv_sec) + Double(tv_nsec) / 1_000_000_000 }
}

import ControlProtocol
import ProcessFigures
import Telemetry

/// What vrrpd's process takes: the names that every process has stand for the one that serves the metrics.
enum EngineProcessFamilies {
    private static let processor = MetricDescription(
        "vrrp_engine_process_cpu_seconds_total", .counter,
        help: "Time that vrrpd had a processor, the kernel's work for it included, in seconds")
    private static let residentMemory = MetricDescription(
        "vrrp_engine_process_resident_memory_bytes", .gauge, help: "Memory of vrrpd that is there, in bytes")
    private static let virtualMemory = MetricDescription(
        "vrrp_engine_process_virtual_memory_bytes", .gauge, help: "Memory that vrrpd has addresses for, in bytes")
    private static let openDescriptors = MetricDescription(
        "vrrp_engine_process_open_fds", .gauge, help: "File descriptors that vrrpd has open")
    private static let mostDescriptors = MetricDescription(
        "vrrp_engine_process_max_fds", .gauge, help: "File descriptors that vrrpd may have open")

    static let catalogue = [processor, residentMemory, virtualMemory, openDescriptors, mostDescriptors]

    /// The families of what is known; nothing of an older vrrpd, which says nothing of it.
    static func families(of process: ProcessFigures?) -> [MetricFamily] {
        guard let process else { return [] }
        let values: [(MetricDescription, Double?)] = [
            (processor, process.processorSeconds), (residentMemory, Double(process.residentOctets)),
            (virtualMemory, Double(process.virtualOctets)), (openDescriptors, process.openDescriptors.map(Double.init)),
            (mostDescriptors, process.mostDescriptors.map(Double.init)),
        ]
        return values.compactMap { description, value in
            guard let value else { return nil }
            var family = MetricFamily(description)
            family.set(value)
            return family
        }
    }
}

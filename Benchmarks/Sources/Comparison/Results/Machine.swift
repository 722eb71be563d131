import Foundation

/// What the figures were taken on.
enum Machine {
    /// Processors, memory, kernel.
    static var description: String {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        let memory = Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824
        return "\(processors) processors (\(model)), \(Int(memory.rounded())) GiB, Linux \(kernel)"
    }

    private static var model: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        return line?.split(separator: ":").last.map { String($0).trimmed } ?? "unknown model"
    }

    private static var kernel: String {
        let text = (try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)) ?? "of unknown version"
        return String(text.prefix { $0.isNumber || $0 == "." })
    }
}

import Glibc
import VRRPEngine

/// Which processes of the node belong to which of the tracked programs, as /proc tells.
struct ProcessTable {
    private let patterns: [ProcessPattern]
    private let readsCommandLines: Bool
    /// What is read of a command line at most.
    private let commandLineLength: Int
    /// The programs of each process that belongs to any.
    private var matches: [pid_t: [Int]] = [:]
    /// How many processes each program has.
    private(set) var counts: [Int]

    /// A table without processes.
    init(_ definitions: [TrackedProcessDefinition]) {
        patterns = definitions.map(ProcessPattern.init)
        commandLineLength = patterns.map(\.neededLength).max() ?? 0
        readsCommandLines = commandLineLength > 0
        counts = [Int](repeating: 0, count: definitions.count)
    }

    /// Looks at all processes.
    mutating func scan() {
        matches.removeAll(keepingCapacity: true)
        counts = counts.map { _ in 0 }
        guard let folder = opendir("/proc") else { return }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
            }
            if let process = pid_t(name) { look(at: process) }
        }
    }

    /// Looks at one process, which may have begun, become another program or changed its name.
    mutating func look(at process: pid_t) {
        forget(process)
        guard let name = Self.name(of: process) else { return }
        let line = readsCommandLines ? Self.octets("/proc/\(process)/cmdline", limit: commandLineLength) : []
        let programs = patterns.indices.filter { patterns[$0].matches(name: name, commandLine: line[...]) }
        guard !programs.isEmpty else { return }
        matches[process] = programs
        for program in programs { counts[program] += 1 }
    }

    /// Notes that a process has ended.
    mutating func forget(_ process: pid_t) {
        for program in matches.removeValue(forKey: process) ?? [] { counts[program] -= 1 }
    }

    /// The name of a process; nil where it has ended, also where its parent has not asked yet how.
    private static func name(of process: pid_t) -> ArraySlice<UInt8>? {
        // `PID (NAME) STATE …`; the name may have anything in it, and has at most 15 octets.
        let line = octets("/proc/\(process)/stat", limit: 48)
        guard let open = line.firstIndex(of: UInt8(ascii: "(")), let close = line.lastIndex(of: UInt8(ascii: ")")),
            open < close, line.indices.contains(close + 2)
        else { return nil }
        let state = line[close + 2]
        guard state != UInt8(ascii: "Z"), state != UInt8(ascii: "X") else { return nil }
        return line[(open + 1)..<close]
    }

    private static func octets(_ path: String, limit: Int) -> [UInt8] {
        let opened = retrying { open(path, O_RDONLY | O_CLOEXEC) }
        guard opened.result >= 0 else { return [] }
        let file = FileDescriptor(owning: opened.result)
        let descriptor = file.rawValue
        return [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
            count = max(0, retrying { read(descriptor, buffer.baseAddress, limit) }.result)
        }
    }
}

import Glibc
import KeepalivedCompatibility
import LinuxHost
import Logging

extension Daemon {
    /// Writes the file that a signal asks for, apart from the engine's thread.
    func dump(_ signal: DumpSignal, _ host: Host) {
        let file: DumpFile =
            switch signal {
            case .data: .data
            case .statistics, .statisticsAndReset: .statistics
            case .json: .json
            }
        let source = DumpSource(host.snapshot, routerID: routerID, wallMicroseconds: wallMicroseconds())
        if signal == .statisticsAndReset { host.resetStatistics() }
        host.performInBackground { () -> String? in
            guard let content = file.content(source) else { return nil }
            do {
                try ReplacedFile.write(content, to: "\(temporaryDirectory())/\(file.rawValue)")
                return nil
            } catch { return "\(error)" }
        } then: { [logger] failure in
            if let failure { logger.warning("\(failure)") }
        }
    }
}

/// Where keepalived leaves its dump files.
private func temporaryDirectory() -> String {
    guard let directory = getenv("TMPDIR").map({ String(cString: $0) }), !directory.isEmpty else { return "/tmp" }
    return directory
}

private func wallMicroseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
}

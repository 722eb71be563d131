import EngineMetrics
import Glibc

/// Lets the daemon write dump files and waits for them: for files that are written anew and complete, and not for a time.
struct DumpRequest {
    /// Where the files are.
    var directory: String
    /// How long to wait for them.
    var patience: Duration = .seconds(2)
    /// The time between two looks.
    var pause: Duration = .milliseconds(5)

    /// The numbers that exporters send; on another C library than glibc the third has another name.
    private enum Signal {
        static let data: Int32 = 10
        static let statistics: Int32 = 12
        static let json: Int32 = 36
    }

    /// What keepalived.json says.
    func json(from daemon: DaemonProcess) throws(GatherError) -> KeepalivedReport {
        let path = "\(directory)/keepalived.json"
        return try fresh([path], from: daemon, signals: [Signal.json]) { (texts) throws(GatherError) in
            do throws(DumpError) { return try JSONDumpReading.report(texts[0]) } catch {
                throw .notUnderstood(path: path, error)
            }
        }
    }

    /// What keepalived.data and keepalived.stats say.
    func text(from daemon: DaemonProcess) throws(GatherError) -> KeepalivedReport {
        let paths = ["\(directory)/keepalived.data", "\(directory)/keepalived.stats"]
        return try fresh(paths, from: daemon, signals: [Signal.data, Signal.statistics]) {
            (texts) throws(GatherError) in
            let words = texts.map { String(decoding: $0, as: UTF8.self) }
            do throws(DumpError) { return try TextDumpReading.report(data: words[0], statistics: words[1]) } catch {
                throw .notUnderstood(path: paths[1], error)
            }
        }
    }

    /// What `read` makes of the files once all of them are new.
    ///
    /// keepalived 2.2 gives a file its name before it has written it: what cannot be read yet is looked at again, and
    /// what can be read counts when it is the same the next time. A reload between two signals leaves files that do not fit
    /// and change no more: then the daemon is asked again.
    private func fresh(
        _ paths: [String], from daemon: DaemonProcess, signals: [Int32],
        _ read: ([[UInt8]]) throws(GatherError) -> KeepalivedReport
    ) throws(GatherError) -> KeepalivedReport {
        let clock = ContinuousClock()
        let end = clock.now + patience
        var problem = GatherError.notWritten(path: paths[0])
        while clock.now < end {
            let before = paths.map(FileContent.identity)
            for signal in signals { try daemon.signal(signal) }
            let askAgain = min(clock.now + patience / 3, end)
            var last: [FileContent.Identity] = []
            while clock.now < askAgain {
                clock_nanosleep(pause)
                do throws(GatherError) {
                    let contents = try contents(of: paths, notAs: before)
                    let report = try read(contents.map(\.octets))
                    let identities = contents.map(\.identity)
                    if identities == last { return report }
                    last = identities
                } catch {
                    problem = error
                    last = []
                }
            }
        }
        throw problem
    }

    private func contents(
        of paths: [String], notAs before: [FileContent.Identity?]
    ) throws(GatherError) -> [FileContent] {
        var contents: [FileContent] = []
        for (path, before) in zip(paths, before) {
            guard let now = FileContent.identity(ofFileAt: path), now != before else { throw .notWritten(path: path) }
            do { contents.append(try FileContent(path)) } catch {
                throw .unreadable(path: path, errorNumber: error.number)
            }
        }
        return contents
    }
}

/// Sleeps; a signal may end it early.
private func clock_nanosleep(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
    nanosleep(&time, nil)
}

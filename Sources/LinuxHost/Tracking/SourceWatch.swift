import CLinux
import Glibc
import Synchronization
import VRRP
import VRRPEngine

/// Follows files and processes on a thread of its own, because to read a file or /proc may take longer than an advert may
/// wait.
final class SourceWatch: Sendable {
    /// How long changes are gathered before they are told: who writes a file without end costs no more than this.
    private static let gatheringTime: UInt32 = 10_000

    private struct Orders {
        /// What to follow from now on; nil where nothing is new.
        var sources: TrackedSources?
        var hasEnded = false
    }

    private let orders = Mutex(Orders())
    /// The last word on each thing that has not been fetched.
    private let news = Mutex<[String: Observation]>([:])
    /// Rings when there are orders.
    private let call: Bell
    /// Rings when there is news.
    private let bell: Bell
    private let asksKernel: Bool

    /// Starts the thread; it follows nothing yet, and rings `bell` when there is news.
    init(ringing bell: Bell, asksKernel: Bool = true) throws(SystemCallError) {
        self.bell = bell
        self.asksKernel = asksKernel
        call = try Bell()
        let course = Course(files: try FileWatch(), processes: ProcessWatch())
        try BackgroundThread.start { [self] in course.run(self) }
    }

    /// Follows these files and processes and no others.
    func follow(_ sources: TrackedSources) {
        orders.withLock { $0.sources = sources }
        call.ring()
    }

    /// Ends the thread.
    func stop() {
        orders.withLock { $0.hasEnded = true }
        call.ring()
    }

    /// What has changed since the last time.
    func takeNews() -> [Observation] {
        news.withLock { news in
            defer { news.removeAll() }
            return news.sorted { $0.key < $1.key }.map(\.value)
        }
    }

    private func tell(_ observations: [Observation]) {
        guard !observations.isEmpty else { return }
        news.withLock { news in
            for observation in observations { news[observation.trackedName] = observation }
        }
        bell.ring()
    }

    /// What the thread does.
    ///
    /// `@unchecked Sendable` is safe: it is made before the thread and handed to it when that starts, and nobody else touches it
    /// afterwards.
    private final class Course: @unchecked Sendable {
        private var files: FileWatch
        private var processes: ProcessWatch

        init(files: consuming FileWatch, processes: consuming ProcessWatch) {
            self.files = files
            self.processes = processes
        }

        func run(_ watch: SourceWatch) {
            while true {
                wait(watch.call.fileDescriptor)
                watch.call.silence()
                let orders = watch.orders.withLock { orders in
                    defer { orders.sources = nil }
                    return orders
                }
                if orders.hasEnded { return }
                var news: [Observation] = []
                let now = MonotonicClock.now
                if let sources = orders.sources {
                    news += files.follow(sources.files, at: now).map(Observation.file)
                    news += processes.follow(sources.processes, asksKernel: watch.asksKernel)
                        .map(Observation.processes)
                } else {
                    news += files.retry(at: now).map(Observation.file)
                    news += files.takeChanges(at: now).map(Observation.file)
                    news += processes.advance().map(Observation.processes)
                }
                watch.tell(news)
                usleep(SourceWatch.gatheringTime)
            }
        }

        private func wait(_ call: Int32) {
            let deadline = min(files.deadline, processes.deadline)
            var milliseconds: Int32 = -1
            if deadline != .distantFuture {
                let rest = (deadline - MonotonicClock.now).rawValue
                milliseconds = Int32(max(0, min(60_000, (rest + 999_999) / 1_000_000)))
            }
            var waiting = [call, files.fileDescriptor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            if let number = processes.fileDescriptor {
                waiting.append(pollfd(fd: number, events: Int16(POLLIN), revents: 0))
            }
            _ = retrying { poll(&waiting, nfds_t(waiting.count), milliseconds) }
        }
    }
}

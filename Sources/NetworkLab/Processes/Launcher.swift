import Foundation
import Synchronization

/// The one thread that starts programs.
///
/// The kernel kills a program of the lab when the thread that started it ends. This thread ends with the process, however
/// that comes about, while threads of a pool may end at any time.
final class Launcher: Sendable {
    static let shared = Launcher()

    private let jobs = Mutex<[@Sendable () -> Void]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    private init() {
        Thread.detachNewThread { [self] in
            while true {
                arrivals.wait()
                let job = jobs.withLock { $0.removeFirst() }
                job()
            }
        }
    }

    /// Starts a program and returns its process number.
    func start(_ request: LaunchRequest, output: OwnedDescriptor) async throws -> pid_t {
        try await withCheckedThrowingContinuation { continuation in
            jobs.withLock { jobs in
                jobs.append { continuation.resume(with: Result { try request.start(output: output) }) }
            }
            arrivals.signal()
        }
    }
}

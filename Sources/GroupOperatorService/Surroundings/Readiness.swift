import StatusServer
import Synchronization

/// Whether the operator does its job: while it leads, it must know the cluster; while another one does, it only waits.
final class Readiness: Sendable {
    private let copies = Mutex<ClusterCopies?>(nil)

    func waits(for copies: ClusterCopies) { self.copies.withLock { $0 = copies } }

    func waitsForNothing() { copies.withLock { $0 = nil } }

    var report: HealthReport { HealthReport(reasons: copies.withLock(\.self)?.absences ?? []) }
}

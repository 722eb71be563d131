public import ControlProtocol
import VRRP

/// A process of vrrpd, told from the one before.
///
/// The identifier alone is not enough: in a container it is always the same one.
public struct EngineProcess: Hashable, Sendable {
    private let processID: Int32
    /// In milliseconds since 1970. vrrpd takes the time since its start by the clock that it tells the time by, so that the
    /// difference stays the same when that clock is set.
    private let start: Int64

    /// The process that has said this of itself.
    ///
    /// - Parameter time: The time that it has said it at.
    public init(_ daemon: DaemonStatus, at time: WallTime) {
        processID = daemon.processID
        start = time.millisecondsSinceEpoch - daemon.uptime.rawValue / 1_000_000
    }
}

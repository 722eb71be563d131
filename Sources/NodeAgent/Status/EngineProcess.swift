public import ControlProtocol
import VRRP

/// A process of vrrpd, told from the one before.
///
/// The identifier alone is not enough: in a container it is always the same one.
public struct EngineProcess: Hashable, Sendable {
    private let processID: Int32
    private let start: WallTime

    /// The process that has said this of itself.
    ///
    /// - Parameter time: The time that it has said it at, from which the start of an older one follows.
    public init(_ daemon: DaemonStatus, at time: WallTime) {
        processID = daemon.processID
        start =
            daemon.startTime
            ?? WallTime(
                millisecondsSinceEpoch: time.millisecondsSinceEpoch - daemon.uptime.rawValue / 1_000_000)
    }
}

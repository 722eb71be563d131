import ControlProtocol
import Glibc
import LinuxHost
import VRRP

extension Daemon {
    func host(_ host: Host, answers request: ArraySlice<UInt8>, of client: ControlConnection) -> ClientAnswer {
        do {
            switch try ControlRequest(line: Array(request)) {
            case .status: return ClientAnswer(ControlAnswer.status(status(of: host)).line)
            case .watch: return ClientAnswer(ControlAnswer.status(status(of: host)).line, startsWatching: true)
            // What ends together with the daemon must not cut a hand-over short.
            case .reload where isStopping, .track where isStopping: return ClientAnswer(Self.refusalWhileStopping)
            case .reload:
                reload(host, for: client)
                return .later
            case .track(let objects):
                let outcome = TrackOutcome(unknown: host.setTrackedObjects(objects))
                return ClientAnswer(ControlAnswer.track(outcome).line)
            }
        } catch {
            return ClientAnswer(ControlAnswer.failure("\(error)").line)
        }
    }

    static var refusalWhileStopping: [UInt8] { ControlAnswer.failure("the daemon is stopping").line }

    private func status(of host: Host) -> NodeStatus {
        let now = WallTime.now
        let uptime = now.millisecondsSinceEpoch - startedAt.millisecondsSinceEpoch
        return NodeStatus(
            host.snapshot,
            daemon: DaemonStatus(
                version: programVersion, processID: getpid(), uptime: .milliseconds(uptime),
                definitionsFile: origin.path, lastLoad: lastLoad),
            time: now)
    }
}

import ControlProtocol
import Glibc
import LinuxHost
import Logging
import ProcessFigures
import VRRP
import VRRPEngine

extension Daemon {
    func host(_ host: Host, answers request: ArraySlice<UInt8>, of client: ControlConnection) -> ClientAnswer {
        do {
            switch try ControlRequest(line: Array(request)) {
            case .status: return answerStatus(of: host, to: client)
            case .watch: return ClientAnswer(ControlAnswer.status(status(of: host)).line, startsWatching: true)
            // What ends together with the daemon must not cut a hand-over short.
            case .reload where isStopping, .track where isStopping, .drain where isStopping, .undrain where isStopping:
                return ClientAnswer(Self.refusalWhileStopping)
            case .reload:
                reload(host, for: client)
                return .later
            case .track(let objects):
                let outcome = TrackOutcome(unknown: host.setTrackedObjects(objects))
                return ClientAnswer(ControlAnswer.track(outcome).line)
            case .events(let sequence): return ClientAnswer(ControlAnswer.events(events.events(since: sequence)).line)
            case .explain(let subject): return ClientAnswer(explanation(of: subject, host).line)
            case .capture(let name): return ClientAnswer(capture(of: name, host).line)
            case .drain: return ClientAnswer(setDrained(true, host).line)
            case .undrain: return ClientAnswer(setDrained(false, host).line)
            case .drained: return ClientAnswer(ControlAnswer.drain(host.drainOutcome).line)
            }
        } catch {
            return ClientAnswer(ControlAnswer.failure("\(error)").line)
        }
    }

    static var refusalWhileStopping: [UInt8] { ControlAnswer.failure("the daemon is stopping").line }

    private func explanation(of subject: String, _ host: Host) -> ControlAnswer {
        let now = MonotonicClock.now
        let explanations = host.explain(ExplanationSubject(subject)).map { ExplanationStatus($0, at: now) }
        guard explanations.isEmpty else { return .explain(explanations) }
        let names = host.snapshot.routers.map(\.definition.name)
        guard !names.isEmpty else { return .failure("there are no virtual routers here") }
        let known = names.prefix(Self.mostNames).joined(separator: ", ")
        let rest = names.count > Self.mostNames ? " and \(names.count - Self.mostNames) more" : ""
        return .failure("no virtual router has the name or the address \(subject); there are \(known)\(rest)")
    }

    private func capture(of name: String, _ host: Host) -> ControlAnswer {
        guard let capture = host.capture(ofRouter: name) else {
            return .failure("no virtual router has the name \(name); vrrpctl status lists them")
        }
        return .capture(
            CaptureStatus(
                capture, at: MonotonicClock.now, wallTime: WallTime.now.millisecondsSinceEpoch * 1_000_000))
    }

    /// How many names a sentence lists.
    private static let mostNames = 20

    private func setDrained(_ isDrained: Bool, _ host: Host) -> ControlAnswer {
        if isDrained {
            logger.notice("Draining: virtual routers are handed over, and are taken over from nobody alone")
            host.drain(handOver ?? HandOverPlan())
        } else {
            logger.notice("Draining no more")
            host.undrain()
        }
        return .drain(host.drainOutcome)
    }

    /// How many virtual routers are written down at once, which takes some 30 µs each; with more, adverts would wait.
    private static let mostRoutersAtOnce = 16

    /// Answers with what there is now, written down apart from the thread that sends adverts where that takes long.
    private func answerStatus(of host: Host, to client: ControlConnection) -> ClientAnswer {
        let parts = statusParts(of: host)
        guard parts.snapshot.routers.count > Self.mostRoutersAtOnce else {
            return ClientAnswer(ControlAnswer.status(parts.status).line)
        }
        host.performInBackground {
            ControlAnswer.status(parts.status).line
        } then: { line in
            host.answer(client, with: line)
        }
        return .later
    }

    private func status(of host: Host) -> NodeStatus { statusParts(of: host).status }

    private func statusParts(of host: Host) -> StatusParts {
        let snapshot = host.snapshot
        return StatusParts(
            snapshot: snapshot, scripts: host.scriptProgress.mapValues(\.phase),
            daemon: DaemonStatus(
                version: programVersion, processID: getpid(), startTime: startedAt, uptime: snapshot.time - started,
                definitionsFile: origin.path, lastLoad: lastLoad),
            time: civilClock.time(of: snapshot.time, by: (WallTime.now, MonotonicClock.now)))
    }
}

/// What a status is made of, at one moment.
private struct StatusParts: Sendable {
    let snapshot: EngineSnapshot
    let scripts: [String: ScriptPhase]
    let daemon: DaemonStatus
    let time: WallTime

    /// The status, which takes some 30 µs for each virtual router.
    var status: NodeStatus {
        var daemon = daemon
        daemon.process = ProcessFigures.current
        return NodeStatus(snapshot, scripts: scripts, daemon: daemon, time: time)
    }
}

extension Host {
    /// What a drain has come to.
    fileprivate var drainOutcome: DrainOutcome {
        DrainOutcome(isDrained: isDrained, holding: holdingRouters, keeping: undrainableRouters)
    }
}

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
            case .status(let brief): return answerStatus(of: host, to: client, brief: brief)
            case .watch:
                var answer = answerStatus(of: host, to: client, brief: false)
                answer.startsWatching = true
                return answer
            // What ends together with the daemon must not cut a hand-over short.
            case .reload where isStopping, .track where isStopping, .drain where isStopping, .undrain where isStopping:
                return ClientAnswer(Self.refusalWhileStopping)
            case .reload:
                reload(host, for: client)
                return .later
            case .track(let objects):
                let outcome = TrackOutcome(unknown: host.setTrackedObjects(objects))
                return ClientAnswer(ControlAnswer.track(outcome).line)
            case .events(let sequence):
                let list = events.events(since: sequence)
                return answer(client, of: host, parts: list.events.count) { .events(list) }
            case .explain(let subject): return explain(subject, host, to: client)
            case .capture(let name): return answerCapture(of: name, host, to: client)
            case .drain: return ClientAnswer(setDrained(true, host).line)
            case .undrain: return ClientAnswer(setDrained(false, host).line)
            case .drained: return ClientAnswer(ControlAnswer.drain(host.drainOutcome).line)
            }
        } catch {
            return ClientAnswer(ControlAnswer.failure("\(error)").line)
        }
    }

    static var refusalWhileStopping: [UInt8] { ControlAnswer.failure("the daemon is stopping").line }

    private func explain(_ subject: String, _ host: Host, to client: ControlConnection) -> ClientAnswer {
        let now = MonotonicClock.now
        let explanations = host.explain(ExplanationSubject(subject))
        guard explanations.isEmpty else {
            return answer(client, of: host, parts: explanations.count) {
                .explain(explanations.map { ExplanationStatus($0, at: now) })
            }
        }
        let routers = configuration.definitions.virtualRouters
        guard !routers.isEmpty else { return refusal("there are no virtual routers here") }
        let known = routers.prefix(Self.mostNames).map(\.name).joined(separator: ", ")
        let rest = routers.count > Self.mostNames ? " and \(routers.count - Self.mostNames) more" : ""
        return refusal("no virtual router has the name or the address \(subject); there are \(known)\(rest)")
    }

    private func answerCapture(of name: String, _ host: Host, to client: ControlConnection) -> ClientAnswer {
        guard let capture = host.capture(ofRouter: name) else {
            return refusal("no virtual router has the name \(name); vrrpctl status lists them")
        }
        let (now, wallTime) = (MonotonicClock.now, WallTime.now.millisecondsSinceEpoch * 1_000_000)
        return answer(client, of: host, parts: capture.adverts.count) {
            .capture(CaptureStatus(capture, at: now, wallTime: wallTime))
        }
    }

    private func refusal(_ sentence: String) -> ClientAnswer { ClientAnswer(ControlAnswer.failure(sentence).line) }

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

    /// How many virtual routers, events or adverts are written down at once, each of which takes up to 30 µs; with more,
    /// adverts would wait.
    private static let mostPartsAtOnce = 16

    /// Answers with what `make` makes, apart from the thread that sends adverts where that takes long.
    ///
    /// - Parameters:
    ///   - parts: how many virtual routers, events or adverts it is about.
    ///   - brief: whether what says nothing is left out.
    private func answer(
        _ client: ControlConnection, of host: Host, parts: Int, brief: Bool = false,
        with make: @escaping @Sendable () -> ControlAnswer
    ) -> ClientAnswer {
        guard parts > Self.mostPartsAtOnce else { return ClientAnswer(make().line(brief: brief)) }
        host.performInBackground {
            make().line(brief: brief)
        } then: { line in
            host.answer(client, with: line)
        }
        return .later
    }

    /// Answers with what there is now.
    private func answerStatus(of host: Host, to client: ControlConnection, brief: Bool) -> ClientAnswer {
        let parts = statusParts(of: host, zeroCounters: !brief)
        return answer(client, of: host, parts: parts.snapshot.routers.count, brief: brief) { .status(parts.status) }
    }

    private func statusParts(of host: Host, zeroCounters: Bool) -> StatusParts {
        let snapshot = host.snapshot
        return StatusParts(
            snapshot: snapshot, scripts: host.scriptProgress.mapValues(\.phase), sendFailures: host.sendFailures,
            daemon: DaemonStatus(
                version: programVersion, processID: getpid(), startTime: startedAt, uptime: snapshot.time - started,
                definitionsFile: origin.path, lastLoad: lastLoad),
            time: civilClock.time(of: snapshot.time, by: (WallTime.now, MonotonicClock.now)),
            zeroCounters: zeroCounters)
    }
}

/// What a status is made of, at one moment.
private struct StatusParts: Sendable {
    let snapshot: EngineSnapshot
    let scripts: [String: ScriptPhase]
    let sendFailures: [String: UInt64]
    let daemon: DaemonStatus
    let time: WallTime
    let zeroCounters: Bool

    /// The status, which takes some 30 µs for each virtual router.
    var status: NodeStatus {
        var daemon = daemon
        daemon.process = ProcessFigures.current
        return NodeStatus(
            snapshot, scripts: scripts, sendFailures: sendFailures, daemon: daemon, time: time,
            zeroCounters: zeroCounters)
    }
}

extension Host {
    /// What a drain has come to.
    fileprivate var drainOutcome: DrainOutcome {
        DrainOutcome(isDrained: isDrained, holding: holdingRouters, keeping: undrainableRouters)
    }
}

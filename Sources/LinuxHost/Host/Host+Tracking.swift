import VRRP
import VRRPEngine

extension Host {
    /// Follows files and processes, and no others, beginning with what a first look has found.
    ///
    /// Call it right before ``apply(_:scripts:)`` puts definitions in force that track them, so that no router is judged by
    /// what nobody has looked at. What is as before goes on.
    public func follow(_ observed: ObservedSources) {
        let old = sources
        sources = observed.sources
        for observation in observed.observations { note(observation) }
        guard sources != old else { return }
        do throws(SystemCallError) {
            if sourceWatch == nil, !sources.isEmpty { sourceWatch = try SourceWatch(ringing: bell) }
        } catch {
            observer.host(self, warned: .trackingFailed(error))
        }
        sourceWatch?.follow(sources)
    }

    /// What is known of the processes that are counted, by the names that they are tracked by.
    public var processObservations: [String: ProcessObservation] { knownProcesses }

    /// Takes in what the watch tells.
    func takeObservations() {
        for observation in sourceWatch?.takeNews() ?? [] {
            // What ends together with the daemon must not cut a hand-over short.
            guard !isHandingOver, isFollowed(observation) else { continue }
            if isNews(observation) { observer.host(self, observed: observation) }
            note(observation)
        }
    }

    private func isFollowed(_ observation: Observation) -> Bool {
        switch observation {
        case .file(let file): sources.files.contains { $0.name == file.name && $0.path == file.path }
        case .processes(let processes): sources.processes.contains { $0.name == processes.name }
        }
    }

    /// Whether people want to hear of it: a count that changes nothing is none.
    private func isNews(_ observation: Observation) -> Bool {
        switch observation {
        case .file(let file): knownFiles[file.name] != file
        case .processes(let processes): knownProcesses[processes.name]?.isGood != processes.isGood
        }
    }

    private func note(_ observation: Observation) {
        switch observation {
        case .file(let file):
            knownFiles[file.name] = file
            engine.setTrackedNumber(
                observation.trackedName, to: file.number, at: MonotonicClock.now, effects: &effects)
        case .processes(let processes):
            knownProcesses[processes.name] = processes
            engine.setTrackedObject(
                observation.trackedName, isGood: processes.isGood, at: MonotonicClock.now, effects: &effects)
        }
        carryOutEffects()
    }
}

import VRRPEngine

/// The things that instances and groups may track by name, with the weights that they have by themselves.
struct TrackedWeights {
    private var weights: [TrackedKind: [String: WeightSettings]] = [:]

    /// What a configuration describes; what it describes twice or only in part is reported.
    init(_ settings: ConfigurationSettings, _ log: inout DiagnosticLog) {
        let scripts = ScriptTranslation.scriptsByName(settings.scripts, &log)
        weights[.script] = scripts.mapValues(\.weight)
        unusable[.script] = Set(scripts.filter(\.value.isUnusable).keys)
        for file in settings.tracked.files {
            admit(file.name, file.weight, .file, lacks: file.path == nil ? "file" : nil, &log)
            if file.hasErrors { unusable[.file, default: []].insert(file.name.value) }
        }
        for process in settings.tracked.processes {
            admit(process.name, process.weight, .process, lacks: process.command == nil ? "process" : nil, &log)
            if process.hasErrors { unusable[.process, default: []].insert(process.name.value) }
        }
    }

    /// What cannot be followed, so that who tracks it would be watched by something else than was meant, or by nothing.
    private var unusable: [TrackedKind: Set<String>] = [:]

    /// Whether something is tracked that cannot be followed.
    func tracksUnusable(_ tracking: TrackingSettings) -> Bool {
        tracking.entries.contains { kind, entries in
            entries.contains { unusable[kind]?.contains($0.value.name) == true }
        }
    }

    private var places: [TrackedKind: [String: SourcePlace]] = [:]

    private mutating func admit(
        _ name: Located<String>, _ weight: WeightSettings, _ kind: TrackedKind, lacks missing: String?,
        _ log: inout DiagnosticLog
    ) {
        if let missing {
            log.error(name.place, "\(kind.block) \(name.value)", .missing(missing))
            unusable[kind, default: []].insert(name.value)
        }
        if let earlier = places[kind]?[name.value] {
            let what = "the name \(visible(name.text))"
            return log.error(name.place, kind.block, .duplicate(of: earlier, what: what))
        }
        places[kind, default: [:]][name.value] = name.place
        weights[kind, default: [:]][name.value] = weight
    }

    /// The conditions of an instance or a group; a name that nothing has is an error.
    func conditions(_ tracking: TrackingSettings, _ log: inout DiagnosticLog) -> [TrackedCondition] {
        TrackedKind.allCases.flatMap { kind in
            (tracking.entries[kind] ?? []).compactMap { entry in
                guard let own = weights[kind]?[entry.value.name] else {
                    // To go on without the check would be to claim that all is well.
                    log.error(entry.place, kind.list, .missing("\(kind.block) \(visible(entry.text))"))
                    return nil
                }
                let object = kind.object(entry.value.name)
                return TrackedCondition(
                    object, effect: entry.value.weight.effect(over: own).limited(to: object.weights))
            }
        }
    }

    /// What everything does to a priority by itself, by the name that the engine knows it by.
    var effects: [TrackedObject: TrackingEffect] {
        var effects: [TrackedObject: TrackingEffect] = [:]
        for (kind, named) in weights {
            for (name, weight) in named { effects[kind.object(name)] = weight.effect() }
        }
        return effects
    }
}

extension TrackingEffect {
    /// The same within the weights that the engine has: keepalived lets a process have one more, which makes no difference.
    fileprivate func limited(to weights: ClosedRange<Int>) -> TrackingEffect {
        func limited(_ weight: Int) -> Int { max(weights.lowerBound, min(weights.upperBound, weight)) }
        return switch self {
        case .fault, .reversedFault: self
        case .weight(let weight): .weight(limited(weight))
        case .reversedWeight(let weight): .reversedWeight(limited(weight))
        }
    }
}

import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Logging
import Synchronization
import VIPPlanning

/// Makes what is there of one group what is wanted, and says so in its status.
struct GroupReconciler: Sendable {
    /// How many virtual routers of one group are written at a time.
    private static let writers = 8
    /// How often what others have put into a virtual router is taken out, where somebody is faster each time.
    private static let attempts = 3
    /// How long to wait where an agent, or an earlier write of the same pass, was faster.
    private static let turn: Duration = .milliseconds(100)
    /// How long to wait for people to remove what stands in the way.
    private static let patience: Duration = .seconds(60)

    let client: APIClient
    let copies: ClusterCopies
    let plan: ClusterPlan
    let features: FeatureWatch
    let speaker: Speaker
    let metrics: OperatorMetrics
    let settings: OperatorSettings
    let configMaps: LeftConfigMaps
    let logger: Logger
    private let addresses = Addresses()
    private let wantedObjects = OwnedObjectsMemory()

    /// What all workers share on addresses and who has them.
    private final class Addresses: Sendable {
        let reservations = Mutex(AddressReservations())
        let waits = Mutex(AddressWaits())
        let silentOwners = Mutex(SilentOwners())
    }

    /// Does all that is to be done for a group.
    func reconcile(_ name: ObjectName) async -> WorkQueue<ObjectName>.Outcome {
        let start = ContinuousClock.now
        let outcome: WorkQueue<ObjectName>.Outcome
        do {
            outcome = try await work(on: name)
        } catch is CancellationError {
            return .success
        } catch {
            logger.warning("KeepalivedGroup \(name): \(error)")
            outcome = .failure
        }
        metrics.reconciled(isSuccess: outcome != .failure, in: start.duration(to: .now))
        return outcome
    }

    private func work(on name: ObjectName) async throws -> WorkQueue<ObjectName>.Outcome {
        let group: KeepalivedGroup
        switch copies.presence(of: name) {
        case .present(let present): group = present
        case .undecodable: return .success
        case .gone:
            addresses.waits.withLock { $0.end(name) }
            wantedObjects.forget(name)
            try await removeRouters(of: name)
            return .success
        }
        guard var situation = await plan.situation(of: name, settings: settings),
            // Another version is on its way through the plan, which will come back to this group.
            situation.group.metadata.uid == group.metadata.uid,
            situation.group.metadata.generation == group.metadata.generation
        else { return .success }
        situation.group = group
        situation.features = features.features
        if situation.features.hasPodMonitors,
            copies.objects(PodMonitor.resourceType)?[OwnedKind.podMonitor.key(of: name)] == nil
        {
            // The server may be taking the kind away, and with it all objects; one that is written anew then holds the kind,
            // for that is refused to who creates it, and not to who applies it.
            situation.features = try await features.currentFeatures()
        }
        situation.routers = copies.routers(of: name)
        situation.silentOwners = silentOwners(of: name, situation.routers)
        situation.routersWithAddress = { [copies] in copies.routers(with: $0) }
        situation.wantedObjects = { [wantedObjects] in try wantedObjects.objects($0, of: name) }
        if case .planned = situation.plan { situation.owned = try await observedObjects(of: name, situation.features) }

        let decision = try GroupDecision(situation, at: .now)
        if let status = decision.ledgerStatus { situation.group = try await write(status, of: situation.group) }
        let routers = await carryOut(routers: decision.routerWrites, of: name)
        var failures = routers.failures
        failures += await carryOut(objects: decision.ownedWrites, of: name)
        let conditions = await carryOut(
            conditions: decision.conditionWrites, of: name, silentOwners: situation.silentOwners)
        failures += conditions.failures
        let wait = wait(for: decision.awaitedAddresses + routers.awaited, of: name)
        let nodePods = copies.objects(OwnedKind.nodePods.type)?[OwnedKind.nodePods.key(of: name)]
        if failures.isEmpty, decision.obstacles.isEmpty, nodePods.map(Predecessor.isGone) == true {
            try await configMaps.remove(of: situation.group)
        }
        let unmet = failures + wait.sentences
        let status = decision.status(of: situation.group, nodePods: nodePods, failures: unmet, at: .now)
        if status != situation.group.status {
            _ = try await write(status, of: situation.group)
            if let remark = Remark(vacancyIn: status, after: situation.group.status) { speaker.tell(group, remark) }
        }
        for sentence in unmet { logger.warning("KeepalivedGroup \(name): \(sentence)") }
        speaker.tell(failures: unmet + decision.obstacles, of: group)
        guard failures.isEmpty else { return .failure }
        if let pause = wait.pause { return .again(after: pause) }
        guard conditions.areDone, !decision.hasDelayedConditionWrites else { return .again(after: Self.turn) }
        // What stands in the way has no label, so that nobody tells when it is gone.
        return decision.obstacles.isEmpty ? .success : .again(after: Self.patience)
    }

    /// Deletes the virtual routers of a group that is gone; everything else is left to the cluster, which knows the owner.
    private func removeRouters(of name: ObjectName) async throws {
        let writes = copies.routers(of: name).filter { $0.metadata.isOfGroup && $0.metadata.deletionTimestamp == nil }
            .map { GroupWrite.deleteRouter($0.metadata.name, uid: $0.metadata.uid) }
        guard let failure = await carryOut(routers: writes, of: name).failures.first else { return }
        throw OperatorError.unfinished(failure)
    }

    // MARK: What is there

    /// The other objects; what is wanted and lacks the label, so that it is not followed, is asked for by its name.
    private func observedObjects(
        of name: ObjectName, _ features: ClusterFeatures
    ) async throws -> [OwnedKind: DynamicObject] {
        var objects: [OwnedKind: DynamicObject] = [:]
        for kind in OwnedKind.allCases {
            let key = kind.key(of: name)
            if let object = copies.objects(kind.type)?[key] {
                objects[kind] = object
            } else if kind.exists(with: features) {
                objects[kind] = try await client.find(key.name, in: kind.type.objects(inside: name.namespace))
            }
        }
        return objects
    }

    /// The routers of which it is to be said that the cluster does not hear of their active nodes.
    private func silentOwners(of name: ObjectName, _ routers: [VirtualRouter]) -> [String: NodeSilence] {
        let now = Timestamp.now
        return addresses.silentOwners.withLock { [copies] owners in
            owners.untold(of: name, routers) { copies.silence(of: $0, at: now) }
        }
    }

    // MARK: Writing

    private func write(_ status: KeepalivedGroup.Status, of group: KeepalivedGroup) async throws -> KeepalivedGroup {
        let version = group.metadata.resourceVersion
        guard let patch = try StatusPatch(from: group.status, to: status, version: version) else { return group }
        let answer = try await counted(KeepalivedGroup.resourceType.kind, .merge) {
            try await copies.groups.write(group.key) {
                try await client.merge(
                    patch, into: group.metadata.name, in: KeepalivedGroup.inside(group.metadata.namespace), .status,
                    as: OperatorNames.fieldManager.ofStatus)
            }
        }
        return answer ?? group
    }

    /// What has become of virtual routers.
    private struct RouterOutcome {
        /// What went wrong, a sentence each.
        var failures: [String] = []
        /// What some of them have to wait for.
        var awaited: [AwaitedAddress] = []

        mutating func add(_ outcome: RouterOutcome) {
            failures += outcome.failures
            awaited += outcome.awaited
        }
    }

    /// Writes virtual routers, some at a time, and none before all that go are asked to. One that does not go keeps nothing
    /// but its own addresses from others: each write looks anew who has the addresses.
    private func carryOut(routers writes: [GroupWrite], of name: ObjectName) async -> RouterOutcome {
        var outcome = RouterOutcome()
        for part in [writes.filter(\.isDeletion), writes.filter { !$0.isDeletion }] {
            await withTaskGroup(of: RouterOutcome.self) { group in
                for (index, write) in part.enumerated() {
                    if index >= Self.writers, let result = await group.next() { outcome.add(result) }
                    group.addTask { await carryOut(router: write, of: name) }
                }
                for await result in group { outcome.add(result) }
            }
        }
        outcome.failures.sort()
        return outcome
    }

    /// Writes a virtual router, where nobody else has its addresses at this moment.
    private func carryOut(router write: GroupWrite, of name: ObjectName) async -> RouterOutcome {
        guard case .applyRouter(let router) = write else {
            return RouterOutcome(failures: [await attempt(write, of: name)].compactMap(\.self))
        }
        let awaited = addresses.reservations.withLock {
            $0.reserve(for: router, over: copies.routers[router.key], copies.routers(with:))
        }
        guard awaited.isEmpty else { return RouterOutcome(awaited: awaited) }
        defer { addresses.reservations.withLock { $0.release(router) } }
        return RouterOutcome(failures: [await attempt(write, of: name)].compactMap(\.self))
    }

    /// When to look again for addresses, nil where nothing is waited for, and what people are to be told of them.
    private func wait(for awaited: [AwaitedAddress], of name: ObjectName) -> (pause: Duration?, sentences: [String]) {
        addresses.waits.withLock { waits in
            guard !awaited.isEmpty else {
                waits.end(name)
                return (nil, [])
            }
            let advice = waits.wait(name, at: .now)
            return (advice.pause, advice.isLong ? awaited.map(\.description) : [])
        }
    }

    /// Writes the other objects one after the other. What belongs to the same object comes in steps, of which none makes
    /// sense without the one before.
    private func carryOut(objects writes: [GroupWrite], of name: ObjectName) async -> [String] {
        var failures: [String: String] = [:]
        for write in writes where failures[write.subject] == nil {
            failures[write.subject] = await attempt(write, of: name)
        }
        return failures.values.sorted()
    }

    /// Makes the status of virtual routers say what agents that are gone do not.
    ///
    /// - Returns: What went wrong, and whether all of it is done; not where an agent was faster.
    private func carryOut(
        conditions writes: [GroupWrite], of name: ObjectName, silentOwners: [String: NodeSilence]
    ) async -> (failures: [String], areDone: Bool) {
        var outcome = (failures: [String](), areDone: true)
        for write in writes {
            do {
                try await counted(write.kind, write.verb) { try await carryOut(write, of: name) }
                if case .setConditions(let router) = write, let silence = silentOwners[router.metadata.name] {
                    addresses.silentOwners.withLock { $0.tell(silence, of: router.metadata.name, of: name) }
                }
            } catch let error as ClientError where error.isConflict || error.isNotFound {
                outcome.areDone = false
            } catch {
                outcome.failures.append("\(write.subject): \(error)")
            }
        }
        return outcome
    }

    /// Writes, and says what went wrong; nil where nothing did.
    private func attempt(_ write: GroupWrite, of name: ObjectName) async -> String? {
        do {
            try await counted(write.kind, write.verb) { try await carryOut(write, of: name) }
            return nil
        } catch {
            return "\(write.subject): \(error)"
        }
    }

    private func counted<Value>(
        _ kind: String, _ verb: GroupWrite.Verb, _ request: () async throws -> Value
    ) async throws -> Value {
        do {
            let value = try await request()
            metrics.wrote(kind, verb, isSuccess: true)
            return value
        } catch {
            metrics.wrote(kind, verb, isSuccess: false)
            throw error
        }
    }

    /// Sets the fields of a virtual router, and takes out what others have put beside them.
    private func apply(_ router: VirtualRouter, in collection: ResourceCollection<VirtualRouter>) async throws {
        for attempt in 1...Self.attempts {
            let answer: VirtualRouter?
            do {
                answer = try await copies.routers.write(router.key) {
                    try await client.apply(router, in: collection, as: OperatorNames.fieldManager)
                }
            } catch let error as ClientError where error.code == 422 {
                // What others have put into it may be in order with what is there and not beside what is wanted.
                guard let present = copies.routers[router.key] else { throw error }
                answer = present
            }
            guard let answer, let patch = try RouterSpecPatch(after: answer, router) else { return }
            logger.info("VirtualRouter \(router.key) has fields of somebody else, which are taken out")
            do {
                _ = try await counted(VirtualRouter.resourceType.kind, .merge) {
                    try await copies.routers.write(router.key) {
                        try await client.merge(
                            patch, into: router.metadata.name, in: collection, as: OperatorNames.fieldManager)
                    }
                }
                return
            } catch let error as ClientError where error.isConflict && attempt < Self.attempts {
                // An agent, or whoever it was, was faster.
            }
        }
    }

    private func carryOut(_ write: GroupWrite, of name: ObjectName) async throws {
        let manager = OperatorNames.fieldManager
        switch write {
        case .deleteRouter(let router, let uid):
            _ = try await copies.routers.write(ObjectKey(name.namespace, router)) {
                try await client.delete(router, from: VirtualRouter.inside(name.namespace), uid: uid)
                return nil
            }
        case .applyRouter(let router):
            try await apply(router, in: VirtualRouter.inside(name.namespace))
        case .setConditions(let router):
            let patch = try StatusPatch(conditionsOf: router)
            _ = try await copies.routers.write(router.key) {
                try await client.merge(
                    patch, into: router.metadata.name, in: VirtualRouter.inside(name.namespace), .status,
                    as: manager.ofStatus)
            }
        case .apply(let kind, let object):
            _ = try await copies.objects(kind.type)?.write(object.key) {
                try await client.apply(object, in: kind.type.objects(inside: name.namespace), as: manager)
            }
        case .replace(let kind, let object):
            _ = try await copies.objects(kind.type)?.write(object.key) {
                try await client.replace(object, in: kind.type.objects(inside: name.namespace), as: manager)
            }
        case .delete(let kind, let object, let uid):
            _ = try await copies.objects(kind.type)?.write(ObjectKey(name.namespace, object)) {
                try await client.delete(object, from: kind.type.objects(inside: name.namespace), uid: uid)
                return nil
            }
        case .keepManagers(let kind, let object, let managers, let version):
            var patch: JSONObject = ["managedFields": managers.value]
            if let version { patch["resourceVersion"] = .string(version) }
            let body = AnyJSON(["metadata": .object(patch)])
            _ = try await copies.objects(kind.type)?.write(ObjectKey(name.namespace, object)) {
                try await client.merge(
                    body, into: object, in: kind.type.objects(inside: name.namespace), as: manager)
            }
        }
    }
}

extension GroupWrite {
    fileprivate var isDeletion: Bool { if case .deleteRouter = self { true } else { false } }
}

extension OwnedKind {
    fileprivate func key(of group: ObjectName) -> ObjectKey { ObjectKey(group.namespace, name(of: group.name)) }
}

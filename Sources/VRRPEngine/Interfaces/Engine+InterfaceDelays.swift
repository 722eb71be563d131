import VRRP

/// An interface that the kernel has changed and whose change does not count yet.
struct HeldInterface: Hashable, Sendable {
    /// What it counts as until then.
    var countsAsUp: Bool
    /// When the change counts, unless it is undone before.
    var deadline: Instant
}

/// Interfaces that must stay up or down for a while before that counts.
extension Engine {
    /// Whether an interface counts as up: it is there, and it is up with a carrier, or was until lately.
    func isUp(_ name: String) -> Bool {
        guard let interface = interfaces[name] else { return false }
        return heldInterfaces[interface.index]?.countsAsUp ?? interface.isRunning
    }

    /// When the next change of an interface counts; the distant future while there is none to wait for.
    var nextInterfaceDeadline: Instant { heldInterfaces.values.lazy.map(\.deadline).min() ?? .distantFuture }

    /// Holds back a change of a known interface where its delay says so, and lets go of one that is undone.
    ///
    /// Call it before the change is in the table of interfaces.
    mutating func hold(_ link: HostInterface, at now: Instant) {
        guard let known = interfaces[link.index] else { return }
        let countsAsUp = heldInterfaces[link.index]?.countsAsUp ?? known.isRunning
        guard countsAsUp != link.isRunning, known.name == link.name else {
            heldInterfaces[link.index] = nil
            return
        }
        guard heldInterfaces[link.index] == nil, let delay = delay(of: link), delay > .zero else { return }
        heldInterfaces[link.index] = HeldInterface(countsAsUp: countsAsUp, deadline: now + delay)
    }

    private func delay(of link: HostInterface) -> Nanoseconds? {
        guard let delays = definitions.interfaceDelays.first(where: { $0.interface == link.name }) else { return nil }
        if link.isRunning { return delays.up }
        // One advert less than a backup may miss, so that a router that goes on does it before another one is active.
        let patience = routers.lazy.filter { $0.isInUse && $0.definition.interface == link.name }
            .map { $0.heardInterval * Int64(max(1, Int($0.definition.downTimerAdverts) - 1)) }
        return min(delays.down, patience.min() ?? delays.down)
    }

    /// Lets changes count that have lasted, and those of interfaces that have no delay any more.
    mutating func releaseInterfaces(at now: Instant, effects: inout [Effect]) {
        guard !heldInterfaces.isEmpty else { return }
        let names = Set(definitions.interfaceDelays.map(\.interface))
        for (index, held) in heldInterfaces.sorted(by: { $0.key < $1.key }) {
            let name = interfaces[index]?.name
            guard held.deadline <= now || !(name.map(names.contains) ?? false) else { continue }
            heldInterfaces[index] = nil
            evaluate(affectedBy: [name], at: now, effects: &effects)
        }
    }
}

extension RouterRuntime {
    /// The time between adverts of the active router, as far as it is known.
    fileprivate var heardInterval: Nanoseconds {
        guard case .backup(let backup) = machine.state else { return definition.advertisementInterval.duration }
        return backup.activeAdvertisementInterval.duration
    }
}

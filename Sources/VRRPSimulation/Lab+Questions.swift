public import VRRP
public import VRRPEngine

// What a test asks a laboratory.
extension Lab {
    /// What the process of a node says about virtual routers, by its own clock.
    public func explain(_ subject: ExplanationSubject, on name: String) -> [RouterExplanation] {
        let node = node(name)
        return node.engine.explain(subject, at: node.clock.reading(at: now))
    }

    /// A node by name.
    public func node(_ name: String) -> SimulatedNode { nodes[index(of: name)] }

    /// Everything that the engine of a node knows at this moment.
    public func snapshot(_ name: String) -> EngineSnapshot {
        let node = node(name)
        return node.engine.snapshot(at: node.clock.reading(at: now))
    }

    /// What a node knows of a virtual router: the one of the name, or the first. Nil while the process does not run.
    public func router(_ name: String, _ router: String? = nil) -> RouterSnapshot? {
        nodes[index(of: name)].routers.first { router == nil || $0.definition.name == router }
    }

    /// The state of a virtual router on a node; nil while the process does not run.
    public func state(_ name: String, _ router: String? = nil) -> VirtualRouterState.Name? {
        self.router(name, router)?.state.name
    }

    /// The nodes on which a virtual router is active, in the order of the nodes.
    public func activeNodes(_ router: String? = nil) -> [String] {
        // By places and not by copies of the nodes: an invariant asks this after every event.
        nodes.indices.compactMap { place in
            let state = nodes[place].routers.first { router == nil || $0.definition.name == router }?.state.name
            return state == .active ? nodes[place].name : nil
        }
    }

    /// The nodes that hold an address, in the order of the nodes.
    public func holders(of address: IPAddress) -> [String] {
        nodes.filter { $0.kernel.holds(address) }.map(\.name)
    }

    /// The routes and rules that a node has, in the order in which they were configured.
    public func routing(of name: String) -> [RoutingEntry] { nodes[index(of: name)].kernel.routing.map(\.entry) }

    /// The adverts that a node has sent since a moment.
    public func adverts(from name: String, since time: Nanoseconds = .zero) -> [SentAdvertisement] {
        trace.entries.compactMap { entry in
            guard case .sent(let advert) = entry.occurrence, entry.node == name, entry.moment >= .zero + time else {
                return nil
            }
            return advert
        }
    }

    /// The announcements that a node has sent since a moment, with their moments.
    public func announcements(
        from name: String, since time: Nanoseconds = .zero
    ) -> [(moment: Instant, announcement: Announcement)] {
        trace.entries.compactMap { entry in
            guard case .announced(let announcement) = entry.occurrence, entry.node == name,
                entry.moment >= .zero + time
            else { return nil }
            return (entry.moment, announcement)
        }
    }

    /// What the engine of a node has reported since a moment, with the moments.
    public func reports(from name: String, since time: Nanoseconds = .zero) -> [(moment: Instant, report: Report)] {
        trace.entries.compactMap { entry in
            guard case .reported(let report) = entry.occurrence, entry.node == name, entry.moment >= .zero + time
            else { return nil }
            return (entry.moment, report)
        }
    }

    /// The changes of state on a node since a moment, with the moments.
    public func transitions(
        of name: String, since time: Nanoseconds = .zero
    ) -> [(moment: Instant, transition: StateChange)] {
        reports(from: name, since: time).compactMap { moment, report in
            guard case .transition(_, let transition, _) = report else { return nil }
            return (moment, transition)
        }
    }
}

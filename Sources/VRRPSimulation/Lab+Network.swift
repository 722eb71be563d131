// What happens to the network between the nodes; `Lab.hostName` stands for the host.
extension Lab {
    /// Cuts every link between the two sides.
    public mutating func partition(_ some: [String], from others: [String]) {
        note("partition \(some.joined(separator: ",")) | \(others.joined(separator: ","))")
        for one in some {
            for other in others {
                network.blocked.insert(.init(from: one, to: other))
                network.blocked.insert(.init(from: other, to: one))
            }
        }
    }

    /// Lets nothing through from some stations to others, while the other direction works.
    public mutating func block(from sources: [String], to destinations: [String]) {
        note("block \(sources.joined(separator: ",")) -> \(destinations.joined(separator: ","))")
        for source in sources {
            for destination in destinations { network.blocked.insert(.init(from: source, to: destination)) }
        }
    }

    /// Lets no advert through on a segment, while the others work.
    public mutating func silence(_ segment: String) {
        note("segment \(segment) carries no adverts")
        network.silentSegments.insert(segment)
    }

    /// Makes a node hear nobody although everybody hears it.
    public mutating func deafen(_ name: String) {
        block(from: nodes.map(\.name).filter { $0 != name }, to: [name])
    }

    /// Sets how all links treat frames.
    public mutating func setConditions(_ change: (inout LinkConditions) -> Void) {
        change(&network.conditions)
        note("conditions: loss \(network.conditions.lossPercentage) %")
    }

    /// Makes the network whole again: nothing is cut, lost or late.
    public mutating func heal() {
        note("heal")
        network = SimulatedNetwork()
    }
}

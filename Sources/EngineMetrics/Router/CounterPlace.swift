import ControlProtocol

/// Where the counters that metrics are made of stand in a row, so that each name is looked up once, however many families
/// ask for it.
struct CounterPlace: Hashable {
    fileprivate let index: Int

    /// The place of the counter that the control socket gives this name; nil for one that no metric is made of.
    init?(ofName name: String) {
        guard let index = Self.indices[name] else { return nil }
        self.index = index
    }

    fileprivate static let indices: [String: Int] = {
        let names =
            RouterCounter.allCases.map(\.controlName) + DiscardLabel.allCases.map(\.controlName)
            + ChecksumLabel.allCases.map(\.controlName) + InstanceCounter.allCases.flatMap(\.controlNames)
        var indices: [String: Int] = [:]
        for name in names where indices[name] == nil { indices[name] = indices.count }
        return indices
    }()
}

/// The counts of one virtual router by place; one that its status does not have is 0.
struct CounterRow: Sendable {
    private var counts: [UInt64]

    init(_ list: CounterList) {
        counts = [UInt64](repeating: 0, count: CounterPlace.indices.count)
        for counter in list.counters {
            if let place = CounterPlace(ofName: counter.name) { counts[place.index] = counter.value }
        }
    }

    subscript(place: CounterPlace) -> UInt64 { counts[place.index] }
}

/// A number of places that guests from many origins share: where all are taken, it is those with the most that give way.
struct SharedPlaces<Guest> {
    /// What names a guest in here.
    typealias Number = Int

    private struct Entry {
        var guest: Guest
        var origin: ConnectionOrigin
        var isBusy = false
    }

    /// Who is in, and who had to leave for that.
    typealias Entrance = (number: Number, leaving: Guest?)

    private let most: Int
    private var entries: [Number: Entry] = [:]
    private var last = 0

    /// So many places.
    init(_ most: Int) { self.most = most }

    /// Lets a guest in, whoever it is.
    mutating func enter(_ guest: Guest, from origin: ConnectionOrigin) -> Entrance {
        guard entries.count >= most else { return take(guest, origin) }
        return take(guest, origin, inPlaceOf: victim(leaving: 0))
    }

    /// Lets a guest in where there is a place, or where another origin has more than its share.
    ///
    /// Those that had to leave may come back at once; nobody must have to leave for them in turn.
    mutating func enterFairly(_ guest: Guest, from origin: ConnectionOrigin) -> Entrance? {
        guard entries.count >= most else { return take(guest, origin) }
        let own = entries.values.count { $0.origin == origin }
        guard let victim = victim(leaving: own + 1) else { return nil }
        return take(guest, origin, inPlaceOf: victim)
    }

    /// Says whether a guest waits for something; those that do not go first.
    mutating func set(_ number: Number, isBusy: Bool) { entries[number]?.isBusy = isBusy }

    /// A guest has left.
    mutating func leave(_ number: Number) { entries[number] = nil }

    private mutating func take(
        _ guest: Guest, _ origin: ConnectionOrigin, inPlaceOf victim: Number? = nil
    ) -> Entrance {
        let leaving = victim.flatMap { entries.removeValue(forKey: $0)?.guest }
        last += 1
        entries[last] = Entry(guest: guest, origin: origin)
        return (last, leaving)
    }

    /// One guest of whoever has the most, the oldest of those that wait for nothing.
    ///
    /// - Parameter leaving: How many its origin must keep at least.
    private func victim(leaving: Int) -> Number? {
        let counts = entries.values.reduce(into: [:]) { counts, entry in counts[entry.origin, default: 0] += 1 }
        guard let most = counts.values.max(), most > leaving else { return nil }
        let candidates = entries.filter { counts[$0.value.origin] == most }
        return candidates.filter { !$0.value.isBusy }.keys.min() ?? candidates.keys.min()
    }
}

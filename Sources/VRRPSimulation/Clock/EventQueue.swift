import VRRP

/// What is to happen, in order of time; what is due at the same moment happens in the order in which it was planned.
struct EventQueue<Event> {
    private struct Entry {
        var moment: Instant
        var number: UInt64
        var event: Event

        func precedes(_ other: Entry) -> Bool {
            moment != other.moment ? moment < other.moment : number < other.number
        }
    }

    private var heap: [Entry] = []
    private var planned: UInt64 = 0

    /// When the next event is due; nil when nothing is planned.
    var nextMoment: Instant? { heap.first?.moment }

    /// Plans an event.
    mutating func plan(_ event: Event, at moment: Instant) {
        heap.append(Entry(moment: moment, number: planned, event: event))
        planned += 1
        var place = heap.count - 1
        while place > 0, heap[place].precedes(heap[(place - 1) / 2]) {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Takes the next event.
    mutating func next() -> (moment: Instant, event: Event)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            siftDown()
        }
        return (first.moment, first.event)
    }

    private mutating func siftDown() {
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            guard least != place else { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}

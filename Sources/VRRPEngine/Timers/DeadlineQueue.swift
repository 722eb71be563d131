import VRRP

/// The deadlines of numbered slots, the earliest first: a four-way heap that knows where each slot stands.
///
/// Setting, moving and removing a deadline cost O(log n); no call allocates once every slot was seen. Runs on the
/// engine's thread.
struct DeadlineQueue: Sendable {
    /// A deadline and its slot as one number, the deadline in the upper half: equal deadlines go by slot, so that adverts
    /// that leave together do so in the same order each time, and one comparison tells.
    private struct Entry {
        private let key: Int128

        init(deadline: Instant, slot: Int) { key = Int128(deadline.rawValue) << 64 | Int128(slot) }

        var deadline: Instant { Instant(Int64(truncatingIfNeeded: key >> 64)) }
        var slot: Int { Int(truncatingIfNeeded: key) }

        static func < (left: Entry, right: Entry) -> Bool { left.key < right.key }
    }

    private var heap: [Entry] = []
    /// Where a slot stands in the heap; -1 where it has no deadline.
    private var places: [Int] = []

    private static let arity = 4

    /// The slot with the earliest deadline.
    var first: (slot: Int, deadline: Instant)? {
        heap.isEmpty ? nil : (heap[0].slot, heap[0].deadline)
    }

    /// The earliest deadline; the distant future when there is none.
    var earliest: Instant { heap.isEmpty ? .distantFuture : heap[0].deadline }

    /// The number of deadlines.
    var count: Int { heap.count }

    /// Sets, moves or, with nil, removes the deadline of a slot.
    mutating func set(_ deadline: Instant?, for slot: Int) {
        while places.count <= slot { places.append(-1) }
        let place = places[slot]
        guard let deadline else {
            if place >= 0 { remove(at: place) }
            return
        }
        if place < 0 {
            heap.append(Entry(deadline: deadline, slot: slot))
            places[slot] = heap.count - 1
            siftUp(heap.count - 1)
        } else if deadline != heap[place].deadline {
            let isEarlier = deadline < heap[place].deadline
            heap[place] = Entry(deadline: deadline, slot: slot)
            if isEarlier { siftUp(place) } else { siftDown(place) }
        }
    }

    private mutating func remove(at place: Int) {
        places[heap[place].slot] = -1
        let last = heap.removeLast()
        guard place < heap.count else { return }
        heap[place] = last
        places[last.slot] = place
        siftUp(place)
        siftDown(places[last.slot])
    }

    private mutating func siftUp(_ start: Int) {
        var place = start
        let entry = heap[place]
        while place > 0 {
            let parent = (place - 1) / Self.arity
            guard entry < heap[parent] else { break }
            heap[place] = heap[parent]
            places[heap[place].slot] = place
            place = parent
        }
        heap[place] = entry
        places[entry.slot] = place
    }

    private mutating func siftDown(_ start: Int) {
        var place = start
        let entry = heap[place]
        while true {
            let firstChild = place * Self.arity + 1
            guard firstChild < heap.count else { break }
            var least = firstChild
            for child in firstChild..<min(firstChild + Self.arity, heap.count)
            where heap[child] < heap[least] {
                least = child
            }
            guard heap[least] < entry else { break }
            heap[place] = heap[least]
            places[heap[place].slot] = place
            place = least
        }
        heap[place] = entry
        places[entry.slot] = place
    }
}

import Testing
import VRRP

@testable import VRRPEngine

@Suite("The last adverts of a router")
struct AdvertRingTests {
    private static let nothing: [UInt8] = []

    private func record(_ octets: [UInt8], at seconds: Int64, in ring: inout AdvertRing) {
        ring.record(octets.span, Self.nothing.span, at: Instant.zero + .seconds(seconds), .accepted)
    }

    private func seconds(_ adverts: [CapturedAdvert]) -> [Int64] {
        adverts.map { ($0.time - Instant.zero).rawValue / 1_000_000_000 }
    }

    @Test("Only the last ones are kept, oldest first, however many there were", arguments: 0...9 as ClosedRange<Int64>)
    func order(count: Int64) {
        var ring = AdvertRing(capacity: 3)
        for second in 0..<count { record([UInt8(second)], at: second, in: &ring) }
        #expect(seconds(ring.adverts) == Array(max(0, count - 3)..<count))
        #expect(ring.adverts.map(\.octets) == (max(0, count - 3)..<count).map { [UInt8($0)] })
    }

    @Test("Of a packet the first 96 octets are kept, and its length", arguments: [20, 95, 96, 97, 1500])
    func snapLength(length: Int) {
        let packet = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        // Whole, and as a header with the rest apart, wherever the cut is.
        for cut in [0, 20, min(40, length), length] {
            var ring = AdvertRing(capacity: 2)
            ring.record(
                packet.span.extracting(0..<cut), packet.span.extracting(cut..<length), at: .zero,
                .discarded(.checksum))
            #expect(ring.adverts.first?.length == length)
            #expect(ring.adverts.first?.octets == Array(packet.prefix(96)))
            #expect(ring.adverts.first?.decision == .discarded(.checksum))
        }
    }

    @Test("A shorter packet in the place of a longer one has nothing of it")
    func reuse() {
        var ring = AdvertRing(capacity: 1)
        record([1, 2, 3, 4], at: 0, in: &ring)
        record([9], at: 1, in: &ring)
        #expect(ring.adverts.map(\.octets) == [[9]])
    }

    @Test("What is changed afterwards is the packet that came last", arguments: 1...5)
    func patch(count: Int) {
        var ring = AdvertRing(capacity: 3)
        for second in 0..<Int64(count) { record([0, 0], at: second, in: &ring) }
        ring.patchLast(7, at: 1)
        ring.patchLast(7, at: AdvertRing.snapLength)
        let kept = min(count, 3)
        #expect(ring.adverts.map(\.octets) == Array(repeating: [0, 0], count: kept - 1) + [[0, 7]])
    }

    @Test("One that was emptied begins anew")
    func removeAll() {
        var ring = AdvertRing(capacity: 2)
        for second in 0..<3 as Range<Int64> { record([1], at: second, in: &ring) }
        ring.removeAll()
        #expect(ring.adverts.isEmpty)
        ring.patchLast(1, at: 0)
        for second in 5..<8 as Range<Int64> { record([2], at: second, in: &ring) }
        #expect(seconds(ring.adverts) == [6, 7])
    }
}

import Testing

@testable import StatusServer

@Suite("Places that origins share")
struct SharedPlacesTests {
    @Test(
        "Whom a connection comes from",
        arguments: [
            ("192.0.2.1", "192.0.2.1", true), ("192.0.2.1", "192.0.2.2", false),
            ("2001:db8::1", "2001:db8::2:3", true), ("2001:db8::1", "2001:DB8:0:0:ffff::1", true),
            ("2001:db8::1", "2001:db8:0:1::1", false), ("::ffff:192.0.2.1", "::ffff:192.0.2.1", true),
            ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false), ("::1", "::ffff:192.0.2.1", false), (nil, nil, true),
            (nil, "192.0.2.1", false),
        ] as [(String?, String?, Bool)])
    func origin(one: String?, other: String?, isSame: Bool) {
        #expect((ConnectionOrigin(one) == ConnectionOrigin(other)) == isSame)
    }

    private let crowd = ConnectionOrigin("192.0.2.1")
    private let few = ConnectionOrigin("192.0.2.2")
    private let single = ConnectionOrigin("192.0.2.3")

    @Test("While there are places nobody leaves; then it is the oldest idle one of whoever has the most")
    func victims() {
        var places = SharedPlaces<String>(5)
        let numbers = ["a1", "a2", "a3"].map { name in
            let (number, leaving) = places.enter(name, from: crowd)
            #expect(leaving == nil)
            return number
        }
        #expect(places.enter("b1", from: few).leaving == nil && places.enter("b2", from: few).leaving == nil)
        places.set(numbers[0], isBusy: true)
        #expect(places.enter("c1", from: single).leaving == "a2")
        // Two have as many now; the oldest of these, but for one that waits for an answer.
        #expect(places.enter("c2", from: single).leaving == "a3")
        #expect(places.enter("c3", from: single).leaving == "b1")
        places.leave(numbers[0])
        #expect(places.enter("d1", from: crowd).leaving == nil)
        #expect(places.enter("d2", from: crowd).leaving == "c1")
    }

    @Test("Of those with the most one that is busy leaves where all are")
    func busy() {
        var places = SharedPlaces<String>(2)
        for name in ["a1", "a2"] { places.set(places.enter(name, from: crowd).number, isBusy: true) }
        #expect(places.enter("b1", from: few).leaving == "a1")
    }

    @Test("Fairly, a newcomer takes a place from those with more than their share, and from nobody else")
    func fairness() {
        var places = SharedPlaces<Int>(4)
        for number in 0..<4 { #expect(places.enterFairly(number, from: crowd) != nil) }
        #expect(places.enterFairly(4, from: crowd) == nil, "its own place is no gain")
        #expect(places.enterFairly(5, from: few)?.leaving == 0)
        #expect(places.enterFairly(6, from: few)?.leaving == 1)
        #expect(places.enterFairly(7, from: few) == nil && places.enterFairly(8, from: crowd) == nil)
        #expect(places.enterFairly(9, from: single)?.leaving == 2)
        #expect(places.enterFairly(10, from: single) == nil)
    }
}

import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Shared wake-ups")
struct SharedWakeUpTests {
    /// A node whose routers become active `offsets` apart because each hears one advert at another time.
    private static func lab(
        offsets: [Nanoseconds], interval: AdvertisementInterval = .default
    ) -> Lab {
        var lab = Lab()
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        let routers = offsets.indices.map { place in
            VirtualRouterDefinition.example(
                "vr\(place)", id: VirtualRouterID(integerLiteral: UInt8(place + 1)),
                addresses: [VirtualAddress(stringLiteral: "192.0.2.\(100 + place)")]
            ) { $0.advertisementInterval = interval }
        }
        lab.start("a", routers)
        for (router, offset) in zip(routers, offsets) {
            lab.at(0.001 + offset) { $0.inject(.init(for: router, from: Bench.higher, priority: 200), into: "a") }
        }
        return lab
    }

    @Test("Adverts within a millisecond of each other leave together from the second on, the later ones early")
    func closeAdvertsShare() {
        var lab = Self.lab(offsets: [.zero, .microseconds(400), .microseconds(800)])
        lab.run(until: 10.0)
        let rounds = Dictionary(grouping: lab.adverts(from: "a").filter { $0.moment > .zero + 4.0 }, by: \.moment)
        #expect(rounds.count == 6)
        #expect(rounds.values.allSatisfy { $0.count == 3 })
    }

    @Test("Adverts further apart keep their own times")
    func distantAdvertsDoNotShare() {
        var lab = Self.lab(offsets: [.zero, .microseconds(1100)])
        lab.run(until: 10.0)
        for router in 1...2 {
            let moments = lab.adverts(from: "a").filter { Int($0.message.virtualRouterID) == router }.map(\.moment)
            #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 == .seconds(1) })
        }
    }

    @Test("The window is a sixteenth of a short interval")
    func windowOfShortIntervals() {
        var lab = Self.lab(offsets: [.zero, .microseconds(700)], interval: .centiseconds(1))
        lab.run(until: 0.2)
        #expect(Set(lab.adverts(from: "a").map(\.moment)).count == lab.adverts(from: "a").count)
    }

    @Test(
        "A wake-up that is late by almost an interval sends each advert once",
        arguments: [0.99, 0.994, 0.995, 0.996, 0.999, 0.999_999_999, 1.0, 1.996, 2.0] as [Nanoseconds])
    func lateByAnInterval(lateness: Nanoseconds) {
        var bench = Bench()
        let start = bench.becomeActive()
        bench.lab.at(start + 0.5) { $0.pause(Bench.name) }
        bench.lab.at(start + 1.0 + lateness) { $0.resume(Bench.name) }
        bench.run(until: start + 1.0 + lateness)
        #expect(bench.adverts.count == 2)
        #expect(bench.state == .active)
    }

    @Test("A router never sends later than its interval because of others")
    func sharingIsNeverLate() {
        var lab = Self.lab(offsets: (0..<20).map { .microseconds(Int64($0 * 300)) })
        lab.run(until: 20.0)
        for router in 1...20 {
            let moments = lab.adverts(from: "a").filter { Int($0.message.virtualRouterID) == router }.map(\.moment)
            let gaps = zip(moments, moments.dropFirst()).map { $1 - $0 }
            #expect(gaps.allSatisfy { $0 <= .seconds(1) && $0 >= .milliseconds(999) })
            #expect(gaps.filter { $0 != .seconds(1) }.count <= 1, "once together, they stay together")
        }
    }

    @Test("A router that joins just before the others' wake-up takes their phase and leaves theirs alone")
    func newcomerAdapts() {
        // The second hears one more advert, so that it becomes active two seconds less 0.6 ms after the first.
        var lab = Self.lab(offsets: [.zero, .zero])
        let late = ForgedAdvertisement(
            for: .example("vr1", id: 2, addresses: ["192.0.2.101"]), from: Bench.higher, priority: 200)
        lab.at(2.001 - .microseconds(600)) { $0.inject(late, into: "a") }
        lab.run(until: 10.0)
        let moments = (1...2).map { router in
            lab.adverts(from: "a").filter { Int($0.message.virtualRouterID) == router }.map(\.moment)
        }
        #expect(zip(moments[0], moments[0].dropFirst()).allSatisfy { $1 - $0 == .seconds(1) })
        #expect(moments[1].count > 3)
        #expect(moments[1][1] - moments[1][0] == .microseconds(600))
        #expect(moments[1].dropFirst().allSatisfy(moments[0].contains))
    }
}

import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Two nodes with one primary address")
struct DuplicateAddressTests {
    private static let address = IPAddress.literal("192.0.2.10")

    private static func lab(
        _ priorities: [Priority] = [100, 100], _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> Lab {
        var lab = Lab()
        for (name, priority) in zip(["a", "b"], priorities) {
            lab.addNode(name, addresses: ["192.0.2.10/24", "fe80::a/64"])
            lab.start(name, [.example(priority: priority, change)])
        }
        return lab
    }

    private static func conflicts(_ lab: Lab, _ name: String) -> [Nanoseconds] {
        lab.reports(from: name).compactMap { moment, report in
            report == .conflict(router: "vr", .duplicateAddress(address)) ? moment - .zero : nil
        }
    }

    @Test(
        "Both stay active, count what they hear of each other, and say so once in ten seconds",
        arguments: [[100, 100], [200, 100], [255, 255]] as [[Priority]])
    func bothTell(priorities: [Priority]) throws {
        var lab = Self.lab(priorities)
        lab.run(until: 33.0)
        #expect(lab.activeNodes() == ["a", "b"])
        for (name, other) in [("a", "b"), ("b", "a")] {
            let statistics = try #require(lab.router(name)).statistics
            let sent = UInt64(lab.adverts(from: other).count)
            // What is sent before the other one starts, and what is under way at the end, finds nobody.
            #expect((sent - 2...sent).contains(statistics.discards[.source]))
            #expect(statistics.addressConflicts == statistics.discards[.source])
            #expect(statistics.advertisementsReceived == 0)
            let moments = Self.conflicts(lab, name)
            #expect((3...4).contains(moments.count))
            #expect(zip(moments, moments.dropFirst()).allSatisfy { $1 - $0 >= .seconds(10) })
            #expect(statistics.becameActive == 1)
        }
    }

    @Test("With VRRPv2, an authentication header and IPv6 as well", arguments: [0, 1, 2])
    func otherKinds(kind: Int) throws {
        var lab = Self.lab { router in
            switch kind {
            case 0: router.version = .v2
            case 1:
                router.version = .v2
                router.authentication = .authenticationHeader(key: SimpleTextPassword("s3cret")!)
            default: router = .example("vr", family: .ipv6, priority: router.priority)
            }
        }
        lab.run(until: 10.0)
        #expect(lab.activeNodes() == ["a", "b"])
        #expect(try #require(lab.router("a")).statistics.addressConflicts > 3)
    }

    @Test("A packet from the own address with anything else wrong is no conflict, and none by unicast is")
    func othersAreNone() throws {
        var bench = Bench()
        bench.run(until: 1.0)
        let own = IPAddress.literal("192.0.2.10")
        bench.hear(priority: 200, from: own) { $0.mutation = { $0[$0.count - 1] ^= 1 } }
        bench.hear(priority: 200, from: own) { $0.mutation = { $0[22] = 254 } }
        #expect(bench.snapshot.statistics.addressConflicts == 0)
        #expect(bench.snapshot.statistics.discards[.source] == 2)
        bench.hear(priority: 200, from: own)
        #expect(bench.snapshot.statistics.addressConflicts == 1)
        #expect(bench.snapshot.statistics.discards[.source] == 3)
        #expect(bench.deadline == 3.609_375, "the advert does not touch the state machine")

        var unicast = Bench {
            $0.transport = .unicast(peers: [UnicastPeer(address: own), UnicastPeer(address: Bench.higher)])
        }
        unicast.hear(priority: 200, from: own) { $0.destination = own }
        #expect(unicast.snapshot.statistics.discards[.source] == 1)
        #expect(unicast.snapshot.statistics.addressConflicts == 0)
    }
}

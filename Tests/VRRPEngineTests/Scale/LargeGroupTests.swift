import ProcessorClock
import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Large sync groups")
struct LargeGroupTests {
    /// A node with one sync group of active routers, a hundred on each interface.
    private struct Node {
        let interfaces: [HostInterface]
        var definitions: Definitions
        var engine = Engine()
        var effects: [Effect] = []
        let now: Instant

        init(members: Int) throws {
            interfaces = (0..<members / 100).map { number in
                HostInterface(
                    index: Int32(number + 2), name: "eth\(number)", isRunning: true,
                    macAddress: MACAddress(rawValue: 0x0200_0000_0000 + UInt64(number)),
                    addresses: [HostAddress(stringLiteral: "10.\(number).255.1/16")])
            }
            let routers = (0..<members).map { number in
                let (interface, id) = (number / 100, number % 100 + 1)
                return VirtualRouterDefinition(
                    name: "vr\(number)", interface: "eth\(interface)", family: .ipv4,
                    virtualRouterID: VirtualRouterID(integerLiteral: UInt8(id)),
                    addresses: [VirtualAddress(stringLiteral: "10.\(interface).0.\(id)")])
            }
            let group = SyncGroupDefinition(
                name: "SG", members: routers.map(\.name), conditions: [.init(.external("check"), effect: .weight(-10))])
            definitions = Definitions(virtualRouters: routers, syncGroups: [group])
            engine.interfacesResynchronized(interfaces, at: .zero, effects: &effects)
            try engine.apply(definitions, at: .zero, effects: &effects)
            now = engine.nextDeadline
            engine.advance(to: now, effects: &effects)
        }

        var areActive: Bool { engine.snapshot(at: now).routers.allSatisfy { $0.state.name == .active } }

        /// Drains the node, and changes what all members depend on; returns the least processor time of several.
        mutating func workDrained() throws -> Duration {
            var least = Duration.seconds(3600)
            for round in 1...3 {
                effects.removeAll(keepingCapacity: true)
                let time = try processorTime {
                    engine.drain(HandOverPlan(), at: now, effects: &effects)
                    engine.interfacesResynchronized(interfaces, at: now, effects: &effects)
                    engine.setTrackedObject("check", isGood: round % 2 == 0, at: now, effects: &effects)
                    for index in definitions.virtualRouters.indices {
                        definitions.virtualRouters[index].announcements.refreshInterval = .seconds(Int64(60 + round))
                    }
                    try engine.apply(definitions, at: now, effects: &effects)
                    engine.undrain(at: now, effects: &effects)
                }
                least = min(least, time)
            }
            return least
        }
    }

    @Test("What a drained node does for a sync group of 800 members costs some four times that for 200")
    func isLinear() throws {
        var (small, large) = (try Node(members: 200), try Node(members: 800))
        #expect(small.areActive && large.areActive)
        let (one, four) = (try small.workDrained(), try large.workDrained())
        #expect(four < one * 8, "\(one) for 200, \(four) for 800")
        #expect(large.areActive)
    }
}

import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Many routers that take over at once")
struct TakeOverOrderTests {
    /// An engine whose three backups are due to take over at the same moment.
    private static func engine() throws -> (engine: Engine, moment: Instant) {
        var engine = Engine()
        var effects: [Effect] = []
        let routers = (1...3).map { number in
            VirtualRouterDefinition.example(
                "vr\(number)", id: VirtualRouterID(integerLiteral: UInt8(number)),
                addresses: [VirtualAddress(stringLiteral: "198.51.100.\(number)")])
        }
        try engine.apply(Definitions(virtualRouters: routers), at: .zero, effects: &effects)
        engine.interfacesResynchronized(
            [
                HostInterface(
                    index: 2, name: "eth0", isRunning: true, macAddress: MACAddress(rawValue: 0x0200_0000_0001),
                    addresses: ["192.0.2.10/24"])
            ], at: .zero, effects: &effects)
        return (engine, engine.nextProtocolDeadline)
    }

    private static func adverts(_ effects: [Effect]) -> Int {
        effects.count { if case .transmit = $0 { true } else { false } }
    }

    private static func additions(_ effects: [Effect]) -> [String] {
        effects.compactMap { if case .addAddress(let assignment) = $0 { "\(assignment.address.address)" } else { nil } }
    }

    @Test("All adverts leave before the first address is asked for, and duties follow in portions")
    func advertsFirst() throws {
        var (engine, moment) = try Self.engine()
        var effects: [Effect] = []
        engine.advertise(at: moment, effects: &effects)
        #expect(Self.adverts(effects) == 3)
        #expect(Self.additions(effects).isEmpty)

        effects.removeAll()
        #expect(engine.assumeDuties(limit: 2, at: moment, effects: &effects))
        #expect(Self.additions(effects) == ["198.51.100.1", "198.51.100.2"])
        effects.removeAll()
        #expect(!engine.assumeDuties(limit: 2, at: moment, effects: &effects))
        #expect(Self.additions(effects) == ["198.51.100.3"])
        effects.removeAll()
        engine.advance(to: moment, effects: &effects)
        #expect(Self.adverts(effects) == 0)
        #expect(Self.additions(effects).isEmpty)
    }

    @Test("Without a host that asks for portions, one call does all of it in the same order")
    func atOnce() throws {
        var (engine, moment) = try Self.engine()
        var effects: [Effect] = []
        engine.advance(to: moment, effects: &effects)
        let lastAdvert = try #require(effects.lastIndex { if case .transmit = $0 { true } else { false } })
        let firstAddition = try #require(effects.firstIndex { if case .addAddress = $0 { true } else { false } })
        #expect(Self.adverts(effects) == 3)
        #expect(Self.additions(effects).count == 3)
        #expect(lastAdvert < firstAddition)
    }
}

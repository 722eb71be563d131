import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Many virtual routers")
struct ManyRoutersTests {
    @Test("4,080 routers on 16 interfaces become active and share their wake-ups")
    func allIdentifiers() throws {
        var engine = Engine()
        var effects: [Effect] = []
        let interfaces = (0..<16).map { number in
            HostInterface(
                index: Int32(number + 2), name: "eth\(number)", isRunning: true,
                macAddress: MACAddress(rawValue: 0x0200_0000_0000 + UInt64(number)),
                addresses: [HostAddress(stringLiteral: "10.\(number).255.1/16")])
        }
        let routers = (0..<16).flatMap { number in
            (1...255).map { id in
                var router = VirtualRouterDefinition(
                    name: "vr\(number).\(id)", interface: "eth\(number)", family: .ipv4,
                    virtualRouterID: VirtualRouterID(integerLiteral: UInt8(id)),
                    addresses: [VirtualAddress(stringLiteral: "10.\(number).0.\(id)")])
                router.announcements.afterBecomingActive = [.zero]
                return router
            }
        }
        engine.interfacesResynchronized(interfaces, at: .zero, effects: &effects)
        try engine.apply(Definitions(virtualRouters: routers), at: .zero, effects: &effects)
        #expect(engine.nextDeadline == Instant.zero + 3.609_375)
        effects.removeAll()
        engine.advance(to: engine.nextDeadline, effects: &effects)
        #expect(Self.adverts(in: effects) == 4080)
        for effect in effects {
            guard case .addAddress(let assignment) = effect else { continue }
            engine.addressOperationEnded(
                assignment, isAdded: true, .done, at: .zero + 3.609_375, effects: &effects)
        }
        for second: Int64 in 1...3 {
            effects.removeAll()
            let now = Instant.zero + 3.609_375 + .seconds(second)
            while engine.nextDeadline <= now { engine.advance(to: now, effects: &effects) }
            #expect(Self.adverts(in: effects) == 4080)
        }
        let snapshot = engine.snapshot(at: .zero + 7.0)
        #expect(snapshot.routers.count == 4080)
        #expect(snapshot.routers.allSatisfy { $0.state.name == .active && $0.addresses[0].isPresent })
        #expect(snapshot.routers.allSatisfy { $0.statistics.announcementsSent == 1 })
        effects.removeAll()
        engine.shutDown(at: .zero + 7.0, effects: &effects)
        #expect(Self.adverts(in: effects) == 4080)
    }

    private static func adverts(in effects: [Effect]) -> Int {
        effects.count { if case .transmit = $0 { true } else { false } }
    }
}

import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("Virtual routers that share an identifier")
struct IdentifierSharersTests {
    @Test("The first one is found that adverts do not tell apart, as a comparison with each of them finds it")
    func agreement() {
        var generator = SplitMix64(seed: 9568)
        let hosts = (1...5).map { IPAddress.literal("192.0.2.\($0)") }
        var conflicts = 0
        for _ in 0..<2_000 {
            var sharers = IdentifierSharers()
            var taken: [VirtualRouterDefinition] = []
            for number in 0..<6 {
                let router = VirtualRouterDefinition.example("\(number)") { router in
                    if Int.random(in: 0..<8, using: &generator) == 0 { router.virtualMAC = .init(name: "v\(number)") }
                    if Bool.random(using: &generator) {
                        router.sourceAddress = hosts.randomElement(using: &generator)
                    }
                    if Int.random(in: 0..<4, using: &generator) == 0 {
                        router.transport = .multicast(
                            group: .literal("224.0.0.\(Int.random(in: 18...20, using: &generator))"))
                    } else {
                        let count = Int.random(in: 0...2, using: &generator)
                        router.transport = .unicast(
                            peers: hosts.shuffled(using: &generator).prefix(count).map { UnicastPeer(address: $0) })
                    }
                }
                let expected = taken.firstIndex { !router.isToldApart(from: $0) }
                #expect(sharers.conflict(admitting: router) == expected)
                if expected == nil { taken.append(router) } else { conflicts += 1 }
            }
        }
        #expect(conflicts > 1_000)
    }
}

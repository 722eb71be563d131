import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("An address that several virtual routers of a node have")
struct SharedAddressTests {
    static let address = IPAddress.literal("192.0.2.100")

    private static func router(
        _ name: String, id: VirtualRouterID, priority: Priority = 200, address: VirtualAddress = "192.0.2.100",
        _ change: (inout VirtualRouterDefinition) -> Void = { _ in }
    ) -> VirtualRouterDefinition {
        .example(name, id: id, priority: priority, addresses: [address], change)
    }

    private static func lab(_ routers: [VirtualRouterDefinition]) -> Lab {
        var lab = Lab()
        var policy = NodePolicy()
        policy.allowsSharedAddresses = true
        lab.addNode("a", addresses: ["192.0.2.10/24"])
        lab.addNode("b", addresses: ["192.0.2.20/24"])
        lab.start("a", routers, policy: policy)
        return lab
    }

    @Test("Without the policy of keepalived two routers cannot have it")
    func strict() {
        let definitions = Definitions(
            generation: 1, virtualRouters: [Self.router("one", id: 1), Self.router("two", id: 2)])
        #expect(throws: DefinitionError.self) { try definitions.validate() }
        var shared = definitions
        shared.node.allowsSharedAddresses = true
        #expect(throws: Never.self) { try shared.validate() }
        shared.virtualRouters[0].addresses.append("192.0.2.100")
        #expect(throws: DefinitionError.self) { try shared.validate() }
    }

    @Test("It stands for as long as one of them is active, whichever leaves first", arguments: ["one", "two"])
    func lastHolder(leaving name: String) {
        var lab = Self.lab([Self.router("one", id: 1), Self.router("two", id: 2)])
        lab.run(until: 5.0)
        #expect(lab.activeNodes("one") == ["a"] && lab.activeNodes("two") == ["a"])
        #expect(lab.holders(of: Self.address) == ["a"])
        #expect(lab.snapshot("a").routers.allSatisfy { $0.addresses.allSatisfy(\.isPresent) })
        // Another node takes one of them over.
        lab.start("b", [Self.router(name, id: name == "one" ? 1 : 2, priority: 250, address: "192.0.2.101")])
        lab.run(until: 12.0)
        #expect(lab.activeNodes(name) == ["b"])
        #expect(lab.holders(of: Self.address) == ["a"])
        lab.change("a") { $0.removeAll { $0.name != name } }
        #expect(lab.holders(of: Self.address) == [])
        #expect(lab.violation == nil)
    }

    @Test("A router that becomes active beside another one holds it with the other, and announces it")
    func second() {
        var lab = Self.lab([Self.router("one", id: 1)])
        lab.run(until: 5.0)
        lab.change("a") { $0.append(Self.router("two", id: 2)) }
        lab.run(until: 10.0)
        #expect(lab.router("a", "two")?.addresses.map(\.isPresent) == [true])
        #expect((lab.router("a", "two")?.statistics.announcementsSent ?? 0) > 0)
        lab.change("a") { $0.removeFirst() }
        #expect(lab.holders(of: Self.address) == ["a"])
        lab.shutDown("a")
        #expect(lab.holders(of: Self.address) == [])
        #expect(lab.violation == nil)
    }

    @Test("Who remains has it in its own form, and takes that away at the end")
    func forms() {
        var lab = Self.lab([
            Self.router("one", id: 1, address: "192.0.2.100/24"), Self.router("two", id: 2, address: "192.0.2.100/32"),
        ])
        func prefixes() -> [UInt8] {
            lab.node("a").kernel.interfaces.values.flatMap(\.addresses).filter { $0.address == Self.address }
                .map(\.prefixLength)
        }
        lab.run(until: 5.0)
        let first = prefixes()
        #expect(first.count == 1)
        lab.change("a") { $0.removeAll { $0.addresses[0].prefixLength == first.first } }
        lab.run(until: 6.0)
        #expect(prefixes() == [first == [24] ? 32 : 24])
        lab.shutDown("a")
        #expect(prefixes() == [])
        #expect(lab.violation == nil)
    }

    @Test("Somebody who removes it does so for all, and it comes back once")
    func removal() {
        var lab = Self.lab([Self.router("one", id: 1), Self.router("two", id: 2)])
        lab.run(until: 5.0)
        lab.removeAddress(Self.address, of: "a")
        lab.run(until: 8.0)
        #expect(lab.holders(of: Self.address) == ["a"])
        #expect(lab.snapshot("a").routers.allSatisfy { $0.addresses.allSatisfy(\.isPresent) })
        lab.resynchronize("a")
        #expect(lab.holders(of: Self.address) == ["a"])
        lab.shutDown("a")
        #expect(lab.holders(of: Self.address) == [])
    }

    @Test("Packets to it are dropped while a router holds it that does not accept them")
    func acceptance() {
        var lab = Self.lab([
            Self.router("one", id: 1) { $0.acceptMode = false }, Self.router("two", id: 2) { $0.acceptMode = false },
            Self.router("three", id: 3),
        ])
        lab.run(until: 5.0)
        for name in ["one", "two"] {
            #expect(lab.node("a").kernel.refusedTraffic == [Self.address])
            lab.change("a") { $0.removeAll { $0.name == name } }
        }
        #expect(lab.node("a").kernel.refusedTraffic == [])
        #expect(lab.holders(of: Self.address) == ["a"])
    }

    @Test("The node's own address stays with its owner and beside another router")
    func owner() {
        var lab = Self.lab([])
        lab.addNode("c", addresses: ["192.0.2.100/24"])
        var policy = NodePolicy()
        policy.allowsSharedAddresses = true
        lab.start("c", [Self.router("one", id: 1, priority: .addressOwner), Self.router("two", id: 2)], policy: policy)
        lab.run(until: 5.0)
        lab.shutDown("c")
        #expect(lab.holders(of: Self.address) == ["c"])
    }
}

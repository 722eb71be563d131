import Testing
import VRRP
import VRRPSimulation

@testable import VRRPEngine

@Suite("Addresses of several engines on one node")
struct AddressOwnerTests {
    private static let router = VirtualRouterDefinition.example(priority: 100, addresses: ["192.0.2.100"])

    /// An engine with the tag 113 that looks at a node on which 112 and 114 live, and 115 is dead.
    private func effects(of addresses: [HostAddress]) throws -> (engine: Engine, effects: [Effect]) {
        var engine = Engine()
        var effects: [Effect] = []
        try engine.apply(Definitions(virtualRouters: [Self.router]), at: .zero, effects: &effects)
        let interface = HostInterface(
            index: 2, name: "eth0", isRunning: true, macAddress: MACAddress("02:00:00:00:00:0a"), addresses: addresses)
        engine.owners = AddressOwners(own: 113, others: [112, 114])
        engine.interfacesResynchronized([interface], at: .zero, effects: &effects)
        return (engine, effects)
    }

    private func removed(_ effects: [Effect]) -> Set<IPAddress> {
        Set(
            effects.compactMap {
                if case .removeAddress(let assignment) = $0 { assignment.address.address } else { nil }
            })
    }

    private func address(_ text: String, tag: UInt8) -> HostAddress {
        HostAddress(.literal(text), prefixLength: 24, originTag: tag)
    }

    @Test(
        "What is tagged as its own or as a dead one's goes; what others have who live stays, and so does the node's own"
    )
    func leftovers() throws {
        let (_, effects) = try effects(of: [
            address("192.0.2.10", tag: 0), address("192.0.2.112", tag: 112), address("192.0.2.113", tag: 113),
            address("192.0.2.114", tag: 114), address("192.0.2.115", tag: 115), address("192.0.2.128", tag: 128),
        ])
        #expect(removed(effects) == [.literal("192.0.2.113"), .literal("192.0.2.115")])
    }

    @Test("A virtual address that another engine still has is left to it", arguments: [(112, false), (115, true)])
    func configured(tag: UInt8, goes: Bool) throws {
        let (_, effects) = try effects(of: [address("192.0.2.10", tag: 0), address("192.0.2.100", tag: tag)])
        #expect(removed(effects).contains(.literal("192.0.2.100")) == goes)
    }

    @Test("New definitions leave an address to an engine that has come since, and take one that was left behind")
    func newcomer() throws {
        let ownAddress = address("192.0.2.10", tag: 0)
        for (others, goes) in [([112, 114, 116], false), ([112, 114], true)] as [(Set<UInt8>, Bool)] {
            var (engine, effects) = try effects(of: [ownAddress])
            let theirs = address("192.0.2.101", tag: 116)
            #expect(engine.owners.isUnknown(theirs))
            engine.addressAdded(theirs, interfaceIndex: 2, at: .zero, effects: &effects)
            effects.removeAll()
            engine.owners.others = others
            var router = Self.router
            router.addresses.append(VirtualAddress(theirs.address, prefixLength: 24))
            try engine.apply(Definitions(virtualRouters: [router]), at: .zero, effects: &effects)
            #expect(removed(effects).contains(theirs.address) == goes)
        }
    }

    @Test(
        "Unknown are the tags of nobody who lives, and never the own one or none",
        arguments: 110...129 as ClosedRange<UInt8>)
    func unknownTags(tag: UInt8) {
        let owners = AddressOwners(own: 113, others: [112, 114])
        #expect(owners.isUnknown(address("192.0.2.5", tag: tag)) == (115...127).contains(tag))
    }

    @Test("Adverts do not come from an address that another engine has and takes away some time")
    func primaryAddress() throws {
        let (engine, _) = try effects(of: [address("192.0.2.5", tag: 112), address("192.0.2.10", tag: 0)])
        #expect(engine.snapshot(at: .zero).routers.first?.primaryAddress == .literal("192.0.2.10"))
    }
}

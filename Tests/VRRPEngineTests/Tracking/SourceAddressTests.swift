import Testing
import VRRP
import VRRPEngine
import VRRPSimulation

@Suite("The source address, tracked")
struct SourceAddressTests {
    private static let source = IPAddress.literal("192.0.2.77")

    @Test("A router that tracks its source address is out of the election while no interface has it")
    func comesAndGoes() {
        var bench = Bench {
            $0.sourceAddress = Self.source
            $0.tracking.sourceAddress = true
        }
        bench.lab.configure(Bench.name) { $0.noticeDelay = .zero }
        #expect(bench.snapshot.faults == [.sourceAddressMissing(Self.source)])
        bench.lab.addInterface("eth1", to: Bench.name)
        bench.lab.addAddress("192.0.2.77/32", of: Bench.name, on: "eth1")
        bench.run(until: 0.1)
        #expect(bench.state == .backup)
        bench.becomeActive()
        bench.lab.removeAddress(Self.source, of: Bench.name, on: "eth1")
        bench.run(until: 4.0)
        #expect(bench.state == .initialize)
        #expect(bench.lab.holders(of: .literal("192.0.2.100")) == [])
    }

    @Test("One that does not track it takes part without it")
    func untracked() {
        #expect(Bench { $0.sourceAddress = Self.source }.state == .backup)
    }

    @Test("To track a source address that is not given is an error")
    func missing() {
        let router = VirtualRouterDefinition.example { $0.tracking.sourceAddress = true }
        #expect {
            try Definitions(virtualRouters: [router]).validate()
        } throws: { ($0 as? DefinitionError)?.field == "tracking.sourceAddress" }
    }
}

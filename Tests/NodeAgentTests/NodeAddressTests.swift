import NodeAgent
import Testing
import VRRP

@Suite("The addresses of a node")
struct NodeAddressTests {
    private func addresses(_ pairs: KeyValuePairs<String, String>) throws -> [NodeAddress] {
        try pairs.map { NodeAddress(interface: $0.key, address: try #require(IPAddress($0.value))) }
    }

    @Test("Those that it can be reached by do not include the many that kube-proxy keeps for Services")
    func reachable() throws {
        var all = try addresses([
            "lo": "127.0.0.1", "eth1": "192.0.2.20", "eth0": "192.0.2.10", "lo": "::1", "eth0": "fe80::1",
            "eth0": "2001:db8::10",
        ])
        all += try addresses(["kube-ipvs0": "192.0.2.100", "kube-ipvs0": "10.96.0.1"])
        for number in 2..<100 { all += try addresses(["kube-ipvs0": "10.96.0.\(number)"]) }
        #expect(all.reachable.map(\.description) == ["192.0.2.10", "192.0.2.20", "2001:db8::10"])
    }

    @Test("An address is that of interfaces on links")
    func interface() throws {
        let all = try addresses([
            "lo": "192.0.2.1", "kube-ipvs0": "192.0.2.1", "kube-ipvs0": "192.0.2.2", "eth1": "192.0.2.3",
            "eth0": "192.0.2.3", "eth2": "192.0.2.1",
        ])
        for (address, interfaces) in [
            ("192.0.2.1", ["eth2"]), ("192.0.2.2", []), ("192.0.2.3", ["eth0", "eth1"]),
        ] as [(String, Set<String>)] {
            #expect(all.interfaces(with: try #require(IPAddress(address))) == interfaces)
        }
    }
}

import NetworkLab
import VRRP

/// A host of the lab with the addresses that tests call it by.
struct LabNode: Sendable {
    let host: Host
    /// `192.0.2.N`.
    let ipv4: IPAddress
    /// `2001:db8:0:1::N`.
    let ipv6: IPAddress
    /// `fe80::N`.
    let linkLocal: IPAddress

    /// Whether the first interface has `address` at the moment, whatever the prefix.
    func holds(_ address: String) async throws -> Bool {
        try await host.addresses().contains { $0.prefix { $0 != "/" } == address }
    }

    /// Waits until the first interface has `address`, or has it no more.
    func waitUntil(
        holds isHeld: Bool = true, _ address: String, within timeout: Duration = .seconds(10)
    ) async throws {
        let what = "\(address) \(isHeld ? "on" : "gone from") \(host.name)"
        try await waitUntil(what, within: timeout) { $0.contains(address) == isHeld }
    }

    /// Waits until this node and another one both have `address`, and go on having it.
    ///
    /// That, and not their adverts, shows that both are active where keepalived refuses the other one's: as the active
    /// router it counts its interval anew with each packet that it hears, so it may never come to send one itself.
    func waitUntilBothHold(_ address: String, with other: LabNode) async throws {
        for _ in 0..<2 {
            for node in [self, other] { try await node.waitUntil(holds: true, address, within: .seconds(15)) }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Waits until the addresses of the first interface, without prefix lengths, are as wanted.
    func waitUntil(
        _ what: String, within timeout: Duration = .seconds(10), _ predicate: ([String]) -> Bool
    ) async throws {
        let start = ContinuousClock.now
        while true {
            let addresses = try await host.addresses().map { String($0.prefix { $0 != "/" }) }
            if predicate(addresses) { return }
            guard ContinuousClock.now - start < timeout else {
                throw LabError.timedOut(
                    waitingFor: what, within: timeout, context: addresses.joined(separator: "\n"))
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}

extension Lab {
    /// Adds a host with the last octet `number` in all of its addresses.
    func node(_ name: String, _ number: UInt8) async throws -> LabNode {
        let texts = ["192.0.2.\(number)", "2001:db8:0:1::\(number)", "fe80::\(number)"]
        let host = try await host(name, addresses: ["\(texts[0])/24", "\(texts[1])/64", "\(texts[2])/64"])
        let addresses = texts.compactMap { IPAddress($0) }
        return LabNode(host: host, ipv4: addresses[0], ipv6: addresses[1], linkLocal: addresses[2])
    }
}

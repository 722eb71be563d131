import NetworkLab
import Testing
import VRRP

@testable import LinuxHost
@testable import VRRPEngine

@Suite("Options of addresses", .needs([.root, .iproute2, .networkNamespaces, .veth]))
struct AddressOptionTests {
    private static func shown(
        _ text: String, prefixLength: UInt8? = nil, _ change: @escaping @Sendable (inout VirtualAddress) -> Void
    ) async throws -> (shown: String, routes: String, rest: String) {
        try await Namespace.run {
            try Namespace.makePair()
            guard let plain = IPAddress(text) else { throw SetupFailure(description: text) }
            var address = VirtualAddress(plain, prefixLength: prefixLength)
            change(&address)
            let assignment = AddressAssignment(interfaceIndex: try index(of: "a"), address: address, router: nil)
            var configurator = try AddressConfigurator()
            var failures: [NetlinkError?] = []
            configurator.perform([.add(assignment)], failures: &failures)
            let shown = try shell("ip -d addr show dev a") + failures.map { "\($0.map { "\($0)" } ?? "")" }.joined()
            let routes = try shell("ip route; ip -6 route")
            configurator.perform([.remove(assignment)], failures: &failures)
            return (shown, routes, try shell("ip addr show dev a"))
        }
    }

    @Test("A peer is on the other end of the link")
    func peer() async throws {
        let ipv4 = try await Self.shown("192.0.2.1", prefixLength: 30) { $0.peer = IPAddress("198.51.100.1") }
        #expect(ipv4.shown.contains("inet 192.0.2.1 peer 198.51.100.1/30 scope global"))
        #expect(!ipv4.rest.contains("192.0.2.1"))
        let ipv6 = try await Self.shown("2001:db8::1") { $0.peer = IPAddress("2001:db8::2") }
        #expect(ipv6.shown.contains("inet6 2001:db8::1 peer 2001:db8::2/128 scope global"))
        #expect(!ipv6.rest.contains("2001:db8::1"))
    }

    @Test("Duplicates are looked for only where that is wanted")
    func duplicateDetection() async throws {
        let without = try await Self.shown("2001:db8::1", prefixLength: 64) { _ in }
        #expect(without.shown.contains("inet6 2001:db8::1/64 scope global nodad"))
        let with = try await Self.shown("2001:db8::1", prefixLength: 64) { $0.options = .duplicateDetection }
        #expect(with.shown.contains("inet6 2001:db8::1/64 scope global"))
        #expect(!with.shown.contains("nodad"))
    }

    @Test("The flags of the kernel are those of the definition")
    func flags() async throws {
        let ipv6 = try await Self.shown("2001:db8::1", prefixLength: 64) {
            $0.options = [.home, .temporaryAddresses, .noPrefixRoute]
        }
        for word in ["home", "mngtmpaddr", "noprefixroute"] { #expect(ipv6.shown.contains(word), "\(ipv6.shown)") }
        #expect(!ipv6.routes.contains("2001:db8::/64"))
        let ipv4 = try await Self.shown("192.0.2.1", prefixLength: 24) { $0.options = .noPrefixRoute }
        #expect(ipv4.shown.contains("noprefixroute"))
        #expect(!ipv4.routes.contains("192.0.2.0/24"))
    }

    @Test("The preferred lifetime is that of the definition, else 0 with a full prefix and forever with another")
    func lifetimes() async throws {
        #expect(try await Self.shown("2001:db8::1") { _ in }.shown.contains("preferred_lft 0sec"))
        #expect(
            try await Self.shown("2001:db8::1") { $0.preferredLifetime = .max }.shown.contains("preferred_lft forever"))
        let limited = try await Self.shown("2001:db8::1", prefixLength: 64) { $0.preferredLifetime = 1000 }
        #expect(limited.shown.contains("preferred_lft 1000sec") || limited.shown.contains("preferred_lft 999sec"))
    }
}

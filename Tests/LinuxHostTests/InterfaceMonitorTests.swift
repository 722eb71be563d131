import NetworkLab
import Testing
import VRRP

@testable import LinuxHost
@testable import VRRPEngine

private func changed(_ events: [InterfaceEvent]) -> [HostInterface] {
    events.compactMap { if case .interfaceChanged(let interface) = $0 { interface } else { nil } }
}

@Suite("News of interfaces", .needs([.root, .iproute2, .networkNamespaces, .veth]))
struct InterfaceMonitorTests {
    @Test("At the start everything is known: names, MAC addresses, MTU, addresses in order")
    func initialState() async throws {
        let interfaces = try await Namespace.run {
            try Namespace.makePair()
            try shell(
                """
                ip link set dev a mtu 1400
                ip addr add 192.0.2.1/24 dev a; ip addr add 192.0.2.2/24 dev a; ip addr add 2001:db8::1/64 nodad dev a
                """)
            var monitor = try InterfaceMonitor()
            return try monitor.resynchronize()
        }
        let loopback = try #require(interfaces.first { $0.name == "lo" })
        #expect(loopback.isLoopback && loopback.isRunning && loopback.macAddress == nil)
        let a = try #require(interfaces.first { $0.name == "a" })
        #expect(a.macAddress == MACAddress("02:00:00:00:00:0a"))
        #expect(a.mtu == 1400)
        #expect(a.isRunning)
        #expect(
            a.addresses.filter { !$0.address.isIPv6LinkLocal } == [
                HostAddress(.v4(IPv4Address(192, 0, 2, 1)), prefixLength: 24),
                HostAddress(.v4(IPv4Address(192, 0, 2, 2)), prefixLength: 24, isSecondary: true),
                HostAddress(try #require(IPAddress("2001:db8::1")), prefixLength: 64),
            ])
    }

    @Test("An interface that loses its carrier, changes its name or goes away is told, and nothing else is")
    func changes() async throws {
        let (down, renamed, unchanged, gone) = try await Namespace.run {
            try Namespace.makePair()
            var monitor = try InterfaceMonitor()
            _ = try monitor.resynchronize()
            try shell("ip link set dev b down")
            // The kernel tells of a lost carrier up to a second later.
            var down: [InterfaceEvent] = []
            _ = try poll {
                down += try news(&monitor)
                return changed(down).contains { $0.name == "a" && !$0.isRunning } ? true : nil
            }
            try shell("ip link set dev b name c")
            let renamed = try news(&monitor)
            try shell("ip link set dev c alias nobody-cares")
            let unchanged = try news(&monitor)
            try shell("ip link del dev a")
            return (down, renamed, unchanged, try news(&monitor))
        }
        #expect(changed(down).last { $0.name == "a" }?.isRunning == false)
        #expect(changed(down).last { $0.name == "b" }?.isRunning == false)
        #expect(changed(renamed).map(\.name) == ["c"])
        #expect(unchanged.isEmpty)
        #expect(gone.count { if case .interfaceRemoved = $0 { true } else { false } } == 2)
    }

    @Test("A port that leaves its bridge is not an interface that goes away", .needs([.bridge]))
    func bridgePort() async throws {
        let events = try await Namespace.run {
            try Namespace.makePair()
            try shell("ip link add bridge0 type bridge; ip link set dev a master bridge0")
            var monitor = try InterfaceMonitor()
            _ = try monitor.resynchronize()
            try shell("ip link set dev a nomaster")
            return try news(&monitor)
        }
        #expect(!events.contains { if case .interfaceRemoved = $0 { true } else { false } })
    }

    @Test("After an overrun everything is read anew, and news go on")
    func overrun() async throws {
        let (events, later) = try await Namespace.run {
            try Namespace.makePair()
            var monitor = try InterfaceMonitor(receiveBufferOctets: 4096)
            _ = try monitor.resynchronize()
            try shell("for n in $(seq 1 100); do ip addr add 192.0.2.$n/32 dev a; done")
            let events = try news(&monitor)
            try shell("ip addr add 198.51.100.1/32 dev b")
            return (events, try news(&monitor))
        }
        let lists = events.compactMap { if case .resynchronized(let interfaces) = $0 { interfaces } else { nil } }
        #expect(lists.count == 1)
        #expect(lists.first?.first { $0.name == "a" }?.addresses.count { $0.address.family == .ipv4 } == 100)
        #expect(later.contains { if case .addressAdded = $0 { true } else { false } })
    }
}

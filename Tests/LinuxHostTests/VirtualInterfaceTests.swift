import Glibc
import NetworkLab
import Testing
import VRRP

@testable import LinuxHost
@testable import VRRPEngine

@Suite("Virtual interfaces", .needs([.root, .iproute2, .networkNamespaces, .veth, .macvlan]))
struct VirtualInterfaceTests {
    private static let macAddress = MACAddress(rawValue: 0x0000_5e00_0133)

    private static func setting(_ name: String, of interface: String) throws -> String {
        try shell("cat /proc/sys/net/ipv4/conf/\(interface)/\(name)")
    }

    @Test("A macvlan is made down, in bridge mode, with the virtual MAC and without a link-local address, and removed")
    func lifeCycle() async throws {
        let result = try await Namespace.run {
            try Namespace.makePair()
            var monitor = try InterfaceMonitor()
            _ = try monitor.resynchronize()
            var configurator = try VirtualInterfaceConfigurator()
            let interface = VirtualInterface(
                parentIndex: try index(of: "a"), name: "vrrp.51", macAddress: Self.macAddress, linkGroup: 77)
            try configurator.create(interface, existing: nil, parentName: "a") { _ in }
            let down = try shell("ip -d link show vrrp.51")
            try configurator.setUp(interface, isUp: true)
            let up = try shell("ip -d addr show vrrp.51")
            let settings = try ["arp_ignore", "accept_local", "rp_filter"].map { try Self.setting($0, of: "vrrp.51") }
            let parent = try ["arp_ignore", "arp_filter"].map { try Self.setting($0, of: "a") }
            let told = try news(&monitor)
            try configurator.remove(interface)
            let restored = try ["arp_ignore", "arp_filter"].map { try Self.setting($0, of: "a") }
            return (down, up, settings, parent, told, restored, try news(&monitor), if_nametoindex("vrrp.51"))
        }
        let (down, up, settings, parent, told, restored, gone, number) = result
        #expect(down.contains("macvlan mode bridge"))
        #expect(down.contains("00:00:5e:00:01:33"))
        #expect(down.contains("addrgenmode none"))
        #expect(down.contains("group 77"))
        #expect(!down.contains(",UP"))
        #expect(up.contains(",UP"))
        #expect(!up.contains("inet6"))
        #expect(settings == ["1\n", "1\n", "0\n"])
        #expect(parent == ["1\n", "1\n"])
        #expect(restored == ["0\n", "0\n"])
        #expect(
            told.contains {
                if case .interfaceChanged(let interface) = $0 {
                    interface.name == "vrrp.51" && interface.macAddress == Self.macAddress && interface.isRunning
                } else {
                    false
                }
            })
        #expect(gone.contains { if case .interfaceRemoved = $0 { true } else { false } })
        #expect(number == 0)
    }

    @Test("The same macvlan of a dead process is used again in bridge mode; another interface of that name is an error")
    func existing() async throws {
        let (isSame, details, refusal, rest) = try await Namespace.run {
            try Namespace.makePair()
            try shell("ip link add link a name vrrp.51 address \(Self.macAddress) type macvlan mode private")
            try shell("ip link add link a name vrrp.52 type macvlan mode private")
            var monitor = try InterfaceMonitor()
            _ = try monitor.resynchronize()
            var configurator = try VirtualInterfaceConfigurator()
            let parent = try index(of: "a")
            let leftover = try index(of: "vrrp.51")
            let interface = VirtualInterface(parentIndex: parent, name: "vrrp.51", macAddress: Self.macAddress)
            try configurator.create(interface, existing: monitor.link(named: "vrrp.51"), parentName: "a") { _ in }
            let isSame = try index(of: "vrrp.51") == leftover
            let details = try shell("ip -d link show vrrp.51")
            let other = VirtualInterface(parentIndex: parent, name: "vrrp.52", macAddress: Self.macAddress)
            var refusal: NetlinkError?
            do throws(NetlinkError) {
                try configurator.create(other, existing: monitor.link(named: "vrrp.52"), parentName: "a") { _ in }
            } catch { refusal = error }
            configurator.removeAll { refusal = $0 }
            return (isSame, details, refusal, try shell("ip -o link show type macvlan"))
        }
        #expect(isSame)
        #expect(details.contains("macvlan mode bridge"))
        #expect(refusal?.errorNumber == EEXIST)
        #expect(!rest.contains("vrrp.51"))
        #expect(rest.contains("vrrp.52"))
    }
}

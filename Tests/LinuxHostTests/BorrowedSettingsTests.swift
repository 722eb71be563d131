import NetworkLab
import Testing
import VRRP

@testable import LinuxHost
@testable import VRRPEngine

@Suite("Borrowed kernel settings", .needs([.root, .iproute2, .networkNamespaces, .veth]))
struct BorrowedSettingsTests {
    private static let promotion = KernelSetting.ipv4("promote_secondaries", of: "a")

    private static func definitions(_ change: (inout VirtualRouterDefinition) -> Void) throws -> Definitions {
        var router = VirtualRouterDefinition(
            name: "VR", interface: "a", family: .ipv4, virtualRouterID: try #require(VirtualRouterID(rawValue: 5)),
            addresses: [VirtualAddress(.v4(IPv4Address(192, 0, 2, 1)))])
        change(&router)
        return Definitions(virtualRouters: [router])
    }

    @Test("Definitions ask for the settings of the interfaces that hold IPv4 addresses")
    func wanted() throws {
        #expect(BorrowedSettings.settings(of: try Self.definitions { _ in }) == [:])
        var definitions = try Self.definitions { router in
            router.promotesSecondaries = true
            var other = VirtualAddress(.v4(IPv4Address(192, 0, 2, 2)))
            other.interface = "b"
            router.unadvertisedAddresses = [other, VirtualAddress(.v6(IPv6Address(high: 0x2001_0db8 << 32, low: 1)))]
            router.unadvertisedAddresses[1].interface = "c"
        }
        let onB = KernelSetting.ipv4("promote_secondaries", of: "b")
        #expect(BorrowedSettings.settings(of: definitions) == [Self.promotion: 1, onB: 1])
        definitions.virtualRouters[0].virtualMAC = VirtualMACInterface(name: "vip")
        definitions.node.disablesLocalIGMP = true
        let onVirtual = KernelSetting.ipv4("promote_secondaries", of: "vip")
        #expect(BorrowedSettings.settings(of: definitions) == [onVirtual: 1, onB: 1, .localMulticastReports: 0])
    }

    @Test("A setting is changed while it is wanted, and gets its old value back")
    func givesBack() async throws {
        let values = try await Namespace.run {
            try Namespace.makePair()
            var settings = BorrowedSettings()
            var values = [try Self.promotion.read(), try KernelSetting.localMulticastReports.read()]
            settings.want([Self.promotion: 1, .localMulticastReports: 0]) { Issue.record("\($0)") }
            values += [try Self.promotion.read(), try KernelSetting.localMulticastReports.read()]
            settings.want([Self.promotion: 1]) { Issue.record("\($0)") }
            values += [try Self.promotion.read(), try KernelSetting.localMulticastReports.read()]
            settings.giveAllBack()
            values += [try Self.promotion.read(), try KernelSetting.localMulticastReports.read()]
            return values
        }
        #expect(values == [0, 1, 1, 0, 1, 1, 0, 1])
    }

    @Test("One of an interface that comes later, or comes back, is changed then")
    func laterInterface() async throws {
        let values = try await Namespace.run {
            var settings = BorrowedSettings()
            settings.want([Self.promotion: 1]) { Issue.record("\($0)") }
            var values: [Int] = []
            for _ in 0..<2 {
                try Namespace.makePair()
                settings.interfaceChanged("b") { Issue.record("\($0)") }
                values.append(try Self.promotion.read())
                settings.interfaceChanged("a") { Issue.record("\($0)") }
                values.append(try Self.promotion.read())
                try shell("ip link del dev a")
            }
            settings.giveAllBack()
            return values
        }
        #expect(values == [0, 1, 0, 1])
    }
}

import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("use_vmac")
struct VirtualMACTests {
    @Test("Name, MAC address and group of links stand in any order")
    func words() throws {
        var expected = VirtualMACInterface(name: "vip")
        expected.macAddress = MACAddress("02:00:5e:00:01:05")
        expected.linkGroup = 7
        for words in ["vip 02:00:5e:00:01:05 group 7", "group 7 02:00:5e:00:01 vip netlink_notify_msg"] {
            #expect(try router("use_vmac \(words)").virtualMAC == expected)
            #expect(try sentences("use_vmac \(words)") == [])
        }
    }

    @Test("An address of the standard is not chosen")
    func standardAddress() throws {
        #expect(try router("use_vmac 00:00:5e:00:01").virtualMAC?.macAddress == nil)
        #expect(
            try sentences("use_vmac 00:00:5e:00:01:09") == [
                "2: use_vmac 00:00:5e:00:01:09: ignored because addresses of the standard follow from virtual_router_id"
            ])
    }

    @Test(
        "A wrong word is an error",
        arguments: [
            "use_vmac a b", "use_vmac 01:00:5e:00:01:09", "use_vmac 02:00", "use_vmac group", "use_vmac group x",
        ])
    func wrongWords(_ line: String) throws {
        let configuration = try load(instance(line))
        #expect(configuration.hasErrors)
        #expect(configuration.diagnostics.map(\.line) == [2])
    }

    @Test("vmac_xmit_base needs use_vmac; use_vmac_addr says what it does not do")
    func base() throws {
        #expect(try router("use_vmac\nvmac_xmit_base").virtualMAC?.advertisesFromParent == true)
        #expect(try router("use_vmac").virtualMAC?.advertisesFromParent == false)
        #expect(try sentences("vmac_xmit_base") == ["2: vmac_xmit_base: ignored because use_vmac is missing"])
        #expect(
            try sentences("use_vmac\nuse_vmac_addr") == [
                "3: use_vmac_addr: ignored because addresses on other interfaces answer with the MAC address of their"
                    + " interface"
            ])
    }
}

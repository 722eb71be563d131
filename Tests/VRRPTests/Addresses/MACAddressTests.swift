import Testing
import VRRP

@Suite("MAC addresses")
struct MACAddressTests {
    @Test("are six pairs of hexadecimal digits")
    func text() throws {
        let address = try #require(MACAddress("00:00:5E:00:01:4d"))
        #expect(address.description == "00:00:5e:00:01:4d")
        #expect(address.rawValue == 0x0000_5e00_014d)
        var octets: [UInt8] = []
        address.append(to: &octets)
        #expect(octets == [0x00, 0x00, 0x5e, 0x00, 0x01, 0x4d])
        #expect(MACAddress.broadcast.description == "ff:ff:ff:ff:ff:ff")
        #expect(MACAddress(rawValue: .max) == .broadcast)
    }

    @Test(
        "are refused where they are none",
        arguments: [
            "", ":::::", "00:00:5e:00:01", "00:00:5e:00:01:4d:00", "0:0:5e:0:1:4d", "00-00-5e-00-01-4d",
            "00:00:5e:00:01:4g", "00:00:5e:00:01:+d", "00:00:5e:00:01:-d", "00:00:5e:00:01:4d ", "00005e00014d",
            "000:0:5e:00:01:4d",
        ])
    func refused(_ text: String) {
        #expect(MACAddress(text) == nil)
    }

    @Test("of virtual routers end with the identifier")
    func virtualRouters() throws {
        for number in UInt8(1)...255 {
            let id = try #require(VirtualRouterID(rawValue: number))
            #expect(MACAddress.virtualRouter(id, .ipv4).rawValue == 0x0000_5e00_0100 + UInt64(number))
            #expect(MACAddress.virtualRouter(id, .ipv6).rawValue == 0x0000_5e00_0200 + UInt64(number))
        }
        #expect(VirtualRouterID(rawValue: 0) == nil)
    }

    @Test(
        "of groups hold the last octets of the group",
        arguments: [
            ("224.0.0.18", "01:00:5e:00:00:12"), ("224.128.0.18", "01:00:5e:00:00:12"),
            ("239.255.255.255", "01:00:5e:7f:ff:ff"), ("ff02::12", "33:33:00:00:00:12"),
            ("ff02::1:ff12:3456", "33:33:ff:12:34:56"),
        ])
    func groups(_ group: String, _ address: String) throws {
        #expect(MACAddress.multicast(try #require(IPAddress(group))).description == address)
    }
}

import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("Addresses that come and go while active", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct AddressChangeTests {
    @Test(
        "Case 62: a new address is announced alone and listed in the next advert; a removed one goes from both",
        arguments: [AddressFamily.ipv4, .ipv6])
    func addressesChange(_ family: AddressFamily) async throws {
        let old = RouterText.addresses(family)
        let new = family == .ipv4 ? "192.0.2.102" : "2001:db8:0:1::66"
        func configuration(_ addresses: [String], generation: Int64) -> VRRPDaemon.Configuration {
            .routers(
                [
                    RouterText.router(
                        family: family, addresses: addresses,
                        with: ["priority": 255])
                ], generation: generation)
        }
        try await Lab.with { lab in
            let tap = try await lab.tap { $0.isVRRP || $0.isAnnouncement }
            let device = try await lab.device()
            let daemon = try await VRRPDaemon.start(on: device, configuration(old, generation: 1))
            try await daemon.waitForState(.active, of: "VR")
            try await tap.next("announcement of the last address", within: .seconds(15)) { $0.announces(old[1]) }

            let beforeAddition = tap.frames.end
            try daemon.reload(configuration(old + [new], generation: 2))
            try await tap.next("announcement of the new address", within: .seconds(15)) { $0.announces(new) }
            try await tap.next("advert of three addresses", within: .seconds(15)) {
                $0.isVRRP && $0.packet?.payload[3] == 3
            }
            try await Task.sleep(for: .milliseconds(300))
            #expect(tap.frames(after: beforeAddition, where: \.isAnnouncement).count == 1)
            let present = try await device.addresses().map { $0.prefix { $0 != "/" } }
            #expect(Set(old + [new]).isSubset(of: present.map(String.init)))

            let beforeRemoval = tap.frames.end
            try daemon.reload(configuration(old, generation: 3))
            try await tap.next("advert of two addresses", within: .seconds(15)) {
                $0.isVRRP && $0.packet?.payload[3] == 2
            }
            try await daemon.status(when: "two addresses") { try $0.router().presentAddresses.count == 2 }
            #expect(try await !device.addresses().contains { $0.hasPrefix("\(new)/") })
            #expect(tap.frames(after: beforeRemoval, where: \.isAnnouncement).isEmpty)
            #expect(tap.frames(where: { $0.advertisedPriority == 0 }).isEmpty)
            #expect(try await daemon.status().router().counter("master-transitions") == 1)
        }
    }
}

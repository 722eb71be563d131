import Foundation
import NetworkLab
import Testing
import VRRP

@Suite("The lab for tests on the wire", .needs(Prerequisite.lab + [.nftables, .ping]), .timeLimit(.minutes(1)))
struct LabTests {
    @Test("Two hosts of a segment reach each other over IPv4 and IPv6, and a tap sees how they found each other")
    func hostsReachEachOther() async throws {
        try await Lab.with { lab in
            let a = try await lab.host("a", addresses: ["192.0.2.10/24", "2001:db8:0:1::10/64", "fe80::ff:fe00:a/64"])
            let b = try await lab.host("b", addresses: ["192.0.2.20/24", "2001:db8:0:1::20/64", "fe80::ff:fe00:b/64"])
            let tap = try await b.tap()
            let before = Timestamp.now
            try await a.run("ping", ["-c", "1", "-W", "2", "192.0.2.20"])
            try await a.run("ping", ["-c", "1", "-W", "2", "2001:db8:0:1::20"])

            let request = try await tap.next("ARP request", within: .seconds(10)) { $0.arp?.operation == 1 }
            let hardwareAddress = try await lab.interface(of: a).hardwareAddress
            #expect(request.source == hardwareAddress)
            #expect(request.arp?.senderAddress == IPv4Address(192, 0, 2, 10))
            #expect(request.arp?.targetAddress == IPv4Address(192, 0, 2, 20))
            #expect(request.direction == .incoming)
            #expect(request.time > before && request.time < .now)
            let reply = try await tap.next("echo reply", within: .seconds(10)) {
                $0.packet?.protocolNumber == 1 && $0.packet?.payload.first == 0
            }
            #expect(reply.direction == .outgoing)
            #expect(reply.packet?.destination == .v4(IPv4Address(192, 0, 2, 10)))
            #expect(try tap.droppedByKernel() == 0)
        }
    }

    @Test("A host has the addresses that it was given and no other")
    func addressesAreThoseGiven() async throws {
        try await Lab.with { lab in
            let addresses = ["192.0.2.10/24", "2001:db8:0:1::10/64", "fe80::ff:fe00:a/64"]
            let a = try await lab.host("a", addresses: addresses)
            #expect(try await Set(a.addresses()) == Set(addresses))
        }
    }

    @Test("A frame that is injected arrives as it is")
    func injectedFrameArrives() async throws {
        try await Lab.with { lab in
            let a = try await lab.host("a", addresses: ["192.0.2.10/24"])
            let b = try await lab.host("b", addresses: ["192.0.2.20/24"])
            let (sender, receiver, mirror) = (try await a.tap(), try await b.tap(), try await lab.tap())
            let frame: [UInt8] = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 0, 0, 0, 0, 7, 0x88, 0xb5] + Array(1...50)
            try sender.inject(frame)
            for tap in [receiver, mirror] {
                let heard = try await tap.next(within: .seconds(10)) { $0.etherType == 0x88b5 }
                #expect(heard.octets == frame)
            }
        }
    }

    @Test("A silent cable loses what passes, and its repair ends the loss")
    func silentCableLosesProbes() async throws {
        try await Lab.with { lab in
            let a = try await lab.host("a", addresses: ["192.0.2.10/24"])
            let b = try await lab.host("b", addresses: ["192.0.2.20/24"])
            let pinger = try await Pinger.start(from: a, to: "192.0.2.20")
            try await pinger.waitForAnswer(within: .seconds(15))
            let start = ContinuousClock.now
            try await lab.fail(b, .silent)
            try await Task.sleep(for: .milliseconds(300))
            try await lab.heal(b)
            try await pinger.waitForAnswer(within: .seconds(15))
            // A machine with other things to do takes its time for each step.
            let longest = ContinuousClock.now - start
            let report = try await pinger.stop()
            #expect(report.lost >= 50)
            #expect(report.answered > 0)
            #expect(report.longestGap.length >= .milliseconds(250))
            #expect(report.longestGap.length < longest + .seconds(2))
        }
    }

    @Test("A pulled cable takes the carrier away, and plugging it in brings it back")
    func unpluggedCableHasNoCarrier() async throws {
        try await Lab.with { lab in
            let a = try await lab.host("a", addresses: ["192.0.2.10/24"])
            let monitor = try await a.start("ip", ["-oneline", "monitor", "link"])
            // Until it hears.
            for number in 0..<100 where monitor.lines.entries().isEmpty {
                try await a.ip("link set dev lo alias probe\(number)")
                try await Task.sleep(for: .milliseconds(50))
            }
            try await lab.fail(a, .unplugged)
            try await monitor.waitForLine(containing: "NO-CARRIER", within: .seconds(10))
            let before = monitor.lines.end
            try await lab.heal(a)
            try await monitor.waitForLine(containing: "state UP", after: before, within: .seconds(10))
        }
    }

    @Test("An interface that is removed and restored has its addresses again")
    func interfaceComesBack() async throws {
        try await Lab.with { lab in
            let a = try await lab.host("a", addresses: ["192.0.2.10/24"])
            let b = try await lab.host("b", addresses: ["192.0.2.20/24"])
            try await lab.removeInterface(of: a)
            await #expect(throws: LabError.self) { try await a.run("ip", ["link", "show", "eth0"]) }
            try await lab.restoreInterface(of: a)
            #expect(try await a.addresses().contains("192.0.2.10/24"))
            try await b.run("ping", ["-c", "1", "-W", "2", "192.0.2.10"])
        }
    }

    @Test("Hosts have a /run of their own, which the test can read")
    func runDirectoryIsPrivate() async throws {
        try await Lab.with { lab in
            let a = try await lab.host("a", addresses: [])
            let b = try await lab.host("b", addresses: [])
            try await a.run("sh", ["-c", "echo here > /run/proof"])
            #expect(try String(contentsOfFile: a.runDirectory + "/proof", encoding: .utf8) == "here\n")
            #expect(try await b.run("ls", ["/run"]) == "")
        }
    }

    @Test("Routers forward between segments")
    func routersForward() async throws {
        try await Lab.with { lab in
            try await lab.addSegment("far")
            let near = try await lab.host("near", addresses: ["192.0.2.10/24"])
            let far = try await lab.host("far", addresses: ["198.51.100.10/24"], segment: "far")
            let router = try await lab.host(
                "router", addresses: ["192.0.2.1/24"], options: HostOptions(forwarding: true))
            try await lab.addInterface("eth1", to: router, addresses: ["198.51.100.1/24"], segment: "far")
            try await near.ip("route add default via 192.0.2.1")
            try await far.ip("route add default via 198.51.100.1")
            try await near.run("ping", ["-c", "1", "-W", "2", "198.51.100.10"])
        }
    }

    @Test("Many labs are open at once and do not hear each other")
    func labsAreSeparate() async throws {
        try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await Lab.with { lab in
                        let a = try await lab.host("a", addresses: ["192.0.2.10/24"])
                        _ = try await lab.host("b", addresses: ["192.0.2.20/24"])
                        try await a.run("ping", ["-c", "1", "-W", "2", "192.0.2.20"])
                        return await lab.namespaceNames
                    }
                }
            }
            var names: Set<String> = []
            for try await labNames in group {
                #expect(names.isDisjoint(with: labNames))
                names.formUnion(labNames)
            }
            #expect(names.count == 24)
        }
    }
}

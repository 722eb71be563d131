import Foundation
import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("Interfaces that fail and come back", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct InterfaceTests {
    @Test("Case 21: without carrier a router gives its addresses up, and with it again listens for its whole interval")
    func carrier() async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            let device = try await lab.device()
            let daemon = try await VRRPDaemon.start(
                on: device,
                .routers([RouterText.router(with: ["priority": 254])]))
            try await daemon.waitForState(.active, of: "VR")
            try await daemon.status(when: "addresses present") { try $0.router().presentAddresses.count == 2 }

            let position = daemon.process.lines.end
            try await lab.fail(device, .unplugged)
            try await daemon.waitForState(.initialize, of: "VR", after: position)
            try await daemon.status(when: "no addresses") { try $0.router().presentAddresses.isEmpty }
            #expect(try await !device.addresses().contains { $0.hasPrefix("192.0.2.10") && $0 != "192.0.2.10/24" })

            tap.skipToNow()
            let healing = Timestamp.now
            try await lab.heal(device)
            try await daemon.waitForState(.backup, of: "VR", after: position)
            try await daemon.waitForState(.active, of: "VR", after: position)
            let advert = try await tap.next("advert", within: .seconds(15)) { _ in true }
            // Three intervals and a skew of 2/256 of a second.
            #expect(advert.time - healing > .seconds(3))
            #expect(try await daemon.status().router().counter("master-transitions") == 2)
        }
    }

    @Test(
        "Case 22: an interface that is deleted and made again carries its router again, without a restart",
        .needs([.macvlan]), arguments: [false, true])
    func recreated(_ usesVirtualMAC: Bool) async throws {
        try await Lab.with { lab in
            let tap = try await lab.tap(keeping: \.isVRRP)
            let device = try await lab.device()
            var router = RouterText.router(with: ["advertisementIntervalMilliseconds": 200])
            if usesVirtualMAC { router["virtualMAC"] = ["name": "vrrp.77"] }
            let daemon = try await VRRPDaemon.start(on: device, .routers([router]))
            try await daemon.waitForState(.active, of: "VR")
            let position = daemon.process.lines.end
            try await lab.removeInterface(of: device)
            try await daemon.waitForState(.initialize, of: "VR", after: position)
            tap.skipToNow()
            try await lab.restoreInterface(of: device)
            try await daemon.waitForState(.active, of: "VR", after: position)
            let advert = try await tap.next("advert", within: .seconds(15)) { $0.virtualRouterID == 77 }
            #expect(advert.packet?.source == IPAddress("192.0.2.10"))
            try await daemon.status(when: "addresses present") { try $0.router().presentAddresses.count == 2 }
            let holder = usesVirtualMAC ? "vrrp.77" : "eth0"
            #expect(try await device.addresses(of: holder).contains("192.0.2.100/32"))
        }
    }

    @Test("A backup whose interface was carried to another namespace and back hears adverts again and keeps no socket")
    func carriedAway() async throws {
        try await Lab.with { lab in
            let (active, backup) = (try await lab.node("a", 10), try await lab.node("b", 20))
            func routers(_ priority: Int64) -> VRRPDaemon.Configuration {
                .routers(
                    [AddressFamily.ipv4, .ipv6].map { family in
                        RouterText.router(
                            "\(family)", family: family,
                            with: ["priority": .integer(priority), "advertisementIntervalMilliseconds": 200])
                    })
            }
            let first = try await VRRPDaemon.start(on: active.host, routers(200))
            let names = try await first.status(when: "active") { $0.routers.allSatisfy { $0.state == .active } }
                .routers.map(\.name)
            #expect(names.count == 2)
            let second = try await VRRPDaemon.start(on: backup.host, routers(100))
            for name in names { try await second.waitUntilListening(name) }
            let index = try await backup.host.run("cat", ["/sys/class/net/eth0/ifindex"])
            let descriptors = try second.process.openDescriptors
            for _ in 0..<3 {
                let position = second.process.lines.end
                try await lab.carryAwayInterface(of: backup.host)
                for name in names { try await second.waitForState(.initialize, of: name, after: position) }
                // Where it answers, it is done with what the line said.
                _ = try await second.status()
                #expect(try second.process.openDescriptors < descriptors)
                try await lab.giveBackInterface(of: backup.host)
                #expect(try await backup.host.run("cat", ["/sys/class/net/eth0/ifindex"]) == index)
                for name in names { try await second.waitForState(.backup, of: name, after: position) }
                let heard = try await second.status().routers.map { $0.counter("advertisement-rcvd") }
                // More than three intervals: who were deaf would be active by then.
                try await second.status(when: "five adverts more") { status in
                    zip(status.routers, heard).allSatisfy { $0.counter("advertisement-rcvd") >= $1 + 5 }
                }
                #expect(try await second.status().routers.allSatisfy { $0.state == .backup })
            }
            // It may not have seen yet that whoever asked last is gone.
            for _ in 0..<200 where try second.process.openDescriptors != descriptors {
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try second.process.openDescriptors == descriptors)
            #expect(!second.process.output.contains("are not heard"), "\(second.process.output)")
        }
    }

    @Test("A node that has no files left to listen with stays out of the election, and takes part when it has")
    func noFiles() async throws {
        try await Lab.with { lab in
            let (active, backup) = (try await lab.node("a", 10), try await lab.node("b", 20))
            func router(_ priority: Int64) -> VRRPDaemon.Configuration {
                .routers([
                    RouterText.router(
                        with: ["priority": .integer(priority), "advertisementIntervalMilliseconds": 500])
                ])
            }
            let first = try await VRRPDaemon.start(on: active.host, router(200))
            try await first.waitForState(.active, of: "VR")
            let second = try await VRRPDaemon.start(on: backup.host, router(100))
            try await second.waitUntilListening()
            let position = second.process.lines.end
            try await lab.carryAwayInterface(of: backup.host)
            try await second.waitForState(.initialize, of: "VR", after: position)
            // What is open stays so, and nothing can be opened any more.
            let process = "\(second.process.processIdentifier)"
            try await backup.host.run("prlimit", ["--pid", process, "--nofile=3:"])
            try await lab.giveBackInterface(of: backup.host)
            try await second.process.waitForLine(
                containing: "adverts cannot be received on interface eth0", within: .seconds(10))
            try await Task.sleep(for: .seconds(1))
            let healed = second.process.lines.end
            try await backup.host.run("prlimit", ["--pid", process, "--nofile=1024:"])
            try await second.waitForState(.backup, of: "VR", after: healed)
            try await second.status(when: "adverts heard, without a fault") {
                try $0.router().faultCount == 0 && $0.router().state == .backup
                    && $0.router().counter("advertisement-rcvd") > 8
            }
            #expect(try await second.status().router().counter("master-transitions") == 0)
            #expect(try await first.status().router().counter("master-transitions") == 1)
        }
    }
}

extension LabProcess {
    /// How many files and sockets the process has open.
    fileprivate var openDescriptors: Int {
        get throws { try FileManager.default.contentsOfDirectory(atPath: "/proc/\(processIdentifier)/fd").count }
    }
}

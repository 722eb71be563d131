import JSONDocument
import NetworkLab
import Testing
import VRRP

@Suite("A reload", .needs(VRRPDaemon.prerequisites), .timeLimit(.minutes(1)))
struct ReloadTests {
    private let changed = KeepalivedInstance(name: "CHANGED", id: 1, priority: 150, interval: "0.25")
    private let other = KeepalivedInstance(
        name: "OTHER", id: 2, priority: 150, interval: "0.25", addresses: ["192.0.2.102"])

    @Test("A reload changes what differs and leaves the other router's adverts in step, its address and its counters")
    func changesOnlyWhatDiffers() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap()
            let daemon = try await start(on: dut)
            let before = try await daemon.status().router("OTHER")
            let position = tap.frames.end

            var different = changed
            different.priority = 120
            different.addresses = ["192.0.2.100", "192.0.2.101"]
            let third = KeepalivedInstance(
                name: "THIRD", id: 3, priority: 200, interval: "0.1", addresses: ["192.0.2.103"])
            let log = try daemon.reload(.keepalived(KeepalivedInstance.file(third, different, other)))
            try await daemon.waitForState(.active, of: "THIRD", after: log)
            try await dut.waitUntil("all addresses") {
                Set($0).isSuperset(of: ["192.0.2.100", "192.0.2.101", "192.0.2.102", "192.0.2.103"])
            }
            let address = IPv4Address(192, 0, 2, 101)
            let announcement = await tap.frames.first(after: position, within: .seconds(15)) { frame in
                frame.arp?.isGratuitous == true && frame.arp?.senderAddress == address
            }
            #expect(announcement != nil)
            #expect(tap.adverts(id: 1).last?.priority == 120)
            #expect(tap.adverts(id: 1).last?.packet.payload[3] == 2)

            // And back again: the third router gives up.
            try daemon.reload(.keepalived(KeepalivedInstance.file(changed, other)))
            let resignation = try await tap.waitForAdvert(after: position, from: dut.ipv4, priority: 0, id: 3)
            try await dut.waitUntil(holds: false, "192.0.2.103")
            try await dut.waitUntil(holds: false, "192.0.2.101")
            #expect(resignation.priority == 0)
            try await Task.sleep(for: .milliseconds(600))

            expectSteady(tap.adverts(after: position, id: 2))
            #expect(tap.frames(after: position) { $0.announces("192.0.2.102") || $0.announces("192.0.2.100") }.isEmpty)
            let after = try await daemon.status().router("OTHER")
            #expect(after.counter("master-transitions") == 1)
            #expect(after.counter("announcements-sent") == before.counter("announcements-sent"))
            #expect(try await daemon.status().router("CHANGED").counter("master-transitions") == 1)
            #expect(tap.adverts(id: 1).allSatisfy { $0.priority != 0 })
        }
    }

    @Test(
        "A reload of a bad file changes nothing and says what is wrong in which line",
        arguments: [
            ("priority 150", "priority 300", ["vrrpd-configuration:", "priority", "300"]),
            (
                "vrrp_instance OTHER {", "vrrp_instance OTHER",
                ["vrrpd-configuration:18:", "block in braces is missing"]
            ),
            ("interface eth0", "", ["interface", "missing"]),
        ])
    func badFileChangesNothing(text: String, replacement: String, complaint: [String]) async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap()
            let daemon = try await start(on: dut)
            let position = tap.frames.end
            let good = KeepalivedInstance.file(changed, other)
            let bad = good.replacing(text, with: replacement)
            try #require(good != bad)
            let log = try daemon.reload(.keepalived(bad))
            let line = await daemon.process.lines.first(after: log, within: .seconds(10)) { line in
                complaint.allSatisfy { line.text.contains($0) }
            }
            #expect(line != nil, "\(daemon.process.output)")
            let status = try await daemon.status(when: "an error") {
                try $0.root.member("daemon").member("lastLoad").optionalMember("error") != nil
            }
            try #expect(status.router("CHANGED").state == .active)
            try #expect(status.router("OTHER").state == .active)
            try await Task.sleep(for: .milliseconds(900))
            for id in [1, 2] { expectSteady(tap.adverts(after: position, id: id)) }
            #expect(tap.frames(after: position, where: \.isAnnouncement).isEmpty)

            // The next good file is taken.
            try daemon.reload(.keepalived(KeepalivedInstance.file(other)))
            try await dut.waitUntil(holds: false, "192.0.2.100")
            try await daemon.status(when: "no error") {
                try $0.root.member("daemon").member("lastLoad").optionalMember("error") == nil
            }
        }
    }

    @Test("A reload of bad definitions changes nothing and names file, line, column and field")
    func badDefinitionsChangeNothing() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let daemon = try await VRRPDaemon.start(
                on: dut.host,
                .routers([RouterText.router("VR", with: ["advertisementIntervalMilliseconds": 100])], generation: 7))
            try await daemon.waitForState(.active, of: "VR")
            try daemon.reload(
                .routers(
                    [RouterText.router("VR", with: ["advertisementIntervalMilliseconds": 100, "priority": 300])],
                    generation: 8))
            try await daemon.process.waitForLine(
                containing: "vrrpd-configuration:1:", within: .seconds(10))
            try await daemon.process.waitForLine(containing: "virtualRouters[0].priority", within: .seconds(10))
            let status = try await daemon.status()
            #expect(try status.root.member("generation").integer() == 7)
            #expect(try status.router().state == .active)
        }
    }

    @Test("A reload of thousands of virtual routers does not keep an advert waiting while the file is read")
    func largeFile() async throws {
        try await Lab.with { lab in
            let dut = try await lab.node("dut", 10)
            let tap = try await lab.tap(keeping: \.isVRRP)
            let few = KeepalivedInstance(name: "FAST", id: 1, priority: 255, interval: "0.05")
            // The others never take part, so that nothing but the reading of their definitions is new.
            let many = (1...6).flatMap { interface in
                (1...255).map { id in
                    let name = "R\(interface).\(id)"
                    let addresses = ["198.51.\(interface).\(id)"]
                    return KeepalivedInstance(name: name, id: id, priority: 100, addresses: addresses).text
                        .replacing("interface eth0", with: "interface none\(interface)")
                }
            }
            let file = KeepalivedInstance.file(few) + many.joined(separator: "\n")
            let daemon = try await VRRPDaemon.start(on: dut.host, .keepalived(file))
            try await daemon.waitForState(.active, of: "FAST")
            try await Task.sleep(for: .milliseconds(500))
            let position = tap.frames.end
            for _ in 0..<3 {
                let log = try daemon.reload(.keepalived(file))
                try await daemon.process.waitForLine(containing: "Reloaded", after: log, within: .seconds(20))
            }
            let times = tap.adverts(after: position, id: 1).map(\.time)
            let gaps = zip(times, times.dropFirst()).map { $1 - $0 }
            try #require(!gaps.isEmpty)
            // To read the file takes a debug build several tenths of a second.
            #expect(gaps.allSatisfy { $0 < .milliseconds(300) }, "\(gaps)")
        }
    }

    private func start(on node: LabNode) async throws -> VRRPDaemon {
        let daemon = try await VRRPDaemon.start(
            on: node.host, .keepalived(KeepalivedInstance.file(changed, other)))
        for router in [changed, other] {
            try await daemon.waitForState(.active, of: router.name)
            try await node.waitUntil(holds: true, router.addresses[0])
        }
        // The announcement at the start of the state must not be taken for one of the reload's.
        try await daemon.status(when: "both announced") { status in
            try [changed, other].allSatisfy { try status.router($0.name).counter("announcements-sent") >= 1 }
        }
        return daemon
    }

    /// Expects one advert each 0.25 s, on the grid that the first one began.
    private func expectSteady(_ adverts: [HeardAdvert], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(adverts.count >= 3, sourceLocation: sourceLocation)
        for (earlier, later) in zip(adverts, adverts.dropFirst()) {
            let step = (later.time - earlier.time).inSeconds
            // Late by what a busy machine adds, early by what the one before was late; never twice in an interval.
            #expect(step > 0.15 && step < 0.35, sourceLocation: sourceLocation)
        }
        guard let first = adverts.first, let last = adverts.last else { return }
        let intervals = (last.time - first.time).inSeconds / 0.25
        #expect(abs(intervals - Double(adverts.count - 1)) < 0.4, sourceLocation: sourceLocation)
    }
}

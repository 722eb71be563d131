import Foundation
import Glibc
import NetworkLab
import Testing
import VRRP
import class NetworkLab.Host

@Suite("A container for IP failover", .needs(FailoverContainer.prerequisites), .timeLimit(.minutes(2)))
struct FailoverContainerTests {
    private static let addresses = ["1.1.1.1", "1.1.1.2"]

    /// Waits until each of two nodes holds one of the addresses and not the other one.
    private func waitUntilShared(_ one: LabNode, _ other: LabNode) async throws {
        try await one.waitUntil("1.1.1.2 alone", within: .seconds(20)) {
            $0.contains("1.1.1.2") && !$0.contains("1.1.1.1")
        }
        try await other.waitUntil("1.1.1.1 alone", within: .seconds(20)) {
            $0.contains("1.1.1.1") && !$0.contains("1.1.1.2")
        }
    }

    @Test(
        "Two of them share the addresses; one that is told to end hands its own over and ends with 0",
        arguments: [
            SIGTERM, SIGHUP, SIGINT,
        ])
    func twoContainers(signal: Int32) async throws {
        try await Lab.with { lab in
            let (one, other) = (try await lab.node("one", 11), try await lab.node("other", 12))
            let before = try await one.host.addresses()
            let container = try await FailoverContainer.start(on: one.host)
            let survivor = try await FailoverContainer.start(on: other.host)
            try await waitUntilShared(one, other)

            container.process.signal(signal)
            try await other.waitUntil(holds: true, "1.1.1.2", within: .seconds(15))
            let status = try await container.process.waitForExit(within: .seconds(20))
            #expect(status.isSuccess)
            #expect(try await one.host.addresses() == before)
            for address in Self.addresses { #expect(try await other.holds(address)) }
            #expect(survivor.process.exitStatus == nil)
        }
    }

    @Test(
        "As the first process of a container it forgets no signal that comes before its daemon runs",
        arguments: [SIGTERM, SIGHUP])
    func earlySignal(_ signal: Int32) async throws {
        try await Lab.with { lab in
            let host = try await lab.host("one", addresses: ["192.0.2.11/24"])
            let container = try await FailoverContainer.start(
                on: host, prefix: ["unshare", "--pid", "--fork", "--kill-child"])
            let parent = container.process.processIdentifier
            let children = "/proc/\(parent)/task/\(parent)/children"
            let start = ContinuousClock.now
            // Before its first instruction the kernel drops what is sent to it, whatever the program does.
            while ContinuousClock.now - start < .seconds(10) {
                let child = (try? String(contentsOfFile: children, encoding: .utf8))?.split(separator: " ").first
                guard let child = child.flatMap({ pid_t($0) }) else { continue }
                // While it waits for a signal it shows none as blocked; the file is written before.
                let file = FailoverContainer.configuration(on: host)
                guard keeps(signal, child) || FileManager.default.fileExists(atPath: file) else { continue }
                kill(child, signal)
                break
            }
            #expect(try await container.process.waitForExit(within: .seconds(10)) == .exited(0))
        }
    }

    /// Whether the entry point runs in a process and keeps a signal for later.
    private func keeps(_ signal: Int32, _ process: pid_t) -> Bool {
        let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe")
        guard program?.hasSuffix("vrrp-ipfailover") == true else { return false }
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let mask = status.split(separator: "\n").first { $0.hasPrefix("SigBlk:") }?.split(separator: "\t").last
        return mask.flatMap { UInt64($0, radix: 16) }.map { $0 & 1 << (UInt64(signal) - 1) != 0 } ?? false
    }

    @Test("When a node loses its power the other one has both addresses, and they are shared again when it is back")
    func powerLoss() async throws {
        try await Lab.with { lab in
            let (one, other) = (try await lab.node("one", 11), try await lab.node("other", 12))
            let container = try await FailoverContainer.start(on: one.host)
            let survivor = try await FailoverContainer.start(on: other.host)
            try await waitUntilShared(one, other)
            container.kill()
            try await other.waitUntil("both addresses", within: .seconds(15)) { Set($0).isSuperset(of: Self.addresses) }
            // What the dead one has left does not keep it from coming back.
            let again = try await FailoverContainer.start(on: one.host)
            try await waitUntilShared(one, other)
            #expect(again.process.exitStatus == nil && survivor.process.exitStatus == nil)
        }
    }

    @Test("By unicast to all nodes, itself included, and without preemption the address stays where it has gone")
    func unicastWithoutPreemption() async throws {
        try await Lab.with { lab in
            let (one, other) = (try await lab.node("one", 11), try await lab.node("other", 12))
            let tap = try await lab.tap(keeping: \.isVRRP)
            let environment = [
                "OPENSHIFT_HA_VIRTUAL_IPS": "192.0.2.123", "OPENSHIFT_HA_PREEMPTION": "nopreempt",
                "OPENSHIFT_HA_USE_UNICAST": "true", "OPENSHIFT_HA_UNICAST_PEERS": "192.0.2.11,192.0.2.12,192.0.2.13",
            ]
            let better = try await FailoverContainer.start(on: other.host, environment: environment)
            try await other.waitUntil(holds: true, "192.0.2.123", within: .seconds(15))
            let worse = try await FailoverContainer.start(on: one.host, environment: environment)
            try await worse.waitUntilBackup()
            better.process.signal(SIGTERM)
            #expect(try await better.process.waitForExit(within: .seconds(20)).isSuccess)
            try await one.waitUntil(holds: true, "192.0.2.123", within: .seconds(15))

            let again = try await FailoverContainer.start(on: other.host, environment: environment)
            try await again.waitUntilBackup()
            try await Task.sleep(for: .seconds(5))
            #expect(try await one.holds("192.0.2.123"))
            #expect(try await !other.holds("192.0.2.123"))
            #expect(tap.frames.entries().allSatisfy { $0.packet?.destination.isMulticast == false })
        }
    }

    @Test("255 addresses in 238 instances come, and go again at a signal within the time that Kubernetes leaves")
    func manyAddresses() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let before = try await node.host.addresses()
            let container = try await FailoverContainer.start(
                on: node.host,
                environment: [
                    "OPENSHIFT_HA_VIRTUAL_IPS": "192.168.254.1-255", "OPENSHIFT_HA_VIP_GROUPS": "238",
                    "OPENSHIFT_HA_PREEMPTION": "nopreempt",
                ])
            try await node.waitUntil("255 addresses", within: .seconds(30)) { $0.count == before.count + 255 }
            container.process.signal(SIGTERM)
            #expect(try await container.process.waitForExit(within: .seconds(20)).isSuccess)
            #expect(try await node.host.addresses() == before)
        }
    }

    @Test("Where nftables cannot be used it says so and goes on")
    func withoutNftables() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let container = try await FailoverContainer.start(
                on: node.host, keepalived: "#!/bin/sh\necho runs\nexec sleep 1000\n",
                prefix: ["setpriv", "--bounding-set=-net_admin", "--inh-caps=-net_admin"])
            try await container.process.waitForLine(containing: "runs", within: .seconds(10))
            let warning = "accept the multicast of VRRP with nftables: Operation not permitted"
            #expect(container.process.output.contains(warning))
            container.process.signal(SIGTERM)
            #expect(try await container.process.waitForExit(within: .seconds(5)).isSuccess)
        }
    }

    @Test("It writes the configuration that the daemon has, accepts multicast, and has one child named keepalived")
    func surroundings() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let container = try await FailoverContainer.start(on: node.host)
            try await node.waitUntil(holds: true, "1.1.1.2", within: .seconds(15))
            let path = FailoverContainer.configuration(on: node.host)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            let lines = Set(text.split(separator: "\n").map { $0.drop { $0 == " " } })
            #expect(lines.isSuperset(of: ["vrrp_instance ipfailover_VIP_1 {", "virtual_router_id 1", "priority 13"]))
            #expect(lines.isSuperset(of: ["vrrp_instance ipfailover_VIP_2 {", "virtual_router_id 2", "priority 244"]))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o644)
            #expect(try await node.host.run("nft", ["list", "ruleset"]).contains("ip daddr 224.0.0.18 accept"))

            let own = "\(container.process.processIdentifier)"
            let daemon = try #require(try container.daemonProcess())
            let children = try await node.host.run("pgrep", ["-P", own, "keepalived"])
            #expect(children == "\(daemon)")
            let name = try String(contentsOfFile: "/proc/\(own)/comm", encoding: .utf8)
            #expect(name == "vrrp-ipfailover\n")
        }
    }

    @Test("A second signal ends it at once, with 0 and without the addresses")
    func twoSignals() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let before = try await node.host.addresses()
            let container = try await FailoverContainer.start(on: node.host)
            try await node.waitUntil("both addresses", within: .seconds(15)) { Set($0).isSuperset(of: Self.addresses) }
            container.process.signal(SIGTERM)
            try await container.process.waitForLine(containing: "hands over", within: .seconds(15))
            let start = ContinuousClock.now
            container.process.signal(SIGTERM)
            #expect(try await container.process.waitForExit().isSuccess)
            // Nobody else is there, so handing over would have taken more than 6 seconds.
            #expect(ContinuousClock.now - start < .seconds(3))
            #expect(try await node.host.addresses() == before)
        }
    }

    @Test("When the daemon dies it says so, removes what is left and ends with 1")
    func deadDaemon() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let before = try await node.host.addresses()
            let container = try await FailoverContainer.start(on: node.host)
            try await node.waitUntil("both addresses", within: .seconds(15)) { Set($0).isSuperset(of: Self.addresses) }
            kill(try #require(try container.daemonProcess()), SIGKILL)
            #expect(try await container.process.waitForExit() == .exited(1))
            #expect(container.process.output.contains("keepalived has ended by itself, by signal 9"))
            #expect(try await node.host.addresses() == before)
        }
    }

    @Test("A wrong environment is told in whole and ends it with 2 before anything is done")
    func wrongEnvironment() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let container = try await FailoverContainer.start(
                on: node.host,
                environment: ["OPENSHIFT_HA_VIRTUAL_IPS": "10.9.9.1/24", "OPENSHIFT_HA_REPLICA_COUNT": "two"])
            #expect(try await container.process.waitForExit() == .exited(2))
            let lines = container.process.lines.entries().map(\.text)
            #expect(lines.count == 2)
            #expect(lines.first?.contains("OPENSHIFT_HA_VIRTUAL_IPS=\"10.9.9.1/24\"") == true)
            #expect(lines.last?.contains("OPENSHIFT_HA_REPLICA_COUNT=\"two\"") == true)
            #expect(!FileManager.default.fileExists(atPath: FailoverContainer.configuration(on: node.host)))
            #expect(try await node.host.run("nft", ["list", "ruleset"]).isEmpty)
        }
    }

    @Test("A daemon that does not listen to signals is killed at the third one")
    func stubbornDaemon() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let container = try await FailoverContainer.start(
                on: node.host, keepalived: "#!/bin/sh\ntrap '' TERM\necho runs\nwhile :; do sleep 1; done\n")
            try await container.process.waitForLine(containing: "runs", within: .seconds(10))
            for text in ["ending keepalived", "ending keepalived at once"] {
                container.process.signal(SIGTERM)
                try await container.process.waitForLine(containing: text, within: .seconds(15))
            }
            #expect(container.process.exitStatus == nil)
            container.process.signal(SIGINT)
            #expect(try await container.process.waitForExit(within: .seconds(5)).isSuccess)
        }
    }

    @Test("As the first process of a container it collects what others have left, and ends at a signal")
    func firstProcess() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let script = """
                #!/bin/bash
                for n in 1 2 3 4 5; do (sleep 0.2 &); done
                sleep 1
                echo "arguments: $*; zombies: $(ps -e -o stat= | grep -c Z)"
                exec sleep 1000
                """
            let container = try await FailoverContainer.start(
                on: node.host, keepalived: script, environment: ["KEEPALIVED_OPTIONS": "-D  --vrrp"],
                prefix: ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"])
            let line = try await container.process.waitForLine(containing: "zombies:", within: .seconds(15))
            let path = FailoverContainer.configuration(on: node.host)
            #expect(line.text == "arguments: -f \(path) -D --vrrp -n --log-console; zombies: 0")
            let first = try await node.host.run("pgrep", ["-P", "\(container.process.processIdentifier)"])
            kill(try #require(pid_t(first)), SIGHUP)
            #expect(try await container.process.waitForExit().isSuccess)
        }
    }

    @Test("By the name remove-failover.sh it removes the table and the addresses that a dead container has left")
    func removal() async throws {
        try await Lab.with { lab in
            let node = try await lab.node("one", 11)
            let before = try await node.host.addresses()
            let container = try await FailoverContainer.start(on: node.host)
            try await node.waitUntil("both addresses", within: .seconds(15)) { Set($0).isSuperset(of: Self.addresses) }
            container.kill()
            _ = try await container.process.waitForExit()
            #expect(try await node.host.addresses() != before)
            let link = "\(node.host.directory)/remove-failover.sh"
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: Programs.vrrpIPFailover)
            let removal = try await node.host.start(link, environment: FailoverContainer.environment)
            #expect(try await removal.waitForExit().isSuccess)
            #expect(try await node.host.addresses() == before)
            #expect(!(try await node.host.run("nft", ["list", "ruleset"]).contains("keepalived")))
        }
    }
}

import Glibc
import enum NetworkLab.Prerequisite
import Testing
import VRRP

@testable import LinuxHost
@testable import VRRPEngine

/// What a host did, and a script of requests that a test makes it carry out on its own thread.
private final class Script: HostObserver {
    var reports: [Report] = []
    var warnings: [HostWarning] = []
    var answers: [String: String] = [:]
    var commands: [String: (Host) throws -> String] = [:]
    var onReport: (Host, Report) -> Void = { _, _ in }

    func host(_ host: Host, reported report: Report) {
        reports.append(report)
        onReport(host, report)
        host.broadcast(Array("\(report)\n".utf8))
    }

    func host(_ host: Host, warned warning: HostWarning) { warnings.append(warning) }

    func host(_ host: Host, judged verdict: ScriptVerdict) {}

    func host(_ host: Host, received signal: Int32) { host.stop() }

    func host(_ host: Host, answers request: ArraySlice<UInt8>, of client: ControlConnection) -> ClientAnswer {
        let name = String(decoding: request, as: UTF8.self)
        do {
            answers[name] = try commands[name]?(host) ?? "watching"
        } catch { answers[name] = "\(error)" }
        return ClientAnswer(Array("done \(name)\n".utf8), startsWatching: true)
    }

    /// The states that a report says were entered, in order.
    var states: [VirtualRouterState.Name] {
        reports.compactMap { if case .transition(_, let transition, _) = $0 { transition.to } else { nil } }
    }
}

/// A virtual router on the interface `a` that is active a third of a second after its start.
private func definitions(acceptMode: Bool = true, virtualMAC: String? = nil) throws -> Definitions {
    guard let id = VirtualRouterID(rawValue: 51), let interval = AdvertisementInterval(centiseconds: 10) else {
        throw SetupFailure(description: "definition")
    }
    var router = VirtualRouterDefinition(
        name: "vip", interface: "a", family: .ipv4, virtualRouterID: id,
        addresses: [VirtualAddress(.v4(IPv4Address(192, 0, 2, 1)))])
    router.advertisementInterval = interval
    router.acceptMode = acceptMode
    router.virtualMAC = virtualMAC.map(VirtualMACInterface.init(name:))
    return Definitions(virtualRouters: [router])
}

/// An advert of another router of the group, which wins.
private func strongerAdvert() throws -> [UInt8] {
    let definition = try definitions().virtualRouters[0]
    let template = AdvertisementTemplate(
        AdvertisementContents(
            version: .v3, family: .ipv4, virtualRouterID: definition.virtualRouterID,
            interval: definition.advertisementInterval, addresses: definition.addresses.map(\.address)),
        priority: 200, source: .v4(IPv4Address(198, 51, 100, 7)), destination: AddressFamily.ipv4.vrrpGroup,
        checksum: .pseudoHeader, sourceMAC: .virtualRouter(definition.virtualRouterID, .ipv4),
        destinationMAC: .multicast(AddressFamily.ipv4.vrrpGroup))
    return template.frame
}

/// What is left when a host has ended.
private struct Ending: Sendable {
    var states: [VirtualRouterState.Name] = []
    var answers: [String: String] = [:]
    var warnings: [String] = []
    var frames: [[UInt8]] = []
    var addresses = ""
    var links = ""
    var rules = ""
}

/// Runs a host in a namespace of its own until a client says `stop`.
private func run(
    _ definitions: Definitions, _ options: HostOptions, setUp: @escaping @Sendable (Script) throws -> Void
) async throws -> Ending {
    try await Namespace.run {
        try Namespace.makePair()
        try shell("ip addr add 198.51.100.1/24 dev a")
        let script = Script()
        script.commands["stop"] = { host in
            host.stop()
            return "stopping"
        }
        try setUp(script)
        let tap = try Tap(try index(of: "b"))
        do {
            let host = try Host(options, observer: script)
            try host.begin()
            try host.apply(definitions)
            try host.run()
        }
        return Ending(
            states: script.states, answers: script.answers, warnings: script.warnings.map(\.description),
            frames: tap.frames(), addresses: try shell("ip -4 -o addr show"), links: try shell("ip -o link show"),
            rules: try shell("nft list ruleset"))
    }
}

@Suite("The host", .needs([.root, .iproute2, .networkNamespaces, .veth, .macvlan, .nftables]))
struct HostTests {
    private var options: HostOptions {
        var options = HostOptions()
        options.controlSocketPath = temporaryPath("host")
        options.pidFilePath = temporaryPath("host-pid")
        return options
    }

    /// Says something to a host some time after it listens, and waits until it answers.
    private func tell(_ options: HostOptions, _ word: String, after milliseconds: Int) async throws {
        let path = try #require(options.controlSocketPath)
        for _ in 0..<500 where access(path, F_OK) != 0 { try await Task.sleep(for: .milliseconds(10)) }
        try await Task.sleep(for: .milliseconds(milliseconds))
        let client = try Client(path)
        client.say("\(word)\n")
        for _ in 0..<500 {
            if client.hear().text.contains("done \(word)") { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("no answer to \(word)")
    }

    @Test("Work in the background keeps no advert waiting, and its outcome comes back to the engine's thread")
    func background() async throws {
        let ending = try await run(try definitions(), options) { script in
            script.onReport = { [unowned script] host, report in
                guard case .transition(_, let transition, _) = report, transition.to == .active else { return }
                let engineThread = pthread_self()
                host.performInBackground { () -> Bool in
                    usleep(1_550_000)
                    return pthread_equal(pthread_self(), engineThread) == 0
                } then: { wasElsewhere in
                    let isBack = pthread_equal(pthread_self(), engineThread) != 0
                    script.answers["background"] = wasElsewhere && isBack ? "came back" : "wrong thread"
                    host.stop()
                }
            }
        }
        #expect(ending.answers["background"] == "came back")
        // One at once, and one each 100 ms while the work goes on.
        #expect(advertisedPriorities(ending.frames).count { $0 > 0 } >= 14)
    }

    @Test("From the start to the end: leftovers go, the address comes, is put back when removed, and all is given up")
    func life() async throws {
        let options = options
        async let ended = run(try definitions(), options) { script in
            var leftover = VirtualAddress(.v4(IPv4Address(192, 0, 2, 99)))
            leftover.scope = 0
            let assignment = AddressAssignment(interfaceIndex: try index(of: "a"), address: leftover, router: nil)
            var configurator = try AddressConfigurator()
            var failures: [NetlinkError?] = []
            configurator.perform([.add(assignment)], failures: &failures)
            let show: (Host) throws -> String = { _ in try shell("ip -4 -o addr show dev a") }
            script.commands["early"] = { host in
                // On a busy machine the question may come when the router is active already.
                host.snapshot.routers.allSatisfy { $0.state.name != .active } ? try show(host) : "active"
            }
            script.commands["active"] = show
            script.commands["remove"] = { _ in try shell("ip addr del 192.0.2.1/32 dev a") }
            script.commands["restored"] = show
        }
        try await tell(options, "early", after: 50)
        try await tell(options, "active", after: 3_000)
        try await tell(options, "remove", after: 10)
        try await tell(options, "restored", after: 2_000)
        try await tell(options, "stop", after: 10)
        let ending = try await ended

        #expect(ending.answers["early"]?.contains("192.0.2.99") == false)
        #expect(ending.answers["early"]?.contains("192.0.2.1/32") == false)
        #expect(ending.answers["active"]?.contains("192.0.2.1/32") == true)
        #expect(ending.answers["remove"] == "")
        #expect(ending.answers["restored"]?.contains("192.0.2.1/32") == true)
        #expect(ending.states == [.backup, .active, .initialize] || ending.states == [.backup, .active])
        let priorities = advertisedPriorities(ending.frames)
        #expect(priorities.count > 5)
        #expect(priorities.dropLast().allSatisfy { $0 == 100 })
        #expect(priorities.last == 0)
        #expect(gratuitousARP(ending.frames).count >= 3)
        #expect(!ending.addresses.contains("192.0.2.1/32"))
        #expect(ending.addresses.contains("198.51.100.1/24"))
        #expect(access(try #require(options.pidFilePath), F_OK) != 0)
        #expect(access(try #require(options.controlSocketPath), F_OK) != 0)
        // The commands above keep the engine's thread waiting for the programs that they start.
        #expect(ending.warnings.filter { !$0.contains("listens first") } == [])
    }

    @Test("A host that was stopped for longer than its deadline hears its replacement before it says anything")
    func lateness() async throws {
        let options = options
        async let ended = run(try definitions(), options) { script in
            var sentBefore: UInt64 = 0
            script.commands["stall"] = { host in
                sentBefore = host.snapshot.routers[0].statistics.advertisementsSent
                var sender = try FrameSender()
                var failures = SendFailures()
                let advert = try strongerAdvert()
                let interface = try index(of: "b")
                sender.append(interfaceIndex: interface) { $0 += advert }
                usleep(450_000)
                sender.flush(failures: &failures)
                usleep(50_000)
                return ""
            }
            script.onReport = { host, report in
                guard sentBefore > 0, case .transition(_, let transition, _) = report, transition.to == .backup else {
                    return
                }
                let sent = host.snapshot.routers[0].statistics.advertisementsSent - sentBefore
                script.answers["sent"] = "\(sent)"
            }
        }
        try await tell(options, "stall", after: 3_000)
        try await tell(options, "stop", after: 100)
        let ending = try await ended
        #expect(ending.states.starts(with: [.backup, .active, .backup]))
        #expect(ending.answers["sent"] == "0")
        #expect(ending.warnings.contains { $0.contains("listens first") })
    }

    @Test("With a virtual MAC address and without accept mode, the macvlan and the packet filter come and go")
    func virtualMAC() async throws {
        let options = options
        async let ended = run(try definitions(acceptMode: false, virtualMAC: "vrrp.51"), options) { script in
            script.commands["active"] = { _ in
                try shell("ip -4 -o addr show dev vrrp.51; ip -o link show dev vrrp.51; nft list ruleset")
            }
        }
        try await tell(options, "active", after: 4_000)
        try await tell(options, "stop", after: 10)
        let ending = try await ended
        let active = try #require(ending.answers["active"])
        #expect(active.contains("192.0.2.1/32"))
        #expect(active.contains("00:00:5e:00:01:33"))
        #expect(active.contains("elements = { 192.0.2.1 }"))
        let priorities = advertisedPriorities(ending.frames)
        #expect(priorities.last == 0)
        #expect(!ending.links.contains("vrrp.51"))
        #expect(ending.rules.isEmpty)
        #expect(ending.warnings.filter { !$0.contains("listens first") } == [])
        let sources = Set(ending.frames.filter { IPPacket(ethernet: $0.span) != nil }.map { Array($0[6..<12]) })
        #expect(sources == [[0, 0, 0x5e, 0, 1, 0x33]])
    }
}

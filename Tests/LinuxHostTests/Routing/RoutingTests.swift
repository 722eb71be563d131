import Glibc
import NetworkLab
import Testing
import VRRP

@testable import LinuxHost
@testable import VRRPEngine

private func assignment(_ entry: RoutingEntry) throws -> RoutingAssignment {
    RoutingAssignment(
        entry: entry, interfaceIndices: try entry.resolvedInterfaces.map { try index(of: $0) }, router: nil)
}

private func failures(_ results: [RoutingConfigurator.Result]) -> [NetlinkError] {
    results.compactMap { if case .failure(let error) = $0 { error } else { nil } }
}

private func outcomes(_ results: [RoutingConfigurator.Result]) -> [ConfigurationOutcome] {
    results.map { if case .success(let outcome) = $0 { outcome } else { .refused } }
}

private func route(_ text: String, _ change: (inout VirtualRoute) -> Void = { _ in }) throws -> RoutingEntry {
    guard let prefix = NetworkPrefix(text) else { throw SetupFailure(description: text) }
    var route = VirtualRoute(to: prefix)
    change(&route)
    return .route(route)
}

private func rule(
    _ action: VirtualRule.Action, _ priority: UInt32, _ family: AddressFamily = .ipv4,
    _ change: (inout VirtualRule) -> Void = { _ in }
) -> RoutingEntry {
    var rule = VirtualRule(action, priority: priority, family: family)
    change(&rule)
    return .rule(rule)
}

@Suite("Routes and rules", .needs([.root, .iproute2, .networkNamespaces, .veth]))
struct RoutingTests {
    /// Configures entries, shows what the kernel has of them, and takes them away.
    private static func shown(
        _ entries: @escaping @Sendable () throws -> [RoutingEntry]
    ) async throws -> (shown: String, rest: String, failures: [NetlinkError]) {
        try await Namespace.run {
            try Namespace.makePair()
            try shell("ip addr add 192.0.2.10/24 dev a; ip addr add 2001:db8::10/64 dev a nodad")
            var configurator = try RoutingConfigurator()
            var results: [RoutingConfigurator.Result] = []
            let all = try entries().map { try assignment($0) }
            configurator.perform(all.map { RoutingOperation(assignment: $0, isAddition: true) }, results: &results)
            var failed = failures(results)
            let list =
                "ip -d route show table all; ip -d -6 route show table all; ip -d rule; ip -d -6 rule"
            let shown = try shell(list)
            configurator.perform(
                all.reversed().map { RoutingOperation(assignment: $0, isAddition: false) }, results: &results)
            failed += failures(results)
            return (shown, try shell(list), failed)
        }
    }

    @Test("A route has the gateway, interface, source, table, type of service, scope and metric of its definition")
    func attributes() async throws {
        let (shown, rest, failures) = try await Self.shown {
            [
                try route("198.51.100.0/24") {
                    $0.gateway = IPAddress("192.0.2.1")
                    $0.interface = "a"
                    $0.preferredSource = IPAddress("192.0.2.10")
                    $0.table = 1000
                    $0.typeOfService = 0x10
                    $0.scope = 200
                    $0.metric = 7
                    $0.realms = 0x0003_0004
                },
                try route("0.0.0.0/0") { $0.gateway = IPAddress("192.0.2.1") },
                try route("198.51.101.0/24") {
                    $0.gateway = IPAddress("203.0.113.1")
                    $0.interface = "a"
                    $0.isOnLink = true
                    $0.placement = .only
                },
                try route("198.51.102.0/24") {
                    $0.gateway = IPAddress("fe80::1")
                    $0.interface = "a"
                },
                try route("2001:db8:1::/48") {
                    $0.gateway = IPAddress("2001:db8::1")
                    $0.source = NetworkPrefix("2001:db8:2::/48")
                    $0.routerPreference = .high
                    $0.table = 77
                },
                try route("::/0") {
                    $0.interface = "a"
                    $0.metric = 333
                    $0.placement = .last
                },
            ]
        }
        #expect(failures.isEmpty)
        let wanted = [
            "198.51.100.0/24 tos 0x10 via 192.0.2.1 dev a table 1000 proto keepalived scope site src 192.0.2.10 metric 7"
                + " realms 3/4",
            "unicast default via 192.0.2.1 dev a table main proto keepalived scope global",
            "unicast 198.51.101.0/24 via 203.0.113.1 dev a table main proto keepalived scope global onlink",
            "unicast 198.51.102.0/24 via inet6 fe80::1 dev a table main proto keepalived scope global",
            "unicast 2001:db8:1::/48 from 2001:db8:2::/48 via 2001:db8::1 dev a table 77 proto keepalived scope global"
                + " metric 1024 pref high",
            "unicast default dev a table main proto keepalived scope global metric 333",
        ]
        for line in wanted { #expect(shown.contains(line), "\(line)\n\(shown)") }
        #expect(!rest.contains("keepalived"), "\(rest)")
    }

    @Test("A route with a lifetime goes by itself")
    func lifetime() async throws {
        let (shown, _, failures) = try await Self.shown {
            [
                try route("2001:db8:1::/48") {
                    $0.interface = "a"
                    $0.lifetime = 10_000
                }
            ]
        }
        #expect(failures.isEmpty)
        let line = try #require(shown.split(separator: "\n").first { $0.contains("2001:db8:1::/48") })
        #expect(line.contains(" expires 10000sec") || line.contains(" expires 999"))
    }

    @Test("Each type of route is that of its definition")
    func kinds() async throws {
        let (shown, rest, failures) = try await Self.shown {
            try VirtualRoute.Kind.allCases.filter { $0 != .unicast }.enumerated().map { number, kind in
                try route("203.0.113.\(number)") {
                    $0.kind = kind
                    $0.table = 5
                    if [.local, .broadcast, .multicast].contains(kind) { $0.interface = "a" }
                }
            } + [try route("2001:db8:1::/48") { $0.kind = .unreachable }]
        }
        #expect(failures.isEmpty)
        for kind in VirtualRoute.Kind.allCases where kind != .unicast {
            #expect(shown.contains("\(kind.rawValue) 203.0.113."), "\(kind)")
        }
        #expect(shown.contains("unreachable 2001:db8:1::/48"))
        #expect(!rest.contains("keepalived"), "\(rest)")
    }

    @Test("Connections over a route begin with its metrics")
    func metrics() async throws {
        let (shown, rest, failures) = try await Self.shown {
            [
                try route("198.51.100.0/24") {
                    $0.interface = "a"
                    $0.metrics = [
                        .mtu: 1400, .window: 1000, .rtt: 2400, .rttvar: 1000, .ssthresh: 40, .cwnd: 20, .advmss: 1300,
                        .reordering: 5, .hoplimit: 30, .initcwnd: 12, .features: 1, .rto_min: 210, .initrwnd: 13,
                        .quickack: 1, .fastopen_no_cookie: 1,
                    ]
                    $0.lockedMetrics = [.mtu, .cwnd]
                    $0.congestionControl = "reno"
                }
            ]
        }
        #expect(failures.isEmpty)
        let words = [
            "mtu lock 1400", "window 1000", "rtt 300ms", "rttvar 250ms", "ssthresh 40", "cwnd lock 20", "advmss 1300",
            "reordering 5", "hoplimit 30", "initcwnd 12", "features ecn", "rto_min 210ms", "initrwnd 13", "quickack 1",
            "congctl reno", "fastopen_no_cookie 1",
        ]
        for word in words { #expect(shown.contains(word), "\(word)\n\(shown)") }
        #expect(!rest.contains("keepalived"), "\(rest)")
    }

    @Test("Packets are parted among several next hops by their weights")
    func nextHops() async throws {
        let (shown, rest, failures) = try await Self.shown {
            [
                try route("198.51.100.0/24") {
                    $0.nextHops = [
                        NextHop(gateway: IPAddress("192.0.2.1"), interface: "a"),
                        NextHop(gateway: IPAddress("192.0.2.2")),
                        NextHop(gateway: IPAddress("203.0.113.9"), interface: "b"),
                        NextHop(gateway: IPAddress("fe80::9"), interface: "a"),
                    ]
                    $0.nextHops[1].weight = 256
                    $0.nextHops[2].isOnLink = true
                },
                try route("2001:db8:1::/48") {
                    $0.nextHops = [
                        NextHop(gateway: IPAddress("2001:db8::1"), interface: "a"),
                        NextHop(gateway: IPAddress("fe80::1"), interface: "b"),
                    ]
                },
            ]
        }
        #expect(failures.isEmpty, "\(failures)")
        let wanted = [
            "nexthop via 192.0.2.1 dev a weight 1", "nexthop via 192.0.2.2 dev a weight 256",
            "nexthop via 203.0.113.9 dev b weight 1 onlink", "nexthop via inet6 fe80::9 dev a weight 1",
            "nexthop via 2001:db8::1 dev a weight 1", "nexthop via fe80::1 dev b weight 1",
        ]
        for line in wanted { #expect(shown.contains(line), "\(line)\n\(shown)") }
        #expect(!rest.contains("keepalived"), "\(rest)")
    }

    @Test("A rule has every condition and action of its definition")
    func rules() async throws {
        let (shown, rest, failures) = try await Self.shown {
            [
                rule(.lookup(table: 1000), 500) {
                    $0.isInverted = true
                    $0.source = NetworkPrefix("198.51.100.0/24")
                    $0.destination = NetworkPrefix("203.0.113.7")
                    $0.typeOfService = 0x10
                    $0.firewallMark = 5
                    $0.firewallMask = 0xff
                    $0.inputInterface = "a"
                    $0.outputInterface = "b"
                    $0.suppressedPrefixLength = 0
                    $0.suppressedInterfaceGroup = 3
                    $0.realms = 0x0003_0004
                },
                rule(.lookup(table: 7), 501) {
                    $0.tunnelID = 77
                    $0.userIDs = 10...20
                    $0.ipProtocol = 6
                    $0.sourcePorts = 1000...2000
                    $0.destinationPorts = 80...80
                },
                rule(.goTo(600), 502), rule(.nothing, 503), rule(.blackhole, 504), rule(.unreachable, 505),
                rule(.prohibit, 506),
                rule(.lookup(table: 9), 507, .ipv6) { $0.source = NetworkPrefix("2001:db8::/32") },
            ]
        }
        #expect(failures.isEmpty, "\(failures)")
        let wanted = [
            "500:\tnot from 198.51.100.0/24 to 203.0.113.7 tos 0x10 fwmark 0x5/0xff iif a [detached]", "501:\tfrom all",
            "502:\tfrom all goto 600", "503:\tfrom all nop", "504:\tfrom all blackhole", "505:\tfrom all unreachable",
            "506:\tfrom all prohibit", "507:\tfrom 2001:db8::/32 lookup 9",
        ]
        for line in wanted.dropFirst() { #expect(shown.contains(line), "\(line)\n\(shown)") }
        let words = [
            "not from 198.51.100.0/24 to 203.0.113.7 tos 0x10 fwmark 0x5/0xff iif a oif b lookup 1000",
            "suppress_prefixlength 0", "suppress_ifgroup 3", "realms 3/4", "tun_id 77", "uidrange 10-20", "ipproto tcp",
            "sport 1000-2000", "dport 80", "lookup 7",
        ]
        for word in words { #expect(shown.contains(word), "\(word)\n\(shown)") }
        #expect(shown.split(separator: "\n").count { $0.contains("proto keepalived") } == 8)
        #expect(!rest.contains("keepalived"), "\(rest)")
    }

    @Test("What stands as wanted is a success that says so, and what is wrong fails by itself")
    func outcomesOfBatch() async throws {
        let (first, second, third) = try await Namespace.run {
            try Namespace.makePair()
            try shell("ip addr add 192.0.2.10/24 dev a; ip route add 198.51.101.0/24 dev b")
            let good = try assignment(try route("198.51.100.0/24") { $0.interface = "a" })
            let unreachable = try assignment(try route("198.51.102.0/24") { $0.gateway = IPAddress("203.0.113.1") })
            let policy = try assignment(rule(.lookup(table: 7), 500))
            let foreign = try assignment(
                try route("198.51.101.0/24") {
                    $0.interface = "b"
                    $0.placement = .only
                })
            var configurator = try RoutingConfigurator()
            var results: [RoutingConfigurator.Result] = []
            func perform(_ assignments: [RoutingAssignment], _ isAddition: Bool) -> [ConfigurationOutcome] {
                configurator.perform(
                    assignments.map { RoutingOperation(assignment: $0, isAddition: isAddition) }, results: &results)
                return outcomes(results)
            }
            let first = perform([good, unreachable, policy, good, policy, foreign], true)
            let second = perform([good, good, policy, policy, foreign], false)
            return (first, second, try shell("ip route"))
        }
        #expect(first == [.done, .refused, .done, .unnecessary, .unnecessary, .unnecessary])
        #expect(second == [.done, .unnecessary, .done, .unnecessary, .unnecessary])
        #expect(third.contains("198.51.101.0/24 dev b"))
    }

    @Test("What a dead process left behind goes, and nothing else")
    func leftovers() async throws {
        let (count, shown) = try await Namespace.run {
            try Namespace.makePair()
            try shell(
                """
                ip addr add 192.0.2.10/24 dev a; ip addr add 2001:db8::10/64 dev a nodad
                ip route add 198.51.100.0/24 dev a proto 18; ip route add 198.51.101.0/24 dev a proto static
                ip route add 198.51.100.0/24 dev a table 1000 proto 18 metric 5
                ip route add 198.51.102.0/24 proto 18 nexthop via 192.0.2.1 nexthop via 192.0.2.2
                ip -6 route add 2001:db8:1::/48 via 2001:db8::1 proto 18; ip route add blackhole 203.0.113.0/24 proto 18
                ip -6 route add 2001:db8:2::/48 via 2001:db8::1 proto static
                ip rule add from 198.51.100.0/24 table 5 pref 500 proto 18; ip rule add table 5 pref 501
                ip -6 rule add from 2001:db8::/32 table 5 pref 502 protocol 18
                """)
            var configurator = try RoutingConfigurator()
            let count = try configurator.removeLeftovers()
            return (
                count, try shell("ip route show table all; ip -6 route show table all; ip rule; ip -6 rule")
            )
        }
        #expect(count == 7)
        #expect(!shown.contains("keepalived"))
        for rest in ["198.51.101.0/24", "2001:db8:2::/48", "501:"] { #expect(shown.contains(rest)) }
    }

    @Test("Only the removal of what has the mark, by somebody else, is news")
    func news() async throws {
        let heard = try await Namespace.run {
            try Namespace.makePair()
            try shell("ip addr add 192.0.2.10/24 dev a; ip addr add 2001:db8::10/64 dev a nodad")
            var configurator = try RoutingConfigurator()
            let monitor = try RoutingMonitor(ownPort: configurator.portNumber)
            var results: [RoutingConfigurator.Result] = []
            let own = try assignment(try route("198.51.100.0/24") { $0.interface = "a" })
            let policy = try assignment(rule(.lookup(table: 7), 500))
            func perform(_ isAddition: Bool) {
                configurator.perform(
                    [own, policy].map { RoutingOperation(assignment: $0, isAddition: isAddition) }, results: &results)
            }
            var heard: [Bool] = []
            func listen(_ command: String) throws {
                try shell(command)
                heard.append(try monitor.receive(limit: 100))
            }
            perform(true)
            perform(false)
            try listen("ip route add 198.51.101.0/24 dev a; ip route del 198.51.101.0/24")
            try listen("ip rule add table 5 pref 400; ip rule del pref 400")
            perform(true)
            try listen("ip route add 198.51.101.0/24 dev a proto 18")
            try listen("ip route del 198.51.100.0/24")
            try listen("ip rule del pref 500")
            try listen("ip -6 route add 2001:db8:1::/48 via 2001:db8::1 proto 18; ip -6 route del 2001:db8:1::/48")
            try listen("true")
            return heard
        }
        #expect(heard == [false, false, false, true, true, true, false])
    }

    @Test("Ten thousand changes of other routes wake nobody")
    func flood() async throws {
        let (isLost, hasNews) = try await Namespace.run {
            try Namespace.makePair()
            let monitor = try RoutingMonitor(ownPort: 1)
            try shell(
                """
                i=0; while [ $i -lt 10000 ]; do echo "route add 10.$((i/250)).$((i%250)).0/24 dev a"; i=$((i+1)); done \
                    | ip -batch -
                """)
            try shell("ip route flush root 10/8")
            var descriptor = pollfd(fd: monitor.fileDescriptor, events: Int16(POLLIN), revents: 0)
            let ready = Glibc.poll(&descriptor, 1, 0)
            return (try monitor.receive(limit: 10), ready)
        }
        #expect(!isLost)
        #expect(hasNews == 0)
    }
}

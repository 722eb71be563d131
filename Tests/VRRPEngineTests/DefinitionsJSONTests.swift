import Foundation
import JSONDocument
import Testing
import VRRP
import VRRPEngine

@Suite("definitions.json")
struct DefinitionsJSONTests {
    @Test("Every field of every definition type survives writing and reading", arguments: [true, false])
    func roundTrip(pretty: Bool) throws {
        let definitions = Self.everything
        try definitions.validate()
        #expect(try Definitions(json: definitions.json(pretty: pretty)) == definitions)
    }

    @Test("A definition that says only what it must has the protocol's defaults")
    func defaults() throws {
        let text = """
            {"version": 1, "virtualRouters": [{"name": "a", "interface": "eth0", "family": "ipv4",
             "virtualRouterID": 7, "addresses": ["192.0.2.1"], "priority": null}]}
            """
        let definitions = try Definitions(json: Array(text.utf8))
        let router = Self.router("a", 7)
        #expect(definitions == Definitions(virtualRouters: [router]))
        #expect(
            Set(Self.names(in: definitions.json))
                == ["version", "virtualRouters", "name", "interface", "family", "virtualRouterID", "addresses"])
    }

    @Test("Delays and spacings below a millisecond survive")
    func fractions() throws {
        var router = Self.router("a", 7)
        router.preemption = .delayed(Nanoseconds(1_500_250_000))
        router.announcements.gratuitousARPSpacing = .microseconds(250)
        router.announcements.refreshInterval = nil
        let definitions = Definitions(virtualRouters: [router])
        let bytes = definitions.json(pretty: true)
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""gratuitousARPSpacingMilliseconds": 0.25"#))
        #expect(try Definitions(json: bytes) == definitions)
    }

    @Test(
        "A password of any octets that a String can hold survives",
        arguments: ["s", "abcdefgh", "é", "a\u{0}b", "\u{0}", "\"\\"])
    func passwords(text: String) throws {
        var router = Self.router("a", 7)
        router.version = .v2
        let password = try #require(SimpleTextPassword(text))
        for authentication in [Authentication.simpleText(password), .authenticationHeader(key: password)] {
            router.authentication = authentication
            let definitions = Definitions(virtualRouters: [router])
            #expect(try Definitions(json: definitions.json(pretty: false)) == definitions)
        }
    }

    @Test("The schema and the reader know the same fields")
    func schema() throws {
        let schema = try JSONNode.parse(Self.file("docs/definitions.schema.json")).value
        var described: Set<String> = []
        Self.collectProperties(in: schema, into: &described)
        #expect(described == Set(Self.names(in: Self.everything.json)))
    }

    @Test("The documentation's example is in force as it stands, and its tables name every field")
    func documentation() throws {
        let text = String(decoding: try Self.file("docs/definitions.md"), as: UTF8.self)
        let start = try #require(text.range(of: "```json\n"))
        let end = try #require(text.range(of: "\n```", range: start.upperBound..<text.endIndex))
        let example = try Definitions(json: Array(text[start.upperBound..<end.lowerBound].utf8))
        #expect(example.generation == 12)
        #expect(example.virtualRouters.map(\.name) == ["ingress-v4", "ingress-v6", "legacy"])
        #expect(example.virtualRouters[0].addresses[1].label == "eth0:vip")
        #expect(example.virtualRouters[0].preemption == .delayed(.seconds(30)))
        for name in Self.names(in: Self.everything.json) {
            #expect(text.contains("| `\(name)` |") || text.contains("].\(name)` |") || name == "name", "\(name)")
        }
    }

    @Test("Not more than 16 MiB is read")
    func size() {
        let bytes = [UInt8](repeating: UInt8(ascii: " "), count: 16 << 20 | 1)
        let error = #expect(throws: DefinitionsJSONError.self) { try Definitions(json: bytes) }
        guard case .syntax = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}

extension DefinitionsJSONTests {
    static func router(_ name: String, _ id: UInt8, _ address: String = "192.0.2.1") -> VirtualRouterDefinition {
        VirtualRouterDefinition(
            name: name, interface: "eth0", family: .ipv4, virtualRouterID: VirtualRouterID(rawValue: id)!,
            addresses: [VirtualAddress(IPAddress(address)!)])
    }

    /// Definitions in which every field differs from its default somewhere.
    static var everything: Definitions {
        var first = router("VI_1", 51, "192.0.2.100")
        first.priority = Priority(rawValue: 200)!
        first.advertisementInterval = AdvertisementInterval(centiseconds: 25)!
        var second = VirtualAddress(IPAddress("192.0.2.101")!, prefixLength: 24)
        second.interface = "eth1"
        second.label = "eth1:1"
        second.scope = 253
        second.broadcast = IPv4Address("192.0.2.255")
        var third = VirtualAddress(IPAddress("192.0.2.102")!)
        third.scope = 77
        third.peer = IPAddress("192.0.2.103")
        third.options = .noPrefixRoute
        third.isTracked = false
        first.addresses += [second, third]
        var ipv6 = VirtualAddress(IPAddress("2001:db8::2")!, prefixLength: 64)
        ipv6.preferredLifetime = 60
        ipv6.options = [.home, .duplicateDetection, .temporaryAddresses]
        first.unadvertisedAddresses = [VirtualAddress(IPAddress("2001:db8::1")!, prefixLength: 64), ipv6]
        first.virtualRoutes = RoutingSamples.routes
        first.virtualRules = RoutingSamples.rules
        first.preemption = .delayed(.seconds(30))
        first.acceptMode = false
        first.transport = .multicast(group: IPAddress("224.0.0.99")!)
        first.sourceAddress = IPAddress("192.0.2.10")
        first.virtualMAC = VirtualMACInterface(name: "vrrp.51")
        first.virtualMAC?.macAddress = MACAddress("02:00:5e:00:01:33")
        first.virtualMAC?.advertisesFromParent = true
        first.virtualMAC?.linkGroup = 4_294_967_295
        first.downTimerAdverts = 5
        first.promotesSecondaries = true
        first.tracking.ownInterface = false
        first.tracking.conditions = [
            TrackedCondition(.interface("eth2"), effect: .fault),
            TrackedCondition(.interface("eth3"), effect: .weight(-20)),
            TrackedCondition(.external("check"), effect: .reversedWeight(30)),
            TrackedCondition(.external("other"), effect: .reversedFault),
            TrackedCondition(.number("load"), effect: .weight(254)),
        ]
        first.tracking.sourceAddress = true
        first.announcements.afterBecomingActive = [.zero, .seconds(3)]
        first.announcements.afterContest = []
        first.announcements.refreshInterval = nil
        first.announcements.refreshRounds = 2
        first.announcements.gratuitousARPSpacing = .milliseconds(2)
        first.announcements.neighborAdvertisementSpacing = .milliseconds(3)
        first.announcements.extraInterfaces = ExtraInterfaceAnnouncements(
            interval: .seconds(100), includesPhysicalInterfaces: true)
        first.interoperability.transmittedChecksum = .followPeer
        first.interoperability.acceptedChecksums = .messageOnly
        first.interoperability.requiresLinkLocalFirst = false
        first.interoperability.addressListMismatch = .discard
        first.interoperability.answersLowerPriority = false
        first.interoperability.advertisesBeforeYielding = true
        first.interoperability.ownersSettleByAddress = false
        first.interoperability.longestLearnedInterval = AdvertisementInterval(centiseconds: 1000)
        first.interoperability.fitsAdvertsToMTU = true

        var legacy = router("legacy", 52, "203.0.113.7")
        legacy.version = .v2
        legacy.preemption = .never
        legacy.authentication = .simpleText(SimpleTextPassword("s3cret")!)
        var far = UnicastPeer(address: IPAddress("203.0.113.3")!, minimumHopLimit: 64)
        far.maximumHopLimit = 250
        legacy.transport = .unicast(peers: [UnicastPeer(address: IPAddress("203.0.113.2")!), far])
        legacy.unicastHopLimit = 64
        let group = SyncGroupDefinition(
            name: "group", members: ["legacy", "VI_1"],
            conditions: [TrackedCondition(.interface("eth4"), effect: .weight(-40))])
        var policy = NodePolicy()
        policy.startDelay = .seconds(5)
        policy.delayAfterBoot = .seconds(60)
        policy.reportsUnknownRouters = true
        policy.disablesLocalIGMP = true
        policy.filter.table = "vips"
        policy.filter.priority = -300
        policy.filter.countsPackets = true
        policy.announcementGroups = [AnnouncementGroup(interfaces: ["eth0", "eth1"])]
        policy.announcementGroups[0].gratuitousARPSpacing = .milliseconds(4)
        policy.announcementGroups[0].neighborAdvertisementSpacing = .milliseconds(5)
        var definitions = Definitions(
            generation: 12, virtualRouters: [first, legacy], syncGroups: [group], node: policy)
        definitions.statics.addresses = [StaticEntry(second, trackGroup: "statics"), StaticEntry(second)]
        definitions.statics.addresses[0].value.address = IPAddress("192.0.2.200")!
        definitions.statics.addresses[1].value.address = IPAddress("192.0.2.201")!
        definitions.statics.routes = [
            StaticEntry(RoutingSamples.routes[0], trackGroup: "statics"), StaticEntry(RoutingSamples.routes[1]),
        ]
        definitions.statics.rules = [StaticEntry(RoutingSamples.rules[0], trackGroup: "statics")]
        definitions.statics.trackGroups = [TrackGroupDefinition(name: "statics", virtualRouters: ["VI_1"])]
        definitions.interfaceDelays = [
            InterfaceDelay(interface: "eth0", down: .milliseconds(500), up: .seconds(2)),
            InterfaceDelay(interface: "eth1", down: .seconds(1), up: .seconds(1)),
        ]
        return definitions
    }

    static func file(_ path: String) throws -> [UInt8] {
        var root = URL(fileURLWithPath: #filePath)
        while !FileManager.default.fileExists(atPath: root.appendingPathComponent("docs").path), root.path != "/" {
            root.deleteLastPathComponent()
        }
        return Array(try Data(contentsOf: root.appendingPathComponent(path)))
    }

    /// The names of all members, at any depth.
    static func names(in value: JSONValue) -> [String] {
        switch value {
        case .object(let object): object.flatMap { [$0.key] + names(in: $0.value) }
        case .array(let elements): elements.flatMap(names)
        default: []
        }
    }

    static func collectProperties(in value: JSONValue, into names: inout Set<String>) {
        switch value {
        case .object(let object):
            for member in object {
                if member.key == "properties", case .object(let properties) = member.value {
                    names.formUnion(properties.map(\.key))
                }
                collectProperties(in: member.value, into: &names)
            }
        case .array(let elements):
            for element in elements { collectProperties(in: element, into: &names) }
        default: break
        }
    }
}

import VRRP
import VRRPEngine

/// A line of `virtual_rules` or `static_rules`, which is read like the words behind `ip rule add`.
struct RuleEntry {
    /// What such a line may be, for people.
    static let allowed = "[not] [from PREFIX] [to PREFIX] [priority N] [iif IF] ... table TABLE|ACTION"

    /// The rule; its priority is 0 while none is given.
    var rule: VirtualRule
    /// Whether it has a priority of its own.
    var hasPriority = false
    /// The track group of a static rule.
    var trackGroup: Located<String>?

    private let names: RoutingNames
    private let isStatic: Bool
    private let place: SourcePlace
    private var family: AddressFamily?
    private var source: String?
    private var destination: String?
    private var action: VirtualRule.Action?

    private init(_ place: SourcePlace, _ names: RoutingNames, isStatic: Bool) {
        self.names = names
        self.isStatic = isStatic
        self.place = place
        rule = VirtualRule(.nothing, priority: 0, family: .ipv4)
    }

    /// The rule of an entry; nil, and reported, where it is wrong.
    static func read(
        _ entry: Statement, in list: String, _ names: RoutingNames, isStatic: Bool = false, _ log: inout DiagnosticLog
    ) -> RuleEntry? {
        var reader = EntryReader(allWordsOf: entry, in: list, &log)
        var result = RuleEntry(entry.place, names, isStatic: isStatic)
        while let word = reader.next() {
            guard result.read(word, &reader, &log) else { return nil }
        }
        return result.complete(reader, &log) ? result : nil
    }

    private mutating func read(_ word: String, _ reader: inout EntryReader, _ log: inout DiagnosticLog) -> Bool {
        switch word {
        case "inet": family = .ipv4
        case "inet6": family = .ipv6
        case "not": rule.isInverted = true
        case "from":
            guard let text = reader.value(of: word, .prefixText, &log) else { return false }
            source = text
        case "to":
            guard let text = reader.value(of: word, .prefixText, &log) else { return false }
            destination = text
        case "dev", "iif":
            guard let name = reader.value(of: word, .interfaceName, &log) else { return false }
            rule.inputInterface = name
        case "oif":
            guard let name = reader.value(of: word, .interfaceName, &log) else { return false }
            rule.outputInterface = name
        case "no_track": rule.isTracked = false
        case "track_group" where isStatic:
            guard let name = reader.value(of: word, .text("the name of a track_group"), &log) else { return false }
            trackGroup = Located(name, at: place, text: name)
        case "l3mdev":
            rule.usesTableOfVRF = true
            return act(.lookup(table: 0), reader, word, &log)
        case "nop": return act(.nothing, reader, word, &log)
        case "blackhole": return act(.blackhole, reader, word, &log)
        case "unreachable": return act(.unreachable, reader, word, &log)
        case "prohibit": return act(.prohibit, reader, word, &log)
        case "type":
            let format = ValueFormat<VirtualRule.Action>.choice(
                ["blackhole": .blackhole, "unreachable": .unreachable, "prohibit": .prohibit])
            guard let action = reader.value(of: word, format, &log) else { return false }
            return act(action, reader, word, &log)
        default: return readNumber(word, &reader, &log)
        }
        return true
    }

    private mutating func readNumber(_ word: String, _ reader: inout EntryReader, _ log: inout DiagnosticLog) -> Bool {
        func number(_ format: ValueFormat<UInt32>) -> UInt32? { reader.value(of: word, format, &log) }
        switch word {
        case "table", "lookup":
            guard let table = number(names.table) else { return false }
            return act(.lookup(table: table), reader, word, &log)
        case "goto":
            guard let target = number(.number(1...UInt32.max)) else { return false }
            return act(.goTo(target), reader, word, &log)
        case "preference", "order", "priority":
            guard let priority = number(.number(0...UInt32.max)) else { return false }
            rule.priority = priority
            hasPriority = true
        case "tos", "dsfield":
            guard let type = number(names.serviceType) else { return false }
            rule.typeOfService = UInt8(clamping: type)
        case "realms":
            guard let realms = number(names.realmPair) else { return false }
            rule.realms = realms
        case "suppress_prefixlength", "sup_pl":
            guard let length = number(.number(0...128)) else { return false }
            rule.suppressedPrefixLength = length
        case "suppress_ifgroup", "sup_group":
            guard let group = number(names.interfaceGroup) else { return false }
            rule.suppressedInterfaceGroup = group
        case "protocol":
            guard let number = number(names.routeProtocol) else { return false }
            if number != UInt32(VirtualRoute.ownProtocol) {
                log.warning(place, word, .changed(value: "\(number)", to: "18", because: .trackedByProtocol))
            }
        default: return readSelector(word, &reader, &log)
        }
        return true
    }

    private mutating func readSelector(_ word: String, _ reader: inout EntryReader, _ log: inout DiagnosticLog) -> Bool
    {
        switch word {
        case "fwmark":
            guard let (mark, mask) = reader.value(of: word, .firewallMark, &log) else { return false }
            (rule.firewallMark, rule.firewallMask) = (mark, mask)
        case "tunnel-id":
            let format = ValueFormat<UInt64>(allowed: "1 to 18446744073709551615") {
                UInt64($0).flatMap { $0 > 0 ? $0 : nil }
            }
            guard let identifier = reader.value(of: word, format, &log) else { return false }
            rule.tunnelID = identifier
        case "uidrange":
            guard let users = reader.value(of: word, .range(UInt32.self), &log) else { return false }
            rule.userIDs = users
        case "ipproto", "ip_proto":
            guard let number = reader.value(of: word, .ipProtocol, &log) else { return false }
            rule.ipProtocol = number
        case "sport", "dport":
            guard let ports = reader.value(of: word, .range(UInt16.self), &log) else { return false }
            if word == "sport" { rule.sourcePorts = ports } else { rule.destinationPorts = ports }
        default:
            reader.reject(word, allowed: Self.allowed, &log)
            return false
        }
        return true
    }

    private mutating func act(
        _ action: VirtualRule.Action, _ reader: EntryReader, _ word: String, _ log: inout DiagnosticLog
    ) -> Bool {
        guard self.action == nil else {
            reader.reject(word, allowed: "one of table, l3mdev, goto, nop, blackhole, unreachable, prohibit", &log)
            return false
        }
        self.action = action
        return true
    }

    /// Puts together what depends on several words; false, and reported, where they contradict each other.
    private mutating func complete(_ reader: EntryReader, _ log: inout DiagnosticLog) -> Bool {
        guard let action else {
            reader.reject(
                "a rule without an action", allowed: "table, l3mdev, goto, nop, blackhole, unreachable or prohibit",
                &log)
            return false
        }
        rule.action = action
        let texts = [source, destination].compactMap(\.self)
        rule.family = family ?? (texts.contains { $0.utf8.contains(UInt8(ascii: ":")) } ? .ipv6 : .ipv4)
        rule.source = source.flatMap { NetworkPrefix.named($0, rule.family) }
        rule.destination = destination.flatMap { NetworkPrefix.named($0, rule.family) }
        for prefix in [rule.source, rule.destination] {
            guard let prefix, prefix.family != rule.family else { continue }
            reader.reject("\(prefix)", allowed: "\(rule.family.name) addresses as the others of the rule", &log)
            return false
        }
        if rule.family == .ipv6, rule.realms != nil {
            log.error(place, "realms", .ignored(because: .ipv6))
            return false
        }
        if rule.realms != nil || rule.suppressedPrefixLength != nil || rule.suppressedInterfaceGroup != nil {
            guard case .lookup = action else {
                reader.reject(
                    "realms or suppress_...", allowed: "with a table; the rule has another action", &log)
                return false
            }
        }
        if case .goTo(let target) = action, hasPriority, target <= rule.priority {
            reader.reject("goto \(target)", allowed: "a priority beyond \(rule.priority)", &log)
            return false
        }
        return true
    }
}

extension ValueFormat {
    /// A number, or a range of them as in `10-20`.
    fileprivate static func range<Number: FixedWidthInteger & Sendable>(
        _ type: Number.Type
    ) -> ValueFormat<ClosedRange<Number>> {
        ValueFormat<ClosedRange<Number>>(allowed: "N or N-N, each 0 to \(Number.max)") { text in
            let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = RoutingNames.number(parts[0]).flatMap(Number.init(exactly:)) else { return nil }
            guard parts.count == 2 else { return first...first }
            guard let last = RoutingNames.number(parts[1]).flatMap(Number.init(exactly:)), last >= first else {
                return nil
            }
            return first...last
        }
    }
}

extension ValueFormat<(mark: UInt32, mask: UInt32?)> {
    /// A mark of the firewall, with or without the bits that count.
    fileprivate static var firewallMark: Self {
        ValueFormat(allowed: "N or N/MASK, each 0 to 4294967295") { text in
            let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
            guard let mark = RoutingNames.number(parts[0]) else { return nil }
            guard parts.count == 2 else { return (mark, nil) }
            return RoutingNames.number(parts[1]).map { (mark, $0) }
        }
    }
}

extension ValueFormat<UInt8> {
    private static let protocols: [String: UInt8] = [
        "icmp": 1, "igmp": 2, "tcp": 6, "udp": 17, "dccp": 33, "gre": 47, "esp": 50, "ah": 51, "ipv6-icmp": 58,
        "ospf": 89, "vrrp": 112, "sctp": 132, "udplite": 136,
    ]

    /// The number of a transport protocol, or its name.
    fileprivate static var ipProtocol: Self {
        let names = protocols.keys.sorted().joined(separator: ", ")
        return ValueFormat(allowed: "1 to 255, or one of \(names)") { text in
            protocols[text.lowercased()] ?? UInt8(text).flatMap { $0 > 0 ? $0 : nil }
        }
    }
}

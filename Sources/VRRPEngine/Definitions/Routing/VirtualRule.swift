public import VRRP

/// A rule of the routing policy that the active router has; the words are those of `ip rule`.
public struct VirtualRule: Hashable, Sendable {
    /// The family of the packets.
    public var family: AddressFamily
    /// What happens to packets that match.
    public var action: Action
    /// The place among the rules: the lower comes first.
    public var priority: UInt32
    /// Whether the packets are meant that do not match.
    public var isInverted = false
    /// Where packets come from; nil for anywhere.
    public var source: NetworkPrefix?
    /// Where packets go; nil for anywhere.
    public var destination: NetworkPrefix?
    /// The type of service of the packets; 0 for any.
    public var typeOfService: UInt8 = 0
    /// The mark that the firewall gave the packets.
    public var firewallMark: UInt32?
    /// The bits of the mark that count; nil for all.
    public var firewallMask: UInt32?
    /// The interface that packets came in by.
    public var inputInterface: String?
    /// The interface that packets of a bound socket leave by.
    public var outputInterface: String?
    /// The identifier of the tunnel that packets came through.
    public var tunnelID: UInt64?
    /// The users whose packets are meant.
    public var userIDs: ClosedRange<UInt32>?
    /// Whether the table is that of the VRF of the interface; ``Action/lookup(table:)`` has table 0 then.
    public var usesTableOfVRF = false
    /// The transport protocol of the packets.
    public var ipProtocol: UInt8?
    /// The source ports of the packets.
    public var sourcePorts: ClosedRange<UInt16>?
    /// The destination ports of the packets.
    public var destinationPorts: ClosedRange<UInt16>?
    /// Routes of the table with a prefix of at most this length do not count.
    public var suppressedPrefixLength: UInt32?
    /// Routes of the table by an interface of this group do not count.
    public var suppressedInterfaceGroup: UInt32?
    /// The realms that packets get, that of the source in the upper 16 bits; IPv4 only.
    public var realms: UInt32?
    /// The kernel's note of who configured it.
    public var protocolNumber = VirtualRoute.ownProtocol
    /// Whether it is put back when somebody removes it, and its interfaces must be up.
    public var isTracked = true

    /// A rule for all packets of a family.
    public init(_ action: Action, priority: UInt32, family: AddressFamily) {
        self.action = action
        self.priority = priority
        self.family = family
    }

    /// What happens to packets that match (FR_ACT_*).
    public enum Action: Hashable, Sendable {
        /// Their way is looked for in a table.
        case lookup(table: UInt32)
        /// The search goes on with the rule of this priority.
        case goTo(UInt32)
        /// The search goes on with the next rule.
        case nothing
        /// They are dropped without a word.
        case blackhole
        /// The sender hears that there is no way.
        case unreachable
        /// The sender hears that it is forbidden.
        case prohibit
    }
}

extension VirtualRule: CustomStringConvertible {
    /// The rule in short, as `ip rule` begins it: `500: from 192.0.2.0/24 lookup 100`.
    public var description: String {
        let from = source.map { "\($0)" } ?? "all"
        let to = destination.map { " to \($0)" } ?? ""
        let what =
            switch action {
            case .lookup(let table): "lookup \(table)"
            case .goTo(let priority): "goto \(priority)"
            case .nothing: "nop"
            case .blackhole: "blackhole"
            case .unreachable: "unreachable"
            case .prohibit: "prohibit"
            }
        return "\(priority): \(isInverted ? "not " : "")from \(from)\(to) \(what)"
    }
}

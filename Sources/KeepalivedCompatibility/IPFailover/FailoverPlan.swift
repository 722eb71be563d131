public import VRRP
import VRRPEngine

/// What a container for IP failover is to do: the translation of its environment, as OpenShift's image has it.
///
/// The same environment on the same node gives the same plan.
public struct FailoverPlan: Sendable {
    /// The text of the keepalived.conf.
    public let configuration: String
    /// Where the text is to stand.
    public let configurationPath: String
    /// The interface that the addresses are held on.
    public let interface: String
    /// The addresses, in the order in which they were given.
    public let addresses: [IPAddress]
    /// Whether a rule of nftables is wanted that accepts the multicast of VRRP.
    public let acceptsMulticast: Bool
    /// What the administrator should know, a sentence each.
    public let notes: [String]

    /// Translates an environment for a node.
    ///
    /// - Throws: all that is wrong with the environment.
    public init(environment: [String: String], node: NodeFacts) throws(EnvironmentError) {
        var reader = EnvironmentReader(environment)
        let settings = FailoverSettings(&reader)
        let interface = node.interface(wanted: settings.interfaces)
        if interface == nil { node.reportMissing(&reader) }
        let ownAddress = interface?.ownAddress(besides: settings.virtualIPs)
        if let interface, ownAddress == nil {
            reader.report(.interface, "the interface \(interface.name) has no address of the node itself")
        }
        // Before it is known that there is an address of the node, the numbers of the instances can be checked.
        let slot = FailoverSlot(ownAddress ?? .v4(.unspecified))
        let instances = FailoverInstance.instances(of: settings, slot: slot)
        Self.check(instances, of: settings, &reader)
        guard reader.problems.isEmpty, let interface, let ownAddress else {
            throw EnvironmentError(problems: reader.problems)
        }
        let file = FailoverFile(
            settings: settings, interface: interface.name, nodeAddress: ownAddress, instances: instances)
        configuration = file.text
        configurationPath = settings.configurationPath
        self.interface = interface.name
        addresses = settings.virtualIPs
        acceptsMulticast = settings.acceptsMulticast
        notes = FailoverNotes(reader, settings, interface: interface.name, instances).sentences
    }

    /// Reports what only shows with all instances.
    private static func check(
        _ instances: [FailoverInstance], of settings: FailoverSettings, _ reader: inout EnvironmentReader
    ) {
        if let last = instances.last, last.virtualRouterID > 255 {
            reader.report(
                .idOffset,
                "\(instances.count) instances would need virtual router IDs from \(instances[0].virtualRouterID) to"
                    + " \(last.virtualRouterID), and 255 is the highest; lower it"
                    + " (it is \(settings.idOffset)), exclude less with HA_EXCLUDED_VRRP_IDS, or let instances share"
                    + " more addresses with OPENSHIFT_HA_VIP_GROUPS")
        }
        if let largest = instances.map(\.addresses.count).max(), largest > 255 {
            reader.report(
                .groups, "an instance would have \(largest) addresses, and 255 is the most; allowed are more groups")
        }
    }
}

/// What is left to remove where a container for IP failover has been.
public struct FailoverRemoval: Sendable {
    /// The interface that the addresses were held on; nil where there is none.
    public let interface: String?
    /// The addresses.
    public let addresses: [IPAddress]
    /// Whether the rule of nftables was wanted.
    public let acceptsMulticast: Bool
    /// What is wrong with the environment; what is right of it is to be removed all the same.
    public let problems: [EnvironmentProblem]

    /// Reads what of an environment matters for the removal.
    public init(environment: [String: String], node: NodeFacts) {
        var reader = EnvironmentReader(environment)
        addresses = VirtualIPList.read(&reader)
        let interface = node.interface(wanted: FailoverSettings.interfaces(&reader))
        if interface == nil { node.reportMissing(&reader) }
        self.interface = interface?.name
        acceptsMulticast = FailoverSettings.acceptsMulticast(reader)
        problems = reader.problems
    }
}

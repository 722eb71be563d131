import JSONDocument
import VRRP

/// What an administrator should know about an environment that can be used.
struct FailoverNotes {
    /// The notes, a sentence each.
    private(set) var sentences: [String] = []

    /// Looks for what has no effect, or another one than it seems.
    init(
        _ reader: EnvironmentReader, _ settings: FailoverSettings, interface: String, _ instances: [FailoverInstance]
    ) {
        noteUnknown(reader)
        if !settings.interfaces.isEmpty, !settings.interfaces.contains(interface) {
            let wanted = settings.interfaces.joined(separator: ", ")
            note(.interface, "there is no interface \(wanted); \(interface) is used instead")
        }
        if instances.isEmpty { note(.virtualIPs, "is not set: there is no address to hold") }
        noteUnicast(reader, settings)
        if case .delayed = settings.preemption, instances.contains(where: \.rank.startsAsMaster) {
            note(
                .preemption,
                "the delay has no effect on the instances with `state MASTER`, which take over at once, as with keepalived"
            )
        }
        noteFamilies(settings, instances)
    }

    private mutating func note(_ variable: FailoverVariable, _ text: String) {
        sentences.append("\(variable.rawValue): \(text)")
    }

    private mutating func noteUnknown(_ reader: EnvironmentReader) {
        let known = FailoverVariable.allCases.map(\.rawValue)
        for name in reader.names where !known.contains(name) {
            if name == "OPENSHIFT_\(FailoverVariable.excludedIDs.rawValue)" {
                sentences.append("\(name) has no effect; the name is \(FailoverVariable.excludedIDs.rawValue)")
            } else if name.hasPrefix("OPENSHIFT_HA_") {
                let meant = nearestName(to: name, among: known).map { "; is \($0) meant?" } ?? ""
                sentences.append("\(printable(name)) is not known and has no effect\(meant)")
            }
        }
    }

    private mutating func noteUnicast(_ reader: EnvironmentReader, _ settings: FailoverSettings) {
        let hasPeers = !settings.unicastPeers.isEmpty
        guard let text = reader.text(.usesUnicast), (text.lowercased() == "true") != hasPeers else { return }
        note(
            .usesUnicast,
            hasPeers
                ? "has no effect: adverts go to OPENSHIFT_HA_UNICAST_PEERS, because there are some"
                : "has no effect without OPENSHIFT_HA_UNICAST_PEERS: adverts are sent by multicast")
    }

    private mutating func noteFamilies(_ settings: FailoverSettings, _ instances: [FailoverInstance]) {
        let families = Set(instances.map(\.family))
        for family in families.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard !settings.unicastPeers.isEmpty, settings.unicastPeers.allSatisfy({ $0.family != family }) else {
                continue
            }
            note(
                .unicastPeers,
                "none is of IPv\(family == .ipv4 ? 4 : 6); those instances send their adverts by multicast")
        }
        let groups = FailoverInstance.groups(settings.virtualIPs, count: settings.groups).count
        guard instances.count > groups else { return }
        note(
            .virtualIPs,
            "addresses of both families share a group; those of the other family than its first one are in instances"
                + " of their own, from number \(groups + 1) on")
    }
}

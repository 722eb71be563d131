import Telemetry
import VRRPEngine

/// The metrics that dashboards and alerts for keepalived know under the names of mehdy's exporter.
enum KeepalivedStateFamilies {
    private static let routerLabels = ["iname", "intf", "vrid"]
    private static let addressLabels = ["iname", "intf", "ip_address", "vrid"]

    private static let state = MetricDescription(
        "keepalived_vrrp_state", .gauge, labels: addressLabels,
        help: "State of vrrp: 0 initialize, 1 backup, 2 master, 3 fault")
    private static let excludedState = MetricDescription(
        "keepalived_vrrp_excluded_state", .gauge, labels: addressLabels, help: "State of vrrp with excluded addresses")
    private static let scriptStatus = MetricDescription(
        "keepalived_script_status", .gauge, labels: ["name"], help: "Tracker script status: 0 bad, 1 good")
    private static let scriptState = MetricDescription(
        "keepalived_script_state", .gauge, labels: ["name"],
        help: "Tracker script state: 0 idle, 1 running, 2 requested termination, 3 forcing termination")
    /// A setting, which is a counter by its name and type for those who know it so.
    private static let announcementDelay = MetricDescription(
        "keepalived_gratuitous_arp_delay_total", .counter, labels: routerLabels,
        help: "Gratuitous ARP delay: seconds from becoming active until addresses are announced again")

    static let catalogue =
        [state, excludedState, scriptStatus, scriptState, announcementDelay]
        + InstanceCounter.allCases.map(\.totalDescription)

    static func families(of report: KeepalivedReport) -> [MetricFamily] {
        // In the order of their labels, so that no family has to be sorted.
        let rows = report.instances.map { (labels: counterLabels(of: $0), instance: $0) }.sorted {
            $0.labels < $1.labels
        }
        let labels = MetricRows(rows.map(\.labels))
        var delays = MetricFamily(announcementDelay)
        delays.set(rows.map { Double($0.instance.announcementDelay) }, rows: labels)
        // Apart: each family goes through all of them, and to copy an instance costs more than a value's whole line.
        let counts = rows.map(\.instance.counts)
        return InstanceCounter.allCases.enumerated().map { place, counter in
            var family = MetricFamily(counter.totalDescription)
            family.set(counts.map { Double($0[place]) }, rows: labels)
            return family
        } + states(of: rows.map(\.instance)) + [delays] + scripts(report.scripts)
    }

    private static func counterLabels(of instance: InstanceRecord) -> MetricLabels {
        ["iname": instance.name, "intf": instance.interface, "vrid": "\(instance.virtualRouterID)"]
    }

    private static func states(of instances: [InstanceRecord]) -> [MetricFamily] {
        var families = [MetricFamily(state), MetricFamily(excludedState)]
        for instance in instances {
            let number = instance.state.flatMap { InstanceState.allCases.firstIndex(of: $0) } ?? 0
            if instance.addresses.isEmpty { families[0].set(Double(number), labels: labels(instance, nil)) }
            for address in instance.addresses {
                families[address.isExcluded ? 1 : 0].set(Double(number), labels: labels(instance, address))
            }
        }
        return families
    }

    private static func labels(_ instance: InstanceRecord, _ address: InstanceAddress?) -> MetricLabels {
        [
            "iname": instance.name, "intf": address?.interface ?? instance.interface,
            "ip_address": address?.text ?? "", "vrid": "\(instance.virtualRouterID)",
        ]
    }

    private static func scripts(_ scripts: [ScriptRecord]) -> [MetricFamily] {
        var families = [MetricFamily(scriptStatus), MetricFamily(scriptState)]
        for script in scripts {
            families[0].set(script.isGood ? 1 : 0, labels: ["name": script.name])
            guard let phase = script.phase else { continue }
            families[1].set(Double(phase.rawValue), labels: ["name": script.name])
        }
        return families
    }
}

extension InstanceCounter {
    /// The counter under the name of mehdy's exporter.
    fileprivate var totalDescription: MetricDescription {
        let name =
            switch self {
            case .advertisementsReceived: "advertisements_received"
            case .advertisementsSent: "advertisements_sent"
            case .becameActive: "become_master"
            case .leftActive: "release_master"
            case .lengthErrors: "packet_length_errors"
            case .intervalErrors: "advertisements_interval_errors"
            case .hopLimitErrors: "ip_ttl_errors"
            case .typeErrors: "invalid_type_received"
            case .addressListErrors: "address_list_errors"
            case .authenticationTypeErrors: "authentication_invalid"
            case .authenticationMismatches: "authentication_mismatch"
            case .authenticationFailures: "authentication_failure"
            case .priorityZeroReceived: "priority_zero_received"
            case .priorityZeroSent: "priority_zero_sent"
            }
        return MetricDescription(
            "keepalived_\(name)_total", .counter, labels: ["iname", "intf", "vrid"], help: help)
    }
}

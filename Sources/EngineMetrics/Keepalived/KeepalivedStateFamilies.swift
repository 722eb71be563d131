import ControlProtocol
import Telemetry
import VRRP
import VRRPEngine

/// The metrics that dashboards and alerts for keepalived know under the names of mehdy's exporter.
///
/// Its `keepalived_script_state` is missing: whether a script runs at the moment is known to the process that runs it alone.
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
    /// A setting, which is a counter by its name and type for those who know it so.
    private static let announcementDelay = MetricDescription(
        "keepalived_gratuitous_arp_delay_total", .counter, labels: routerLabels,
        help: "Gratuitous ARP delay: seconds from becoming active until addresses are announced again")

    static let catalogue =
        [state, excludedState, scriptStatus, announcementDelay] + InstanceCounter.allCases.map(\.totalDescription)

    static func families(of rows: [RouterRow], _ status: NodeStatus) -> [MetricFamily] {
        let labels = rows.map { row -> MetricLabels in
            [
                "iname": row.instance.name, "intf": row.instance.interface,
                "vrid": "\(row.instance.virtualRouterID)",
            ]
        }
        var delays = MetricFamily(announcementDelay)
        for (row, labels) in zip(rows, labels) {
            delays.set(Double(row.status.announcementDelay.rawValue / 1_000_000_000), labels: labels)
        }
        return InstanceCounter.allCases.enumerated().map { place, counter in
            var family = MetricFamily(counter.totalDescription)
            for (row, labels) in zip(rows, labels) {
                family.set(Double(row.instance.counts[place]), labels: labels)
            }
            return family
        } + states(of: rows) + [delays, scripts(of: status)]
    }

    private static func states(of rows: [RouterRow]) -> [MetricFamily] {
        var families = [MetricFamily(state), MetricFamily(excludedState)]
        for row in rows {
            let number = row.instance.state.flatMap { InstanceState.allCases.firstIndex(of: $0) } ?? 0
            if row.status.addresses.isEmpty { families[0].set(Double(number), labels: labels(row, nil)) }
            for address in row.status.addresses {
                families[address.isAdvertised ? 0 : 1].set(Double(number), labels: labels(row, address))
            }
        }
        return families
    }

    private static func labels(_ row: RouterRow, _ address: AddressStatus?) -> MetricLabels {
        [
            "iname": row.instance.name, "intf": address?.interface ?? row.instance.interface,
            "ip_address": address.map(text) ?? "", "vrid": "\(row.instance.virtualRouterID)",
        ]
    }

    /// The first word of an address in keepalived's dumps.
    private static func text(_ address: AddressStatus) -> String {
        address.prefixLength == address.address.family.maximumPrefixLength
            ? "\(address.address)" : "\(address.address)/\(address.prefixLength)"
    }

    private static func scripts(of status: NodeStatus) -> MetricFamily {
        var family = MetricFamily(scriptStatus)
        for object in status.trackedObjects {
            guard let name = ScriptDefinition.name(trackedAs: object.name) else { continue }
            family.set(object.isGood == true ? 1 : 0, labels: ["name": name])
        }
        return family
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

import ControlProtocol
import Telemetry
import VRRP
import VRRPEngine

/// The project's own metrics of each virtual router.
enum RouterFamilies {
    /// What routers are told apart by.
    static let labels = ["intf", "name", "vrid"]

    private static let state = MetricDescription(
        "vrrp_state", .gauge, labels: labels + ["state"],
        help: "1 for the state that the router is in, 0 for the others")
    private static let addressActive = MetricDescription(
        "vrrp_address_active", .gauge, labels: labels + ["address"],
        help: "1 where the router is active and its interface has the address, else 0")
    private static let transition = MetricDescription(
        "vrrp_last_transition_info", .gauge, labels: labels + ["peer", "reason"],
        help:
            "Why the router came into its state, and the other router that had a part in it: a better one, or the one before"
    )
    private static let faults = MetricDescription(
        "vrrp_faults", .gauge, labels: labels + ["kind"],
        help: "How many things of a kind keep the router out of the election; no series where there are none")
    private static let discards = MetricDescription(
        "vrrp_discarded_packets_total", .counter, labels: labels + ["reason"],
        help: "Packets for the router that failed a check, by the check")
    private static let checksums = MetricDescription(
        "vrrp_accepted_checksums_total", .counter, labels: labels + ["form"],
        help: "Accepted adverts by what their checksum covers")

    static let catalogue =
        RouterCounter.allCases.map(\.description) + RouterGauge.allCases.map(\.description)
        + [state, addressActive, transition, faults, discards, checksums]

    static func families(of rows: [RouterRow]) -> [MetricFamily] {
        let labels = MetricRows(rows.map(\.labels))
        return RouterCounter.allCases.map { counter in
            var family = MetricFamily(counter.description)
            if let place = CounterPlace(ofName: counter.controlName) {
                family.set(rows.map { Double($0.counts[place]) }, rows: labels)
            }
            return family
        }
            + RouterGauge.allCases.map { gauge in
                var family = MetricFamily(gauge.description)
                family.set(rows.map(gauge.value), rows: labels)
                return family
            }
            + [
                states(of: rows, labels), addresses(of: rows), transitions(of: rows), faults(of: rows),
                counters(
                    discards, "reason", DiscardLabel.allCases.map { ($0.rawValue, $0.controlName) }, of: rows, labels),
                counters(
                    checksums, "form", ChecksumLabel.allCases.map { ($0.rawValue, $0.controlName) }, of: rows, labels),
            ]
    }

    /// A series for each state, so that none of them ends when the router changes it.
    private static func states(of rows: [RouterRow], _ labels: MetricRows) -> MetricFamily {
        var family = MetricFamily(state)
        let names = ["active", "backup", "fault", "initialize"]
        let values = rows.flatMap { row in names.map { row.stateName == $0 ? 1.0 : 0 } }
        family.set(values, rows: labels, columns: names.map { ["state": $0] })
        return family
    }

    private static func addresses(of rows: [RouterRow]) -> MetricFamily {
        var family = MetricFamily(addressActive)
        for row in rows {
            for address in row.status.addresses {
                family.set(
                    row.status.state == .active && address.isPresent ? 1 : 0,
                    labels: row.labels, further: ["address": "\(address.address)"])
            }
        }
        return family
    }

    private static func transitions(of rows: [RouterRow]) -> MetricFamily {
        var family = MetricFamily(transition)
        for row in rows {
            guard let reason = row.status.reason else { continue }
            family.set(
                1,
                labels: row.labels,
                further: [
                    "peer": (row.status.peer?.source ?? reason.peer).map { "\($0)" } ?? "", "reason": reason.label,
                ])
        }
        return family
    }

    private static func faults(of rows: [RouterRow]) -> MetricFamily {
        var family = MetricFamily(faults)
        for row in rows where !row.status.faults.isEmpty {
            let counts = Dictionary(row.status.faults.map { ($0.kind, 1) }, uniquingKeysWith: +)
            for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
                family.set(Double(count), labels: row.labels, further: ["kind": kind])
            }
        }
        return family
    }

    /// A counter for each value of a label; the values are in order where their texts are.
    private static func counters(
        _ description: MetricDescription, _ label: String, _ values: [(value: String, controlName: String)],
        of rows: [RouterRow], _ labels: MetricRows
    ) -> MetricFamily {
        var family = MetricFamily(description)
        let columns = values.sorted { $0.value < $1.value }
        let places = columns.compactMap { CounterPlace(ofName: $0.controlName) }
        family.set(
            rows.flatMap { row in places.map { Double(row.counts[$0]) } },
            rows: labels, columns: columns.map { [label: $0.value] })
        return family
    }
}

extension RouterRow {
    /// The state by the word of a label: one that is kept out of the election is faulty.
    fileprivate var stateName: String {
        switch status.state {
        case .initialize: status.faults.isEmpty ? "initialize" : "fault"
        case .backup: "backup"
        case .active: "active"
        }
    }
}

extension TransitionReason {
    /// The router that caused the change, where one did.
    fileprivate var peer: IPAddress? {
        switch self {
        case .activeRouterResigned(let router), .preempted(let router), .higherAddress(let router): router
        case .higherPriority(let router, _): router
        case .startedAsAddressOwner, .started, .activeRouterSilent, .stalled, .shutdown, .group, .ceded, .reclaimed: nil
        }
    }

    /// The kind of reason, without what differs from one time to the next.
    fileprivate var label: String {
        switch self {
        case .startedAsAddressOwner: "started-as-address-owner"
        case .started: "started"
        case .activeRouterSilent: "active-router-silent"
        case .activeRouterResigned: "active-router-resigned"
        case .preempted: "preempted"
        case .higherPriority: "higher-priority"
        case .higherAddress: "higher-address"
        case .stalled: "stalled"
        case .shutdown: "shutdown"
        case .group(.takeOver): "group-took-over"
        case .group(.makeWay): "group-made-way"
        case .group(.listen), .group(.wait): "group-listens"
        case .ceded: "ceded"
        case .reclaimed: "reclaimed"
        }
    }
}

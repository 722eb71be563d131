import ControlProtocol
import Telemetry
import VRRP

/// A value of a virtual router that goes up and down, by the name of its metric.
enum RouterGauge: String, CaseIterable {
    case priority = "vrrp_priority"
    case definedPriority = "vrrp_defined_priority"
    case interval = "vrrp_advertisement_interval_seconds"
    case addresses = "vrrp_addresses"
    case addressesPresent = "vrrp_addresses_present"
    case lastTransition = "vrrp_last_transition_timestamp_seconds"

    var description: MetricDescription {
        MetricDescription(rawValue, .gauge, labels: RouterFamilies.labels, help: help)
    }

    func value(of row: RouterRow) -> Double {
        let status = row.status
        return switch self {
        case .priority: Double(status.priority.rawValue)
        case .definedPriority: Double(status.definedPriority.rawValue)
        case .interval: status.advertisementInterval.inSeconds
        case .addresses: Double(status.addresses.count)
        case .addressesPresent: Double(status.addresses.count { $0.isPresent })
        case .lastTransition: row.time.inSeconds(before: status.since)
        }
    }

    private var help: String {
        switch self {
        case .priority: "Priority in force, tracking included"
        case .definedPriority: "Priority of the definition"
        case .interval: "Time between the router's own adverts"
        case .addresses: "Virtual addresses of the definition"
        case .addressesPresent: "Virtual addresses that their interfaces have now"
        case .lastTransition: "When the router came into its state, in seconds since 1970"
        }
    }
}

extension Nanoseconds {
    var inSeconds: Double { Double(rawValue) / 1_000_000_000 }
}

extension WallTime {
    var inSeconds: Double { Double(millisecondsSinceEpoch) / 1000 }

    /// The moment that lies so many whole milliseconds before this one, in seconds since 1970.
    ///
    /// Divided once, at the end: the difference of two fractions would be another one each time, and whoever counts changes
    /// would see one at each scrape.
    func inSeconds(before duration: Nanoseconds) -> Double {
        Double(millisecondsSinceEpoch - duration.rawValue / 1_000_000) / 1000
    }
}

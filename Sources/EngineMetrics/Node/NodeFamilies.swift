import ControlProtocol
import Telemetry
import VRRP

/// The project's own metrics of a node as a whole.
enum NodeFamilies {
    private static let receiverLabels = ["family", "intf"]

    private static let isUp = MetricDescription("vrrp_engine_up", .gauge, help: "Whether vrrpd answers")
    private static let information = MetricDescription(
        "vrrp_engine_info", .gauge, labels: ["version"], help: "The version of vrrpd")
    private static let started = MetricDescription(
        "vrrp_engine_start_time_seconds", .gauge, help: "When vrrpd started, in seconds since 1970")
    private static let generation = MetricDescription(
        "vrrp_definitions_generation", .gauge, help: "Generation of the definitions in force")
    private static let loadSucceeded = MetricDescription(
        "vrrp_definitions_last_load_success", .gauge,
        help: "Whether the definitions that were read last are in force; those from before are where not")
    private static let loadTime = MetricDescription(
        "vrrp_definitions_last_load_timestamp_seconds", .gauge,
        help: "When definitions were read last, in seconds since 1970")
    private static let routers = MetricDescription(
        "vrrp_virtual_routers", .gauge, help: "Virtual routers of the definitions in force")
    private static let foreign = MetricDescription(
        "vrrp_foreign_advertisements_total", .counter, labels: receiverLabels + ["vrid"],
        help: "Adverts for identifiers that others use on the link and that are not configured here")
    private static let discards = MetricDescription(
        "vrrp_receiver_discarded_packets_total", .counter, labels: receiverLabels + ["reason"],
        help: "Packets for no virtual router that failed a check, by the check")
    private static let sendFailures = MetricDescription(
        "vrrp_send_failures_total", .counter, labels: ["intf"],
        help: "Adverts and announcements that the kernel did not take")
    private static let tracked = MetricDescription(
        "vrrp_tracked_object_good", .gauge, labels: ["object"],
        help: "Whether a tracked script, process or file is good")

    static let catalogue = [
        isUp, information, started, generation, loadSucceeded, loadTime, routers, foreign, discards, sendFailures,
        tracked,
    ]

    static func families(of status: NodeStatus?) -> [MetricFamily] {
        var families = [family(isUp, status == nil ? 0 : 1)]
        guard let status else { return families }
        var version = MetricFamily(information)
        version.set(1, labels: ["version": status.daemon.version])
        families += [
            version,
            family(
                started, status.daemon.startTime?.inSeconds ?? status.time.inSeconds(before: status.daemon.uptime)),
            family(generation, Double(status.generation)),
            family(loadSucceeded, status.daemon.lastLoad.isInForce ? 1 : 0),
            family(loadTime, status.daemon.lastLoad.time.inSeconds),
            family(routers, Double(status.virtualRouters.count)),
        ]
        return families + receivers(of: status) + [sendFailures(of: status), trackedObjects(of: status)]
    }

    private static func family(_ description: MetricDescription, _ value: Double) -> MetricFamily {
        var family = MetricFamily(description)
        family.set(value)
        return family
    }

    private static func receivers(of status: NodeStatus) -> [MetricFamily] {
        var foreign = MetricFamily(foreign)
        var discards = MetricFamily(discards)
        for receiver in status.receivers {
            let family =
                switch receiver.family {
                case .ipv4: "ipv4"
                case .ipv6: "ipv6"
                }
            let labels: MetricLabels = ["family": family, "intf": receiver.interface]
            for router in receiver.foreignRouters {
                foreign.set(
                    Double(router.advertisements), labels: labels, further: ["vrid": "\(router.virtualRouterID)"])
            }
            for reason in DiscardLabel.allCases {
                discards.set(
                    Double(receiver.counters[reason.controlName]), labels: labels,
                    further: ["reason": reason.rawValue])
            }
        }
        return [foreign, discards]
    }

    private static func sendFailures(of status: NodeStatus) -> MetricFamily {
        var family = MetricFamily(sendFailures)
        // A counter must be there before its first failure, which no increase would show otherwise.
        var counts: [String: UInt64] = [:]
        for receiver in status.receivers { counts[receiver.interface] = 0 }
        for failure in status.sendFailures { counts[failure.interface] = failure.packets }
        for (interface, count) in counts { family.set(Double(count), labels: ["intf": interface]) }
        return family
    }

    private static func trackedObjects(of status: NodeStatus) -> MetricFamily {
        var family = MetricFamily(tracked)
        for object in status.trackedObjects {
            family.set(object.isGood == true ? 1 : 0, labels: ["object": object.name])
        }
        return family
    }
}

import ControlProtocol
public import Telemetry

/// What an agent or an operator knows of the cluster, as metrics.
public enum ControlPlaneFamilies {
    private static let isConnected = MetricDescription(
        "vrrp_api_connected", .gauge, help: "Whether the API server answers")
    private static let lastContact = MetricDescription(
        "vrrp_api_last_contact_timestamp_seconds", .gauge,
        help: "When the API server last said anything, in seconds since 1970")
    private static let free = MetricDescription(
        "vrrp_router_ids_free", .gauge, labels: ["segment"], help: "Router IDs that can still be given away")
    private static let usable = MetricDescription(
        "vrrp_router_ids_usable", .gauge, labels: ["segment"],
        help: "Router IDs that there are, those that are set aside not counted")

    /// The families that there are.
    public static let catalogue = [isConnected, lastContact, free, usable]

    /// The families of a report.
    public static func families(of report: ControlPlaneReport) -> [MetricFamily] {
        var families = [free, usable, isConnected, lastContact].map { MetricFamily($0) }
        for segment in report.routerIDs {
            families[0].set(Double(segment.free), labels: ["segment": segment.segment])
            families[1].set(Double(segment.usable), labels: ["segment": segment.segment])
        }
        if let connection = report.connection {
            families[2].set(connection.isUp ? 1 : 0)
            if let contact = connection.lastContact { families[3].set(contact.inSeconds) }
        }
        return families
    }
}

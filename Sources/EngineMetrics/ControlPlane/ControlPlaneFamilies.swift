import ControlProtocol
import Telemetry

/// What an agent knows of the cluster, as metrics.
enum ControlPlaneFamilies {
    private static let isConnected = MetricDescription(
        "vrrp_api_connected", .gauge, help: "Whether the API server answers")
    private static let lastContact = MetricDescription(
        "vrrp_api_last_contact_timestamp_seconds", .gauge,
        help: "When the API server last said anything, in seconds since 1970")

    static let catalogue = [isConnected, lastContact]

    static func families(of report: ControlPlaneReport) -> [MetricFamily] {
        var families = [isConnected, lastContact].map { MetricFamily($0) }
        if let connection = report.connection {
            families[0].set(connection.isUp ? 1 : 0)
            if let contact = connection.lastContact { families[1].set(contact.inSeconds) }
        }
        return families
    }
}

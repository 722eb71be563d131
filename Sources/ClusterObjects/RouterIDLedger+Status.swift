public import KubernetesAPI
public import VIPPlanning
import VRRP

extension RouterIDLedger {
    /// The identifiers that the status of a group has kept.
    ///
    /// An entry that no router can have is as if it were not there: the status may have been edited by hand.
    public init(_ status: KeepalivedGroup.Status?) {
        let identifier = { (number: Int) in UInt8(exactly: number).flatMap(VirtualRouterID.init(rawValue:)) }
        let waiting = (status?.quarantinedRouterIDs ?? [:]).compactMap { text, until in
            Int(text).flatMap(identifier).map { ($0, until.seconds) }
        }
        self.init(
            assignments: (status?.routerIDs ?? [:]).compactMapValues(identifier),
            quarantine: Dictionary(waiting, uniquingKeysWith: max))
    }

    /// Writes the identifiers into the status of a group.
    public func write(to status: inout KeepalivedGroup.Status) {
        status.routerIDs = assignments.mapValues { Int($0.rawValue) }
        status.quarantinedRouterIDs = Dictionary(
            uniqueKeysWithValues: quarantine.map { (String($0.key.rawValue), Timestamp(seconds: $0.value)) })
    }
}

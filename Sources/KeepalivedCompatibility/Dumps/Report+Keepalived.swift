import VRRP
public import VRRPEngine

extension Report {
    /// What keepalived logs of the same event, as `(VI_1) Entering MASTER STATE`; nil where it says nothing like it.
    public var keepalivedLine: String? {
        switch self {
        case .transition(let router, let change, _):
            switch change.to {
            case .active: "(\(router)) Entering MASTER STATE"
            case .backup where change.from == .initialize: "(\(router)) Entering BACKUP STATE (init)"
            case .backup: "(\(router)) Entering BACKUP STATE"
            case .initialize: nil
            }
        case .faults(let router, let faults): faults.isEmpty ? nil : "(\(router)) Entering FAULT STATE"
        case .priorityChanged(let router, let old, let new):
            "(\(router)) Changing effective priority from \(old) to \(new)"
        case .handOver, .discarded, .warned, .conflict, .addressRestored, .addressRefused, .leftoverRemoved,
            .unknownRouter:
            nil
        }
    }
}

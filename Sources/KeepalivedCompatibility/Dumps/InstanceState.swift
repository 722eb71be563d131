import VRRP
import VRRPEngine

/// The state of an instance as keepalived numbers and names it.
enum InstanceState: Int {
    case initialize = 0
    case backup = 1
    case active = 2
    case fault = 3

    /// The state that keepalived would be in.
    init(_ router: RouterSnapshot) {
        switch router.state {
        case .initialize: self = router.faults.isEmpty ? .initialize : .fault
        case .backup: self = .backup
        case .active: self = .active
        }
    }

    /// The word in text.
    var word: String {
        switch self {
        case .initialize: "INIT"
        case .backup: "BACKUP"
        case .active: "MASTER"
        case .fault: "FAULT"
        }
    }

    /// What the instance works towards: keepalived's `wantstate`, which is FAULT for as long as there is one.
    static func wanted(_ router: RouterSnapshot) -> InstanceState {
        switch InstanceState(router) {
        case .active: .active
        case .fault: .fault
        case .initialize, .backup: router.definition.priority.isAddressOwner ? .active : .backup
        }
    }
}

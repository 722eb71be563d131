import VRRPEngine

extension StateOccurrence {
    /// What keepalived logs about it, for who looks for its words; nil where it says nothing.
    public var logLine: String? {
        switch self {
        case .entered(let name, .backup, _, isInitial: true, _): "(\(name)) Entering BACKUP STATE (init)"
        case .entered(_, .stop, _, _, _), .removed, .groupEntered, .heardLowerPriority: nil
        case .entered(let name, let state, _, _, _): "(\(name)) Entering \(state.rawValue) STATE"
        case .following(let group, let state): "VRRP_Group(\(group)) Syncing instances to \(state.rawValue) state"
        case .priorityChanged(let name, let old, let new, _):
            "(\(name)) Changing effective priority from \(old) to \(new)"
        }
    }
}

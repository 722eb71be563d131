import VRRP

/// The priorities of a router's nodes by their rank, all different.
///
/// The first eight are wide apart: skew time grows with the distance to 255, so two backups whose priorities were
/// neighbours would take over at almost the same moment (RFC 9568, section 6.1).
enum PriorityLadder {
    /// How many nodes a router can have; 255 is the owner's, 0 is no priority.
    static let length = 254

    private static let top = 250
    private static let wideSteps = 8

    /// The priority of the node at a rank, from 0, among `count` nodes; at most ``length`` of them.
    static func priority(ofRank rank: Int, among count: Int) -> Priority {
        let narrow = max(0, count - wideSteps)
        // With very many nodes the wide steps become narrower, for none may fall below 1.
        let step = max(1, min(24, (top - narrow) / wideSteps))
        let start = count > top ? length : top
        guard rank >= wideSteps else { return .clampedToBackup(start - rank * step) }
        return .clampedToBackup(start - (wideSteps - 1) * step - (rank - wideSteps + 1))
    }
}

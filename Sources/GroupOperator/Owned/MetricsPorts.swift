/// Deals the ports that the node pods of the groups serve metrics on: pods that may meet on a node get different ones.
public struct MetricsPorts: Hashable, Sendable {
    /// The port of the first group, and of those that meet no other.
    public static let first = 9650
    private static let last = 65_535

    /// What a group wants.
    public struct Wish: Hashable, Sendable {
        /// The name of the group, in any form that orders groups.
        public var group: String
        /// The labels of its nodes.
        public var nodeSelector: [String: String]
        /// The port that its writer asks for.
        public var wanted: Int?
        /// The port that it has had so far.
        public var former: Int?

        /// The wish of a group.
        public init(group: String, nodeSelector: [String: String], wanted: Int? = nil, former: Int? = nil) {
            self.group = group
            self.nodeSelector = nodeSelector
            self.wanted = wanted
            self.former = former
        }

        /// Whether a node can have the labels of both.
        func mayMeet(_ other: Wish) -> Bool {
            nodeSelector.allSatisfy { key, value in (other.nodeSelector[key] ?? value) == value }
        }
    }

    /// The port of each group.
    public private(set) var ports: [String: Int] = [:]
    /// Groups whose writers ask for a port that another group, which may meet them, has been given as well.
    public private(set) var conflicts: [String: String] = [:]

    /// Deals ports: to who asks for one, that one; to who had one, that one as long as nobody else has it; to all others the
    /// lowest that is free.
    public init(_ wishes: [Wish]) {
        let wishes = wishes.sorted { $0.group < $1.group }
        for wish in wishes {
            guard let port = wish.wanted else { continue }
            ports[wish.group] = port
        }
        for wish in wishes where wish.wanted != nil {
            conflicts[wish.group] =
                wishes.first { other in
                    other.group != wish.group && other.wanted == wish.wanted && other.mayMeet(wish)
                }?.group
        }
        for wish in wishes where wish.wanted == nil {
            guard let port = wish.former, (1...Self.last).contains(port), !isTaken(port, for: wish, wishes) else {
                continue
            }
            ports[wish.group] = port
        }
        for wish in wishes where ports[wish.group] == nil {
            ports[wish.group] = (Self.first...Self.last).first { !isTaken($0, for: wish, wishes) } ?? Self.first
        }
    }

    private func isTaken(_ port: Int, for wish: Wish, _ wishes: [Wish]) -> Bool {
        wishes.contains { $0.group != wish.group && ports[$0.group] == port && $0.mayMeet(wish) }
    }
}

public import VRRP

/// What matters of a node.
public struct Node: Hashable, Sendable {
    /// The name.
    public var name: String
    /// The labels.
    public var labels: [String: String]
    /// The addresses that other nodes reach it at, in the order that the cluster lists them.
    public var addresses: [IPAddress]
    /// Whether new work is to go to other nodes, because it is cordoned or has a taint that says so.
    public var isAvoided: Bool

    /// A node that takes part like every other.
    public init(_ name: String, labels: [String: String] = [:], addresses: [IPAddress] = [], isAvoided: Bool = false) {
        self.name = name
        self.labels = labels
        self.addresses = addresses
        self.isAvoided = isAvoided
    }

    /// Whether the node has all the labels.
    func matches(_ selector: [String: String]) -> Bool { selector.allSatisfy { labels[$0.key] == $0.value } }
}

public import KubernetesAPI

extension VirtualRouter {
    /// How long after a router is made nobody needs to have its addresses, in seconds: agents need a moment, and then nodes
    /// elect.
    public static let timeToBegin: Int64 = 10

    /// When somebody should have said that it has the addresses; nil where the server has not made the object yet.
    public var beginning: Timestamp? { metadata.creationTimestamp.map { $0 + .seconds(Self.timeToBegin) } }

    /// Whether a node that the cluster hears of has said that it has the addresses.
    public var isHeld: Bool { status?.activeNode != nil && silenceOfOwner == nil }

    /// That nobody is known to have the addresses, and why as far as that was said, as one sentence without a full stop; nil
    /// where a node says that it has them, and where it is too early to say.
    public func vacancy(at now: Timestamp) -> String? {
        guard !isHeld, metadata.deletionTimestamp == nil else { return nil }
        let addresses = spec.addresses.joined(separator: ", ")
        let subject = "\(addresses) of Service \(spec.service.namespace)/\(spec.service.name)"
        if let silence = silenceOfOwner { return "\(subject): \(silence.message)" }
        guard let beginning, now >= beginning else { return nil }
        let sentence = "no node has said that it holds \(subject)"
        guard let first = nodeTroubles.first(where: { nodesOutside.contains($0.node) }) else { return sentence }
        return "\(sentence) (\(first.node): \(first.condition.message))"
    }
}

import JSONDocument

/// What a node's `healthCheckNodePort` says.
public enum EndpointAnswer: Hashable, Sendable {
    /// The node has an endpoint of the Service.
    case present
    /// It has none.
    case absent
    /// There was no answer in time, or none that means anything.
    case silent

    /// What an HTTP answer means.
    ///
    /// kube-proxy says 200 with an endpoint and 503 without one, and the number in its body. There are platforms that
    /// answer 200 always; there the number alone tells (keepalived-operator, issue 134).
    public init(status: Int, body: [UInt8]) {
        switch status {
        case 200: self = Self.localEndpoints(in: body) == 0 ? .absent : .present
        case 503: self = .absent
        default: self = .silent
        }
    }

    /// The most octets of a body that are looked at.
    public static let longestBody = 16 << 10

    private static func localEndpoints(in body: [UInt8]) -> Int64? {
        guard body.count <= longestBody, let node = try? JSONNode.parse(body), case .object(let object) = node.value,
            case .integer(let number)? = object["localEndpoints"]
        else { return nil }
        return number
    }
}

/// Judges from answers whether a node has an endpoint.
public struct EndpointJudgement: Hashable, Sendable {
    /// Whether the node has an endpoint; nil before the first word. The engine takes that as no: to hold an address that
    /// nobody answers is worse than to let the node that answers go on for another second.
    public private(set) var hasEndpoint: Bool?
    private var failures = 0

    /// How many answers in a row it takes to give an endpoint up. One "no" may be an endpoint that is being replaced on
    /// the node; a kube-proxy that is started anew, whose rules work all the while, is silent for longer than one probe.
    private static let absencesUntilGone = 2
    private static let silencesUntilGone = 3

    /// Nothing was heard yet.
    public init() {}

    /// Takes an answer; returns whether the judgement is another one now.
    ///
    /// One "yes" is enough to come back: it is a fact, and the engine has delays of its own against moving to and fro.
    public mutating func take(_ answer: EndpointAnswer) -> Bool {
        let before = hasEndpoint
        switch answer {
        case .present:
            failures = 0
            hasEndpoint = true
        case .absent, .silent:
            failures += 1
            let limit = answer == .absent ? Self.absencesUntilGone : Self.silencesUntilGone
            if hasEndpoint != true || failures >= limit { hasEndpoint = false }
        }
        return hasEndpoint != before
    }
}

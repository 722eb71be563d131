import ClusterObjects
import KubernetesAPI
import VIPPlanning

/// What a condition says, without since when.
struct Statement: Hashable {
    /// Whether it is so.
    enum Truth {
        case isTrue, isFalse, isUnknown
    }

    var truth: Truth
    var reason: String
    var message: String

    /// The most characters of a message: a tenth of what the type of the group allows.
    static let longestMessage = 3200
    static let podsNotReady = "PodsNotReady"
    static let noActiveNode = "NoActiveNode"

    init(_ truth: Truth, _ reason: String, _ message: String = "") {
        self.truth = truth
        self.reason = reason
        self.message = message
    }

    init(_ truth: Truth, _ reason: VersionReason, _ message: String) { self.init(truth, reason.rawValue, message) }

    /// The first few of some sentences, and how many there are besides.
    ///
    /// - Parameter others: How many there are that are not among the sentences.
    static func list(_ sentences: [String], atMost limit: Int, besides others: Int = 0) -> String {
        let rest = max(0, sentences.count - limit) + others
        let shown = sentences.prefix(limit).map { String($0.prefix(400)) }
        return (shown + (rest > 0 ? ["and \(rest) more"] : [])).joined(separator: "; ")
    }

    /// Whether all nodes that a group selects take part in all of its routers.
    init(nodes problems: [Finding.Problem]) {
        var (sentences, others) = ([String](), 0)
        for problem in problems {
            switch problem {
            case .noNodeForFamily, .nodeWithoutAddress, .tooManyNodes: sentences.append(problem.description)
            case .more(let count): others = count
            default: break
            }
        }
        guard !sentences.isEmpty else {
            self.init(.isTrue, "AllTakePart")
            return
        }
        self.init(.isFalse, "NodesLeftOut", Self.list(sentences, atMost: 5, besides: others))
    }

    /// Whether all Services that name a group get what they ask for.
    init(services: [ServiceRemarks]) {
        let sentences = { (weights: Set<FindingWeight>) in
            services.flatMap { service in
                service.problems.filter { weights.contains($0.weight) }.map { "\(service.name): \($0)" }
            }
        }
        let refusals = sentences([.refusal])
        let pending = sentences([.pending])
        if !refusals.isEmpty {
            self.init(.isFalse, "ServicesRefused", Self.list(refusals + pending, atMost: 5))
        } else if !pending.isEmpty {
            self.init(.isFalse, "AddressesPending", Self.list(pending, atMost: 5))
        } else {
            self.init(.isTrue, "Accepted", Self.list(sentences([.warning]) + sentences([.note]), atMost: 5))
        }
    }

    /// Whether no other router is heard under the identifiers of routers.
    init(rivalsOf routers: [VirtualRouter]) {
        let sentences = routers.filter { $0.rival != nil }.sorted { $0.key < $1.key }.compactMap { router in
            router.rival.map { "\(router.metadata.name) has identifier \(router.spec.virtualRouterID): \($0)" }
        }
        guard !sentences.isEmpty else {
            self.init(.isTrue, "NoOtherRouter")
            return
        }
        let advice = "an identifier in spec.blacklistRouterIDs is exchanged for another one"
        self.init(.isFalse, RouterCondition.otherRouterHeard, Self.list(sentences, atMost: 5) + "; " + advice)
    }

    /// Whether somebody has the addresses of each router.
    init(vacanciesOf routers: [VirtualRouter], at now: Timestamp) {
        let sentences = routers.compactMap { router in router.vacancy(at: now).map { (router.key, $0) } }
            .sorted { $0.0 < $1.0 }.map(\.1)
        self =
            sentences.isEmpty
            ? Statement(.isTrue, "Held") : Statement(.isFalse, Self.noActiveNode, Self.list(sentences, atMost: 5))
    }

    /// Whether the pods of a group run; nil while the cluster has not said.
    init(nodePods progress: NodePodsProgress?) {
        guard let progress else {
            self.init(.isUnknown, "NotObserved", "the cluster has not said yet which node pods there are")
            return
        }
        let wanted = progress.wanted
        if progress.ready < wanted {
            self.init(.isFalse, Self.podsNotReady, "\(progress.ready) of \(wanted) node pods are ready")
        } else if progress.updated < wanted {
            self.init(.isFalse, "RollingOut", "\(progress.updated) of \(wanted) node pods are of the present template")
        } else {
            self.init(.isTrue, "Running")
        }
    }
}

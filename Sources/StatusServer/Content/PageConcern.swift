/// What the pages of nodes and of the cluster warn of; how bad each of them is stands here and nowhere else.
///
/// The raw value says in a few words what it is; the documentation lists these.
public enum PageConcern: String, Sendable, CaseIterable {
    /// Nobody has the addresses of a virtual router, or nobody says that it has.
    case noOwner = "no node has the addresses"
    /// The cluster does not hear of the node that had the addresses of a virtual router, and no other node has them.
    case ownerSilent = "the node with the addresses is silent"
    /// A node is active without all addresses.
    case addressesMissing = "the active node lacks an address"
    /// Another router uses the identifier, or another host an address.
    case otherRouter = "another router under the identifier, or another host with an address"
    /// vrrpd cannot be asked.
    case engineSilent = "vrrpd does not answer"
    /// vrrpd goes on with what it had before.
    case definitionsRefused = "vrrpd refuses definitions"
    /// The agent goes on with what it had before.
    case definitionsUnwritten = "the agent cannot write the definitions"
    /// The page itself may say what is no longer so.
    case copiesOutdated = "the operator cannot follow the cluster"

    /// Something keeps a virtual router of the node out of the election.
    case notTakingPart = "a virtual router of the node cannot take part"
    /// A virtual router would be active, but for others of its group.
    case groupNotReady = "a virtual router waits for its sync group"
    /// A node works by something else than the object says.
    case notAsPlanned = "a node cannot do what the object says"
    /// The owner is no member.
    case strangeOwner = "a node that is no member has the addresses"
    /// Timers were late.
    case engineLate = "vrrpd was late for its adverts"
    /// vrrpd has left out what it could not make use of.
    case definitionsPartlyLoaded = "a part of the definitions is not in force"
    /// What changes in the cluster does not reach the node.
    case serverSilent = "the agent cannot follow the cluster"
    /// A file of the folder is not in force, or not as it was meant.
    case manifestUnusable = "a manifest of the folder is not in force as it stands"
    /// A condition of a group is not as it should be.
    case groupCondition = "a condition of a KeepalivedGroup is false"
    /// This process of the operator does not lead.
    case notLeading = "the operator's process does not lead"
    /// There is more than the page shows.
    case furtherWarnings = "there are more warnings than the page shows"

    /// How bad it is.
    public var severity: PageWarning.Severity {
        switch self {
        case .noOwner, .ownerSilent, .addressesMissing, .otherRouter, .engineSilent, .definitionsRefused,
            .definitionsUnwritten,
            .copiesOutdated:
            .critical
        case .notTakingPart, .groupNotReady, .notAsPlanned, .strangeOwner, .engineLate, .definitionsPartlyLoaded,
            .serverSilent, .manifestUnusable, .groupCondition, .notLeading, .furtherWarnings:
            .warning
        }
    }
}

/// Something that somebody should look at.
public struct PageWarning: Sendable, Equatable {
    /// How bad it is.
    public enum Severity: String, Sendable, CaseIterable {
        /// Addresses do not work, or will not at the next failure.
        case critical
        /// Something is not as it was meant to be.
        case warning
    }

    /// What kind of thing it is.
    public var concern: PageConcern
    /// What it is about: a node, a Service, a virtual router.
    public var subject: String
    /// A sentence for people.
    public var text: String
    /// Since when it has been so, where that is known.
    public var since: PageTime?

    /// How bad it is.
    public var severity: Severity { concern.severity }

    /// A warning with these parts.
    public init(_ concern: PageConcern, subject: String, text: String, since: PageTime? = nil) {
        self.concern = concern
        self.subject = subject
        self.text = text
        self.since = since
    }
}

extension [PageWarning] {
    /// How many warnings a page shows: nobody reads more, and each of them goes to every browser that is open.
    private static let most = 100

    /// The warnings as a page shows them: the critical ones first, and of very many the first ones, with how many are left out.
    ///
    /// - Parameter subject: what the page is about, which the warning that some are left out is said of.
    public func shown(of subject: String) -> [PageWarning] {
        let worstFirst = PageWarning.Severity.allCases.flatMap { severity in filter { $0.severity == severity } }
        guard count > Self.most else { return worstFirst }
        let others = PageWarning(
            .furtherWarnings, subject: subject, text: "\(count - Self.most) more warnings are not shown")
        return worstFirst.prefix(Self.most) + [others]
    }
}

public import ClusterObjects
public import KubernetesAPI
public import VIPPlanning

/// Something that the writer of an object is told of it by an event.
public struct Remark: Hashable, Sendable {
    /// Whether somebody should do something.
    public var isWarning: Bool
    /// What it is, in CamelCase.
    public var reason: String
    /// What it is, for people; one sentence without a full stop.
    public var message: String

    /// The reason of ``AddressMove``.
    static let addressMoved = "AddressMoved"
    /// The reason where the operator could not do its work, as keepalived-operator names it.
    public static let processingError = "ProcessingError"
    /// The reasons of what is told each time that it happens, and is no state of an object.
    static let passing: Set<String> = [addressMoved, processingError, Statement.noActiveNode]

    /// A remark.
    public init(isWarning: Bool = true, reason: String, message: String) {
        self.isWarning = isWarning
        self.reason = reason
        self.message = message
    }

    /// What a plan has found.
    public init(_ problem: Finding.Problem) {
        self.init(isWarning: problem.weight.isWarning, reason: problem.reason, message: problem.description)
    }

    /// A field that changes nothing.
    public init(_ field: FieldWithoutEffect) {
        self.init(isWarning: false, reason: FieldWithoutEffect.reason, message: field.description)
    }

    /// That nobody has addresses of a group any more; nil where the status said so before.
    public init?(vacancyIn status: KeepalivedGroup.Status, after old: KeepalivedGroup.Status?) {
        let type = ConditionType.addressesHeld.rawValue
        guard let condition = status.conditions?[type], condition.status == "False",
            old?.conditions?[type]?.status != "False"
        else { return nil }
        self.init(reason: condition.reason, message: condition.message)
    }

    /// An option that is not applied.
    public init(_ refusal: OptionRefusal) { self.init(reason: "OptionNotApplied", message: refusal.description) }
}

extension FieldWithoutEffect {
    /// The reason of the condition and of the event.
    static let reason = "FieldWithoutEffect"

    /// The fields of a group that have no effect.
    public static func all(of group: KeepalivedGroup, _ inheritance: Inheritance) -> [FieldWithoutEffect] {
        guard let spec = group.spec else { return [] }
        let wish = VersionWish(spec, GroupOptions(spec.verbatimConfig ?? [:]))
        return all(in: spec, version: wish?.version ?? inheritance.version)
    }
}

/// How much a finding on a Service means to its addresses.
enum FindingWeight {
    /// The Service, or one of its addresses, gets nothing.
    case refusal
    /// It will get something when somebody else has done their part.
    case pending
    /// It gets what it asks for, and somebody has to see whether that goes well.
    case warning
    /// It gets what it asks for, and should know something.
    case note

    /// Whether somebody should do something.
    var isWarning: Bool {
        switch self {
        case .refusal, .warning: true
        case .pending, .note: false
        }
    }
}

extension Finding.Problem {
    var weight: FindingWeight {
        switch self {
        case .groupNameMalformed, .groupMissing, .groupUnreadable, .namespaceNotAdmitted, .noLoadBalancer,
            .addressMalformed, .addressUnusable, .addressOfNode, .addressNotAdmitted, .addressHeld, .addressLeft,
            .addressesTooMany, .addressesNotLookedAt,
            .routerIDPending, .routerIDsShort, .routerIDChanged, .noNode, .noNodeForFamily, .nodeWithoutAddress,
            .tooManyNodes:
            .refusal
        case .addressPending, .routerIDsKept: .pending
        case .addressAlsoOfNode: .warning
        case .addressWanted, .intervalTooShort, .healthUnknown, .more: .note
        }
    }

    /// The finding in CamelCase, by which people filter events.
    var reason: String {
        switch self {
        case .groupNameMalformed: "GroupNameMalformed"
        case .groupMissing: "GroupMissing"
        case .groupUnreadable: "GroupUnreadable"
        case .namespaceNotAdmitted: "NamespaceNotAdmitted"
        case .noLoadBalancer: "NoLoadBalancer"
        case .addressPending: "AddressPending"
        case .addressMalformed: "AddressMalformed"
        case .addressUnusable: "AddressUnusable"
        case .addressOfNode: "AddressOfNode"
        case .addressAlsoOfNode: "AddressAlsoOfNode"
        case .addressNotAdmitted: "AddressNotAdmitted"
        case .addressHeld: "AddressHeld"
        case .addressLeft: "AddressLeft"
        case .addressWanted: "AddressWanted"
        case .addressesTooMany: "AddressesTooMany"
        case .addressesNotLookedAt: "AddressesNotLookedAt"
        case .intervalTooShort: "IntervalTooShort"
        case .routerIDPending: "RouterIDPending"
        case .routerIDsKept: "RouterIDsKept"
        case .routerIDsShort: "RouterIDsShort"
        case .routerIDChanged: "RouterIDChanged"
        case .noNode: "NoNode"
        case .noNodeForFamily: "NoNodeForFamily"
        case .nodeWithoutAddress: "NodeWithoutAddress"
        case .tooManyNodes: "TooManyNodes"
        case .healthUnknown: "HealthUnknown"
        case .more: "MoreFindings"
        }
    }
}

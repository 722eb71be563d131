public import ClusterObjects
public import KubernetesAPI

/// Names that the operator gives, beside those of ``ContractNames``.
public enum OperatorNames {
    /// Under which a server remembers the fields that the operator sets.
    public static let fieldManager = FieldManager("vrrp-operator")
    /// What Events name as their source.
    public static let eventSource = "keepalived-controller"
    /// The ConfigMap with the groups that were deleted a short time ago, in the namespace of the operator.
    public static let departedGroups = "vrrp-departed-groups"
    /// The annotation with a digest of what was applied last: fields that the operator no longer sets show by it.
    static let appliedAnnotation = "keepalived-operator.redhat-cop.io/applied"
    /// The most octets of a group's name: it is the value of a label.
    static let longestGroupName = 63
    /// The ClusterRole that lets node pods use the SecurityContextConstraints of this project.
    static let securityRole = "system:openshift:scc:swift-vrrp"

    /// Refuses groups whose name cannot be the value of a label.
    public static func check(_ group: ObjectMeta) throws(FieldProblems) {
        guard group.name.utf8.count > longestGroupName else { return }
        let allowed = "a name of at most \(longestGroupName) octets, because it is the value of a label"
        throw FieldProblems([FieldProblem("metadata.name", group.name, allowed: allowed)])
    }
}

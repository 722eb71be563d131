/// The statements on a group, in the order in which people read them.
public enum ConditionType: String, CaseIterable, Hashable, Sendable {
    /// Whether everything that is wanted of the group is there.
    case ready = "Ready"
    /// Whether the operator has done its work; the name that keepalived-operator gave it.
    case reconcileSuccess = "ReconcileSuccess"
    /// Whether it could not; the opposite of ``reconcileSuccess``.
    case reconcileError = "ReconcileError"
    /// Whether every node that the selector names takes part in every router.
    case nodesTakePart = "NodesTakePart"
    /// Whether every router has an identifier.
    case routerIDsAvailable = "RouterIDsAvailable"
    /// Whether no router hears another one under its identifier.
    case routerIDsUnique = "RouterIDsUnique"
    /// Whether every Service that names the group gets what it asks for.
    case servicesAccepted = "ServicesAccepted"
    /// Whether every field of the spec has an effect.
    case specApplied = "SpecApplied"
    /// Whether all options of keepalived that somebody wrote are applied.
    case verbatimConfigAccepted = "VerbatimConfigAccepted"
    /// Which version IPv4 routers speak, and why.
    case protocolVersion = "ProtocolVersion"
    /// Whether the pods are of the image that `spec.image` asks for.
    case imageAccepted = "ImageAccepted"
    /// Whether every router has a node that says that it holds the addresses.
    case addressesHeld = "AddressesHeld"
    /// Whether the pods of the group run.
    case nodePodsReady = "NodePodsReady"
}

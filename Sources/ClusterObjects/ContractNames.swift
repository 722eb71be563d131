/// Names that users of the cluster write or look for; those of keepalived-operator, which they know.
public enum ContractNames {
    /// The annotation of a Service that names its group, `namespace/name`.
    public static let groupAnnotation = "keepalived-operator.redhat-cop.io/keepalivedgroup"
    /// The annotation of a Service that gives each of its addresses a router of its own: `true`.
    public static let spreadAnnotation = "keepalived-operator.redhat-cop.io/spreadvips"
    /// The annotation of a Service with options of a vrrp_instance, a JSON object of texts.
    public static let verbatimAnnotation = "keepalived-operator.redhat-cop.io/verbatimconfig"
    /// The label of everything that belongs to a group; its value is the name of the group.
    public static let groupLabel = "keepalivedGroup"
}

public import KubernetesAPI
public import VIPPlanning

extension VIPPlanning.Service {
    /// What a Service asks of the planner. Everything that it says has a meaning or is told to its writer later; nothing
    /// makes it unreadable.
    public init(_ object: KubernetesAPI.Service) {
        let annotations = object.metadata.annotations
        self.init(ObjectName(object.metadata.namespace ?? "", object.metadata.name))
        createdAt = object.metadata.creationTimestamp?.seconds ?? 0
        groupAnnotation = annotations[ContractNames.groupAnnotation]
        guard groupAnnotation != nil else { return }
        isLoadBalancer = object.spec?.type == "LoadBalancer"
        ingressAddresses = object.status?.loadBalancer?.ingress?.compactMap(\.ip) ?? []
        externalAddresses = object.spec?.externalIPs ?? []
        spreadsAddresses = annotations[ContractNames.spreadAnnotation] == "true"
        if object.spec?.externalTrafficPolicy == "Local" {
            let port = object.spec?.healthCheckNodePort ?? 0
            health = (1...65_535).contains(port) ? .port(port) : .unavailable
        }
        options = ServiceOptions(annotations[ContractNames.verbatimAnnotation]).accepted
        isTerminating = object.metadata.deletionTimestamp != nil
    }
}

public import KubernetesAPI
public import VIPPlanning

extension VIPPlanning.Service {
    /// What a Service asks of the planner. Everything that it says has a meaning or is told to its writer later; nothing
    /// makes it unreadable.
    public init(_ object: KubernetesAPI.Service) {
        self.init(object, ServiceOptions(object.metadata.annotations[ContractNames.verbatimAnnotation]))
    }

    /// The same for who has read the options in its annotation already.
    public init(_ object: KubernetesAPI.Service, _ read: @autoclosure () -> ServiceOptions) {
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
        let read = read()
        options = read.withoutInterval
        advertisementInterval = read.advertisementInterval
        isTerminating = object.metadata.deletionTimestamp != nil
    }
}

import KubernetesAPI

extension KubernetesAPI.Service {
    /// Annotations by which the writer of a Service asks a load balancer for addresses, separated by commas: those of
    /// MetalLB, with its old name, and of kube-vip.
    private static let addressAnnotations = [
        "metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs", "kube-vip.io/loadbalancerIPs",
    ]

    /// The Service with the addresses that its writer asks a load balancer for as those that it has been given.
    ///
    /// Nothing in a folder gives addresses; who writes the manifest does. What the status says goes before the annotations,
    /// and those before `spec.loadBalancerIP`.
    func withWantedAddresses() -> Self {
        let given = status?.loadBalancer?.ingress?.compactMap(\.ip).filter { !$0.isEmpty } ?? []
        guard spec?.type == "LoadBalancer", given.isEmpty else { return self }
        let annotated = Self.addressAnnotations.lazy.compactMap { metadata.annotations[$0] }.first
        let texts = (annotated ?? spec?.loadBalancerIP ?? "").split(separator: ",").map { $0.filter { $0 != " " } }
        var loadBalancer = LoadBalancer()
        loadBalancer.ingress = texts.map { Ingress(ip: $0) }
        var copy = self
        copy.status = copy.status ?? Status()
        copy.status?.loadBalancer = loadBalancer
        return copy
    }
}

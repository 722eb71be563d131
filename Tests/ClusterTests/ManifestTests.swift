import Foundation
import KubernetesAPI
import KubernetesClient
import Testing

/// One after the other, for kubectl fails where two of them make the same object at once.
@Suite("Manifests", .serialized, .timeLimit(.minutes(5)))
struct ManifestTests {
    @Test("The chart and the bundle are what deploy/generate makes")
    func generated() throws {
        try Program.run(Project.file("deploy/generate"), ["--check"])
    }

    /// What a server of the tests need not know.
    private static let kindsOfOthers: Set = [
        "SecurityContextConstraints", "ServiceMonitor", "IngressController",
        // policy/v1 is there from Kubernetes 1.21.
        "PodDisruptionBudget",
    ]

    @Test(
        "What kubectl builds of each folder is what the server takes", .needsAPIServer,
        arguments: [
            "deploy/kubernetes/overlays/plain", "deploy/kubernetes/overlays/openshift", "deploy/kubernetes/monitoring",
        ])
    func folders(path: String) async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        let manifest = try Kubectl.kustomize(path)
        if path.hasSuffix("monitoring") { try kubectl.applyNamespace("keepalived-operator") }
        let unknown = try kubectl.apply(manifest)
        #expect(unknown.isSubset(of: Self.kindsOfOthers), "\(unknown)")
        // Again is no change, and no conflict with itself.
        #expect(try kubectl.apply(manifest) == unknown)
    }

    @Test("The operator and the node pods have one image; OpenShift gives the user", .needsAPIServer)
    func deployment() throws {
        let plain = try Kubectl.kustomize("deploy/kubernetes/overlays/plain")
        let images = plain.split(separator: "\n").compactMap { line in
            line.range(of: "registry.example.com/").map { line[$0.lowerBound...] }
        }
        #expect(images.count == 2 && Set(images).count == 1)
        #expect(plain.contains("runAsUser: 65532"))
        #expect(!(try Kubectl.kustomize("deploy/kubernetes/overlays/openshift").contains("runAsUser: 65532")))
    }

    @Test(
        "Each example is what the server takes", .needsAPIServer,
        arguments: [
            "group", "load-balancer", "external-ips", "dual-stack", "spread", "ingress-nginx", "openshift-ingress",
        ])
    func examples(name: String) async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        try kubectl.applyNamespace("openshift-ingress")
        let text = try Project.text("deploy/examples/kubernetes/\(name).yaml")
        let unknown = try kubectl.apply(text)
        #expect(unknown.isSubset(of: Self.kindsOfOthers), "\(unknown)")
    }

    @Test("The Service for metrics takes the place of the one that keepalived-operator has left", .needsAPIServer)
    func metricsService() async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        let name = "keepalived-operator-controller-manager-metrics"
        let place = "--namespace=keepalived-operator"
        try kubectl.applyNamespace("keepalived-operator")
        try kubectl("delete", "service", name, place, "--ignore-not-found")
        let old = """
            apiVersion: v1
            kind: Service
            metadata:
              name: \(name)
              namespace: keepalived-operator
              labels: {operator: keepalived-operator}
            spec:
              selector: {operator: keepalived-operator}
              ports: [{name: https, port: 8443, protocol: TCP, targetPort: https}]
            """
        // As Helm and OLM make it, and as kubectl does, which remembers what it has applied.
        for verb in ["create", "apply"] {
            try kubectl(verb, manifest: old)
            func field(_ path: String) throws -> String {
                try kubectl("get", "service", name, place, "--output=jsonpath={.spec\(path)}")
            }
            let address = try field(".clusterIP")
            _ = try kubectl.apply(Kubectl.kustomize("deploy/kubernetes/monitoring"))
            #expect(try field(".ports[?(@.name=='metrics')].port") == "8080", "\(verb)")
            #expect(try field(".clusterIP") == address && address != "None", "\(verb)")
            try kubectl("delete", "service", name, place)
        }
    }

    @Test("The operator may hand out what agents and Prometheus need, and no more", .needsAPIServer)
    func rights() async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        _ = try kubectl.apply(Kubectl.kustomize("deploy/kubernetes/overlays/plain"))
        let account = "system:serviceaccount:keepalived-operator:controller-manager"
        let user = "--as=\(account)"
        func role(_ name: String, _ rules: String) -> String {
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: \(name), namespace: default}
            rules: \(rules)
            """
        }
        try kubectl(
            "apply", user,
            manifest: role(
                "edge-agent",
                """
                [{apiGroups: [redhatcop.redhat.io], resources: [virtualrouters], verbs: [list, watch]},
                 {apiGroups: [redhatcop.redhat.io], resources: [virtualrouters/status], verbs: [patch]},
                 {apiGroups: [""], resources: [secrets], resourceNames: [vrrp], verbs: [list, watch]},
                 {apiGroups: [""], resources: [events], verbs: [create, patch]}]
                """))
        try kubectl(
            "apply", user,
            manifest: role(
                "edge-prometheus-k8s",
                #"[{apiGroups: [""], resources: [endpoints, pods, services], verbs: [get, list, watch]}]"#))
        let refusal = #expect(throws: Program.Failure.self) {
            try kubectl(
                "apply", user,
                manifest: role("edge-more", #"[{apiGroups: [""], resources: [secrets], verbs: [update]}]"#))
        }
        #expect(refusal?.description.contains("not currently held") == true, "\(refusal?.description ?? "")")

        let may = [
            "delete configmaps", "create daemonsets.apps", "list nodes", "watch secrets",
            "patch keepalivedgroups --subresource=status", "update keepalivedgroups --subresource=finalizers",
        ]
        let mayNot = [
            "update secrets", "create configmaps", "create pods", "update keepalivedgroups", "escalate roles",
            "update services --subresource=status", "create deployments.apps", "update leases",
            // What nothing calls and nobody is given.
            "get keepalivedgroups", "get keepalivedgroups --subresource=status",
            "update keepalivedgroups --subresource=status", "get virtualrouters", "update virtualrouters",
            "deletecollection virtualrouters", "get virtualrouters --subresource=status",
            "update virtualrouters --subresource=status", "get nodes", "get secrets", "delete daemonsets.apps",
            "delete serviceaccounts", "update serviceaccounts", "update roles", "update rolebindings",
            "delete podmonitors.monitoring.coreos.com", "update podmonitors.monitoring.coreos.com",
        ]
        for words in may { #expect(try kubectl.may(words, as: account, in: "default"), "\(words)") }
        for words in mayNot { #expect(try !kubectl.may(words, as: account, in: "default"), "\(words)") }
        for words in ["update leases", "create configmaps", "patch configmaps/vrrp-departed-groups"] {
            #expect(try kubectl.may(words, as: account, in: "keepalived-operator"), "\(words)")
        }
        for words in ["patch configmaps", "update configmaps", "list configmaps"] {
            #expect(try !kubectl.may(words, as: account, in: "keepalived-operator"), "\(words)")
        }
    }
}

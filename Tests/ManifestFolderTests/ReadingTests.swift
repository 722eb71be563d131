import KubernetesAPI
import ManifestFolder
import Testing
import VIPPlanning
import VRRP

@Suite("Manifests in a folder")
struct ReadingTests {
    private func folder(_ files: [String: String]) throws -> SampleFolder {
        let folder = try SampleFolder()
        try folder.write("nodes.yaml", Manifest.nodes)
        for (name, text) in files { try folder.write(name, text) }
        folder.look()
        return folder
    }

    @Test("A group, nodes and a Service in several files come to the virtual router that a cluster would have")
    func wholeWay() throws {
        let folder = try folder([
            "edge.yaml": Manifest.group() + "---\n" + Manifest.service("front", "192.0.2.7")
        ])
        #expect(folder.problems.isEmpty && folder.findings.isEmpty)
        let routers = try folder.plan.routers
        try #require(routers.count == 1)
        #expect(routers[0].key == "shop/front" && routers[0].group == ObjectName("ingress", "edge"))
        #expect(routers[0].addresses.map(\.description) == ["192.0.2.7"])
        #expect(Set(routers[0].members.map(\.node)) == ["node1", "node2", "node3"])
        #expect(routers[0].members.map(\.priority.rawValue) == [250, 226, 202])
    }

    @Test(
        "A Service has the addresses that its writer asks a load balancer for, the most definite place first",
        arguments: [
            ("loadBalancerIP: 192.0.2.1", "", "", ["192.0.2.1"]),
            (
                "loadBalancerIP: 192.0.2.1", "metallb.io/loadBalancerIPs: 192.0.2.2, 2001:db8::2", "",
                ["192.0.2.2", "2001:db8::2"]
            ),
            ("loadBalancerIP: 192.0.2.1", "kube-vip.io/loadbalancerIPs: 192.0.2.3", "", ["192.0.2.3"]),
            (
                "loadBalancerIP: 192.0.2.1", "metallb.universe.tf/loadBalancerIPs: 192.0.2.2",
                "status: {loadBalancer: {ingress: [{ip: 192.0.2.4}]}}", ["192.0.2.4"]
            ),
            ("externalIPs: [192.0.2.5]", "", "", ["192.0.2.5"]),
            ("loadBalancerIP: 192.0.2.1\n  externalIPs: [192.0.2.5]", "", "", ["192.0.2.1", "192.0.2.5"]),
        ])
    func addresses(spec: String, annotation: String, status: String, expected: [String]) throws {
        let folder = try folder([
            "edge.yml": Manifest.group(),
            "web.yaml": """
            apiVersion: v1
            kind: Service
            metadata:
              name: front
              annotations:
                keepalived-operator.redhat-cop.io/keepalivedgroup: ingress/edge
                \(annotation)
            spec:
              type: LoadBalancer
              \(spec)
            \(status)
            """,
        ])
        #expect(folder.problems.isEmpty)
        #expect(folder.addresses == expected)
        #expect(try folder.plan.routers.allSatisfy { $0.key == "default/front" }, "kubectl's namespace without another")
    }

    @Test("JSON and lists, as kubectl get writes them, are read as well")
    func lists() throws {
        let folder = try folder([
            "all.json": """
            {"apiVersion": "v1", "kind": "List", "items": [
              {"apiVersion": "redhatcop.redhat.io/v1alpha1", "kind": "KeepalivedGroup",
               "metadata": {"name": "edge", "namespace": "ingress"}, "spec": {"interface": "eth0"}},
              {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "front", "namespace": "shop",
               "annotations": {"keepalived-operator.redhat-cop.io/keepalivedgroup": "ingress/edge"}},
               "spec": {"type": "LoadBalancer", "loadBalancerIP": "192.0.2.7"}}]}
            """,
            "more.yaml": "apiVersion: v1\nkind: List\nitems:\n- "
                + Manifest.service("back", "192.0.2.8").replacing("\n", with: "\n  "),
        ])
        #expect(folder.problems.isEmpty)
        #expect(folder.addresses.sorted() == ["192.0.2.7", "192.0.2.8"])
    }

    @Test("Other kinds are passed over with a line each, and so are files of other names")
    func otherKinds() throws {
        let folder = try folder([
            "edge.yaml": Manifest.group(),
            "deployment.yaml": "kind: Deployment\napiVersion: apps/v1\nmetadata: {name: x}\n",
            "knative.yaml": "kind: Service\napiVersion: serving.knative.dev/v1\nmetadata: {name: x}\n",
            "README.md": "a: b: c", ".hidden.yaml": "a: b: c", "empty.yaml": "# nothing\n---\n---\n",
        ])
        #expect(folder.problems.isEmpty)
        #expect(
            folder.state.notes.map(\.description) == [
                "deployment.yaml, document 1, line 1: a Deployment of apps/v1 is not used here",
                "knative.yaml, document 1, line 1: a Service of serving.knative.dev/v1 is not used here",
            ])
    }

    @Test(
        "What is wrong is told with file, document, line, field, value and what is allowed",
        arguments: [
            ("a: b: c", "web.yaml, document 1, line 1: mapping values are not allowed in this context"),
            (
                "- a\n",
                "web.yaml, document 1, line 1: this is no object; allowed is a map with apiVersion, kind and metadata"
            ),
            ("kind: Service\n", "web.yaml, document 1, line 1: apiVersion is missing"),
            (
                "kind: Service\napiVersion: v1\nmetadata:\n  name: Front\n",
                "web.yaml, document 1, line 4: metadata.name: \"Front\" is not allowed; allowed is 1 to 63 lower case letters, "
                    + "digits and hyphens, a letter or digit at both ends"
            ),
            ("kind: Service\napiVersion: v1\nmetadata: {}\n", "web.yaml, document 1, line 1: metadata.name is missing"),
            (
                "kind: Service\napiVersion: v1\nmetadata:\n  name: front\n  annotations:\n    a: 5\n",
                "web.yaml, document 1, line 6: metadata.annotations.a: \"5\" is not allowed; allowed is a text; what YAML takes "
                    + "for something else goes between quotes"
            ),
            (
                "kind: Service\napiVersion: v1\nmetadata:\n  name: front\nspec:\n  externalIPs: 192.0.2.1\n",
                "web.yaml, document 1, line 6: spec.externalIPs: \"192.0.2.1\" is not allowed; allowed is a list"
            ),
            (
                "kind: KeepalivedGroup\napiVersion: redhatcop.redhat.io/v1\nmetadata:\n  name: front\n",
                "web.yaml, document 1, line 2: apiVersion: \"redhatcop.redhat.io/v1\" is not allowed; allowed is "
                    + "redhatcop.redhat.io/v1alpha1"
            ),
            (
                "---\n---\n" + Manifest.group("edge", "  version: 4\n  advertisementInterval: 1d"),
                "web.yaml, document 2, line 10: spec.version: \"4\" is not allowed; allowed is 2 or 3"
            ),
            ("a: 1\na: 2\n", "web.yaml, document 1, line 1: the field \"a\" is there twice"),
        ])
    func sentences(text: String, expected: String) throws {
        let folder = try folder(["web.yaml": text])
        #expect(folder.problems.first == expected)
    }

    @Test("Plain scalars mean what they mean to kubectl")
    func scalars() throws {
        let folder = try folder([
            "edge.yaml": Manifest.group(
                "edge", "  unicastEnabled: on\n  version: 0x3\n  advertisementInterval: '250ms'"),
            "web.yaml": Manifest.service("front", "192.0.2.7"),
        ])
        #expect(folder.problems.isEmpty)
        let router = try #require(try folder.plan.routers.first)
        #expect(router.isUnicast && router.version == .v3 && router.advertisementInterval.centiseconds == 25)
    }

    @Test("Anchors, aliases and merge keys are read where they stand for values")
    func anchors() throws {
        let folder = try folder([
            "edge.yaml": Manifest.group(),
            "web.yaml": """
            apiVersion: v1
            kind: List
            items:
            - apiVersion: v1
              kind: Service
              metadata:
                name: front
                annotations: &annotations
                  keepalived-operator.redhat-cop.io/keepalivedgroup: ingress/edge
              spec: &spec {type: LoadBalancer, loadBalancerIP: 192.0.2.7}
            - apiVersion: v1
              kind: Service
              metadata: {name: back, annotations: *annotations}
              spec: {<<: *spec, loadBalancerIP: 192.0.2.8}
            """,
        ])
        #expect(folder.problems.isEmpty)
        #expect(folder.addresses.sorted() == ["192.0.2.7", "192.0.2.8"])
    }

    @Test("What is refused or has no effect is told with the object that says it")
    func remarks() throws {
        let folder = try folder([
            "edge.yaml": Manifest.group("edge", "  interfac: eth1\n  verbatimConfig: {vrrp_garp_master_dely: '1'}")
        ])
        let messages = folder.state.messages(onNode: "node1").map(\.text)
        #expect(messages.contains { $0.hasSuffix("spec.interfac is no field of a KeepalivedGroup, and has no effect") })
        #expect(messages.contains { $0.contains("vrrp_garp_master_dely is no keyword of global_defs") })
        #expect(messages.allSatisfy { $0.hasPrefix("edge.yaml, document 1, line 1: KeepalivedGroup ingress/edge: ") })
    }

    @Test("A finding has the place of its object, and a host that no Node speaks of is told so")
    func findings() throws {
        let folder = try folder(["web.yaml": Manifest.service("front", "192.0.2.7")])
        let messages = folder.state.messages(onNode: "node9").map(\.text)
        #expect(
            messages == [
                "there is no Node node9 in the folder, so this host takes part in nothing",
                "web.yaml, document 1, line 1: Service shop/front: there is no KeepalivedGroup ingress/edge",
            ])
    }

    @Test("The value of a Secret is there for the agent, in both forms, and in no text")
    func secrets() throws {
        let folder = try folder([
            "secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: auth, namespace: ingress}\n"
                + "data: {password: c2VjcmV0}\nstringData: {other: plain}\n"
        ])
        let secret = try #require(try folder.plan.secrets[ObjectName("ingress", "auth")])
        #expect(secret["password"]?.octets == Array("secret".utf8) && secret["other"]?.octets == Array("plain".utf8))
        #expect(!"\(folder.state)".contains("plain") && !"\(folder.state)".contains("115, 101"))
    }

    @Test(
        "What is wrong with a Secret is told without what it says",
        arguments: [
            ("data: {password: hunter2!}", "data.password: what it says is not allowed; allowed is a text in Base64"),
            (
                "stringData: {password: 74839275}",
                "stringData.password: what it says is not allowed; "
                    + "allowed is a text; what YAML takes for something else goes between quotes"
            ),
            ("data: hunter2", "data: what it says is not allowed; allowed is a map"),
            ("stringData: [hunter2]", "stringData: what it says is not allowed; allowed is a map"),
        ])
    func wrongSecret(_ fields: String, _ problem: String) throws {
        let folder = try folder([
            "secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: auth, namespace: ingress}\n\(fields)\n"
        ])
        #expect(folder.problems == ["secret.yaml, document 1, line 4: \(problem)"])
        let all = "\(folder.state) \(folder.state.messages(onNode: "node1"))"
        #expect(!all.contains("hunter2") && !all.contains("74839275"))
    }
}

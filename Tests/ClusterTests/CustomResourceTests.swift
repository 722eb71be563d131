import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

@Suite("KeepalivedGroups and VirtualRouters on a real API server", .needsAPIServer, .timeLimit(.minutes(5)))
struct CustomResourceTests {
    private static let group = #"""
        {
          "metadata": {"name": "edge"},
          "spec": {
            "image": "example/vrrp:1", "interface": "eth0", "interfaceFromIP": "192.0.2.1",
            "passwordAuth": {"secretRef": {"name": "vrrp"}, "secretKey": "pass"},
            "verbatimConfig": {"vrrp_garp_master_repeat": "3", "vrrp_skip_check_adv_addr": ""},
            "blacklistRouterIDs": [1, 2, 255], "unicastEnabled": true,
            "nodeSelector": {"node-role.kubernetes.io/edge": ""}, "daemonsetPodPriorityClassName": "high",
            "daemonsetPodAnnotations": {"container.apparmor.security.beta.kubernetes.io/vrrpd": "unconfined"},
            "version": 3, "advertisementInterval": "100ms", "preemption": {"mode": "Delayed", "delay": "5m"},
            "allowedNamespaces": ["shop", "default"], "allowedNetworks": ["192.0.2.0/24", "2001:db8::/64"],
            "metricsPort": 9651
          },
          "status": {
            "conditions": [{
              "type": "Ready", "status": "True", "reason": "Planned", "message": "", "observedGeneration": 1,
              "lastTransitionTime": "2026-01-31T09:30:00Z"
            }],
            "routerIDs": {"shop/web": 3, "shop/media/192.0.2.90": 4},
            "quarantinedRouterIDs": {"5": "2026-01-31T09:40:00Z"}, "availableRouterIDs": 249, "virtualRouters": 2,
            "nodes": 3, "metricsPort": 9651, "observedGeneration": 1
          }
        }
        """#

    private static let router = #"""
        {
          "metadata": {"name": "edge.shop.web.ipv4"},
          "spec": {
            "group": "edge", "service": {"namespace": "shop", "name": "web"}, "key": "shop/web",
            "virtualRouterID": 3, "family": "IPv4", "version": 2, "interface": "eth0", "interfaceFromIP": "192.0.2.1",
            "addresses": ["192.0.2.80", "192.0.2.81"], "advertisementInterval": "1s",
            "preemption": {"mode": "Delayed", "delay": "5m"}, "healthCheckNodePort": 31000, "unicast": true,
            "verbatimConfig": {"track_src_ip": "", "garp_master_delay": "2"},
            "passwordAuth": {"secretRef": {"name": "vrrp"}, "secretKey": "pass"},
            "members": [
              {"node": "node1", "priority": 250, "address": "192.0.2.11"}, {"node": "node2", "priority": 226}
            ]
          },
          "status": {
            "activeNode": "node1", "activeSince": "2026-01-31T09:30:00Z", "transitions": 1, "conflicts": 2,
            "foreignRouters": {"virtualRouterIDs": [7, 9], "observed": "2026-01-31T09:35:00Z"},
            "observedGeneration": 1,
            "conditions": [{
              "type": "Ready", "status": "True", "reason": "Active", "message": "",
              "lastTransitionTime": "2026-01-31T09:30:00Z"
            }]
          }
        }
        """#

    private func withNamespace(_ body: @Sendable (APIClient, String) async throws -> Void) async throws {
        let plane = try await InstalledControlPlane.shared.get().plane
        try await plane.withClient { client in try await body(client, plane.namespace(client)) }
    }

    @Test("A group keeps every field of its model, and its status is written apart")
    func wholeGroup() async throws {
        let written = try JSONDecoder().decode(KeepalivedGroup.self, from: Data(Self.group.utf8))
        #expect(absentFields(of: try #require(written.spec)).isEmpty)
        #expect(absentFields(of: try #require(written.status)).isEmpty)
        try await withNamespace { client, namespace in
            let groups = KeepalivedGroup.inside(namespace)
            var group = written
            group.metadata.namespace = namespace
            let status = group.status
            group.status = nil
            #expect(try await client.apply(group, in: groups, as: tester).spec == written.spec)
            group.status = status
            let read = try await client.applyStatus(of: group, in: groups, as: tester)
            #expect(read.status == written.status && read.spec == written.spec)
        }
    }

    @Test("A virtual router keeps every field of its model, and its status is written apart")
    func wholeRouter() async throws {
        let written = try JSONDecoder().decode(VirtualRouter.self, from: Data(Self.router.utf8))
        #expect(absentFields(of: written.spec).isEmpty)
        #expect(absentFields(of: try #require(written.status)).isEmpty)
        try await withNamespace { client, namespace in
            let routers = VirtualRouter.inside(namespace)
            var router = written
            router.metadata.namespace = namespace
            let status = router.status
            router.status = nil
            #expect(try await client.apply(router, in: routers, as: tester).spec == written.spec)
            router.status = status
            let read = try await client.applyStatus(of: router, in: routers, as: tester)
            #expect(read.status == written.status && read.spec == written.spec)
        }
    }

    @Test("A virtual router takes options of keepalived")
    func options() async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        let name = "options-\(UInt32.random(in: 0...UInt32.max))"
        try kubectl(
            "create",
            manifest: """
                apiVersion: redhatcop.redhat.io/v1alpha1
                kind: VirtualRouter
                metadata: {name: \(name), namespace: default}
                spec:
                  group: edge
                  service: {namespace: shop, name: web}
                  virtualRouterID: 3
                  family: IPv4
                  version: 3
                  interface: eth0
                  addresses: [192.0.2.80]
                  members: [{node: node1, priority: 250}]
                  verbatimConfig: {track_src_ip: "", garp_master_delay: "2"}
                """)
        let options = try kubectl("get", "vr", name, "--output=jsonpath={.spec.verbatimConfig}")
        #expect(options.contains(#""track_src_ip":"""#) && options.contains(#""garp_master_delay":"2""#))
    }

    @Test("What the keepalived-operator let pass can still be written")
    func unbounded() async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        let spec = #"{interface: "", blacklistRouterIDs: [0, 256, -1], verbatimConfig: {"a b": "}"}}"#
        try kubectl("create", manifest: Self.group(spec))
        #expect(try kubectl("get", "keepalivedgroup,kg", "--all-namespaces").contains("made-"))
    }

    @Test(
        "A bad value is refused, and the refusal names the field and what is allowed",
        arguments: [
            ("metricsPort: 80", ["spec.metricsPort", "1024"]),
            ("metricsPort: 70000", ["spec.metricsPort", "65535"]),
            ("version: 4", ["spec.version", "\"2\", \"3\""]),
            ("advertisementInterval: soon", ["spec.advertisementInterval", "(ms|s)"]),
            ("advertisementInterval: 5m", ["spec.advertisementInterval", "(ms|s)"]),
            ("preemption: {mode: Sometimes}", ["spec.preemption.mode", "Sticky", "Delayed", "Immediate"]),
            ("preemption: {mode: Delayed, delay: long}", ["spec.preemption.delay", "(ms|s|m)"]),
            ("allowedNetworks: [192.0.2.1]", ["spec.allowedNetworks", "/[0-9]"]),
            ("allowedNamespaces: [\"\"]", ["spec.allowedNamespaces", "1"]),
            ("interfaceFromIP: eth0", ["spec.interfaceFromIP", "ipv4"]),
            ("interfaceFromIP: 192.0.2.300", ["spec.interfaceFromIP"]),
            ("blacklistRouterIDs: [7, 7]", ["spec.blacklistRouterIDs", "Duplicate value: 7"]),
            ("passwordAuth: {secretKey: a}", ["passwordAuth", "secretRef"]),
        ])
    func badValues(field: String, words: [String]) async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        let refusal = #expect(throws: Program.Failure.self) {
            try kubectl("create", manifest: Self.group("{interface: eth0, \(field)}"))
        }
        for word in words {
            #expect(refusal?.description.contains(word) == true, "\(refusal?.description ?? "")")
        }
    }

    @Test("The longest interval of each version is allowed", arguments: [(2, "255s"), (3, "40.95s")])
    func longestInterval(version: Int, interval: String) async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        let spec = "{interface: eth0, version: \(version), advertisementInterval: \(interval)}"
        try kubectl("create", manifest: Self.group(spec))
    }

    /// Servers before 1.25 know no rules; the operator says the same in a condition.
    @Test(
        "A value that contradicts another is refused in a sentence, by servers that know rules",
        arguments: [
            ("{}", "interface must name the interface of the nodes"),
            ("{interface: eth0, version: 2, advertisementInterval: 100ms}", "version 2 counts whole seconds"),
            ("{interface: eth0, version: 3, advertisementInterval: 41s}", "version 3 counts hundredths of a second"),
            ("{interface: eth0, version: 2, advertisementInterval: 256s}", "with version 2 from 1s to 255s"),
            ("{interface: eth0, advertisementInterval: 1ms}", "advertisementInterval must be from 10ms to 40.95s"),
            ("{interface: eth0, preemption: {mode: Sticky, delay: 1m}}", "delay belongs to mode Delayed"),
            ("{interface: eth0, preemption: {mode: Delayed}}", "delay belongs to mode Delayed"),
        ])
    func rules(spec: String, sentence: String) async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        try await refusal(of: Self.group(spec), because: sentence, by: kubectl, of: "keepalivedgroups")
    }

    @Test(
        "A virtual router that contradicts itself is refused, by servers that know rules",
        arguments: [
            (
                "version: 2, family: IPv6, addresses: [\"2001:db8::80\"], interface: eth0",
                "IPv6 exists in version 3 alone"
            ),
            (
                "version: 3, family: IPv4, addresses: [\"2001:db8::80\"], interface: eth0",
                "all addresses must be of the family"
            ),
            (
                "version: 3, family: IPv6, addresses: [192.0.2.80], interface: eth0",
                "all addresses must be of the family"
            ),
            ("version: 3, family: IPv4, addresses: [192.0.2.80]", "interface must name the interface of the nodes"),
            (
                "version: 3, family: IPv4, addresses: [192.0.2.80], interface: eth0, preemption: {mode: Delayed}",
                "delay belongs to mode Delayed"
            ),
        ])
    func routerRules(fields: String, sentence: String) async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        let router = """
            apiVersion: redhatcop.redhat.io/v1alpha1
            kind: VirtualRouter
            metadata: {generateName: made-, namespace: default}
            spec:
              {group: edge, service: {namespace: shop, name: web}, virtualRouterID: 3,
               members: [{node: node1, priority: 250}], \(fields)}
            """
        try await refusal(of: router, because: sentence, by: kubectl, of: "virtualrouters")
    }

    private func refusal(of manifest: String, because sentence: String, by kubectl: Kubectl, of kind: String)
        async throws
    {
        let kept = try kubectl(
            "get", "crd", "\(kind).redhatcop.redhat.io", "--output=jsonpath={.spec.versions[0].schema}")
        let knowsRules = kept.contains("x-kubernetes-validations")
        if CustomResourceServer.assets != nil { #expect(knowsRules) }
        if knowsRules {
            let refusal = #expect(throws: Program.Failure.self) { try kubectl("create", manifest: manifest) }
            #expect(refusal?.description.contains(sentence) == true, "\(refusal?.description ?? "")")
        } else {
            try kubectl("create", manifest: manifest)
        }
    }

    @Test("kubectl shows of a group and of a router what one wants to know")
    func columns() async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        try await withNamespace { client, namespace in
            var group = try JSONDecoder().decode(KeepalivedGroup.self, from: Data(Self.group.utf8))
            var router = try JSONDecoder().decode(VirtualRouter.self, from: Data(Self.router.utf8))
            group.metadata.namespace = namespace
            router.metadata.namespace = namespace
            router.status?.activeSince = Timestamp(seconds: Int64(Date().timeIntervalSince1970) - 3600)
            try await client.apply(group, in: KeepalivedGroup.inside(namespace), as: tester)
            try await client.applyStatus(of: group, in: KeepalivedGroup.inside(namespace), as: tester)
            try await client.apply(router, in: VirtualRouter.inside(namespace), as: tester)
            try await client.applyStatus(of: router, in: VirtualRouter.inside(namespace), as: tester)

            let groups = table(try kubectl("get", "kg", "--namespace", namespace))
            #expect(
                groups.first
                    == ["NAME", "INTERFACE", "VERSION", "ROUTERS", "FREE-IDS", "NODES", "READY", "AGE"])
            #expect(groups.last?.dropLast() == ["edge", "eth0", "3", "2", "249", "3", "True"])

            let routers = table(try kubectl("get", "vr", "--namespace", namespace, "--output=wide"))
            #expect(
                routers.first == [
                    "NAME", "SERVICE", "VRID", "ADDRESSES", "ACTIVE-NODE", "SINCE", "TRANSITIONS", "CONFLICTS",
                    "READY", "GROUP", "AGE",
                ])
            #expect(
                routers.last?.dropLast() == [
                    "edge.shop.web.ipv4", "shop/web", "3", #"["192.0.2.80","192.0.2.81"]"#, "node1", "60m", "1", "2",
                    "True", "edge",
                ])
            let narrow = table(try kubectl("get", "virtualrouters", "--namespace", namespace))
            #expect(narrow.first == Array(routers.first?.prefix(7) ?? []))
        }
    }

    @Test("A group of the keepalived-operator stays what it is when the new kind takes the old one's place")
    func takeover() async throws {
        let kubectl = try Kubectl(await ControlPlane())
        try kubectl("apply", manifest: Self.oldKind)
        try await kubectl.waitUntilServed(["keepalivedgroups"])
        // Without kubectl's own check: it may know either kind, for servers publish schemas late.
        let oldGroup = Self.group("{interface: ens3, blacklistRouterIDs: [0, 300]}", named: "old")
        try kubectl("apply", "--validate=false", manifest: oldGroup)
        try await kubectl.plane.withClient { client in
            let groups = KeepalivedGroup.inside("default")
            let status = AnyJSON(["status": ["routerIDs": ["shop/web": 1]]])
            let old = try await client.merge(status, into: "old", in: groups, .status, as: tester)
            #expect(old.spec?.image == "registry.example.com/ipfailover")

            _ = try await InstalledControlPlane.install(in: kubectl.plane)
            let new = try await client.get("old", from: groups)
            #expect(new.spec == old.spec && new.status?.routerIDs == ["shop/web": 1])
            #expect(new.metadata.uid == old.metadata.uid && new.metadata.generation == old.metadata.generation)
            let changed = try await client.merge(
                AnyJSON(["spec": ["metricsPort": 9651]]), into: "old", in: groups, as: tester)
            #expect(changed.spec?.blacklistRouterIDs == [0, 300] && changed.spec?.metricsPort == 9651)
        }
        // The image is not filled in any more.
        try kubectl("create", "--validate=false", manifest: Self.group("{interface: ens3}", named: "new"))
        #expect(try kubectl("get", "keepalivedgroup", "new", "--output=jsonpath={.spec}") == #"{"interface":"ens3"}"#)
    }

    private static func group(_ spec: String, named name: String? = nil) -> String {
        """
        apiVersion: redhatcop.redhat.io/v1alpha1
        kind: KeepalivedGroup
        metadata: {\(name.map { "name: \($0)" } ?? "generateName: made-"), namespace: default}
        spec: \(spec)
        """
    }

    /// What matters of the kind as the keepalived-operator has it: the same name and version, an image by default.
    private static let oldKind = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: keepalivedgroups.redhatcop.redhat.io}
        spec:
          group: redhatcop.redhat.io
          names: {kind: KeepalivedGroup, listKind: KeepalivedGroupList, plural: keepalivedgroups, singular: keepalivedgroup}
          scope: Namespaced
          versions:
            - name: v1alpha1
              served: true
              storage: true
              subresources: {status: {}}
              schema:
                openAPIV3Schema:
                  type: object
                  properties:
                    spec:
                      type: object
                      required: [image, interface]
                      properties:
                        image: {type: string, default: registry.example.com/ipfailover}
                        interface: {type: string}
                        blacklistRouterIDs: {type: array, items: {type: integer}, x-kubernetes-list-type: set}
                    status:
                      type: object
                      properties:
                        routerIDs: {type: object, additionalProperties: {type: integer}}
        """
}

/// The fields of a value that are nil: a sample of everything has none.
private func absentFields<Value>(of value: Value) -> [String] {
    Mirror(reflecting: value).children.filter { "\($0.value)" == "nil" }.compactMap(\.label)
}

/// The rows of what kubectl prints, heading first.
private func table(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
}

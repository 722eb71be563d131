import ClusterObjects
import GroupOperator
import GroupOperatorService
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

extension OperatorSuites {
    @Suite("What it writes of virtual routers, and what servers and others make of that")
    struct RouterObjectTests {
        @Test("A change of priorities is written once, in whatever order the server keeps the nodes")
        func placesOfNodes() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let namespace = try await plane.withClient { try await plane.namespace($0) }
            let (routers, nodes) = (VirtualRouter.inside(namespace), KubernetesAPI.Node.resourceType.objects())
            let name = "edge.\(namespace).web.ipv4"
            @Sendable func cordon(_ node: String, _ isCordoned: Bool, _ client: APIClient) async throws {
                let patch = AnyJSON(["spec": ["unschedulable": isCordoned ? true : .null]])
                _ = try await client.merge(patch, into: node, in: nodes, as: tester)
            }
            @Sendable func best(_ client: APIClient) async throws -> String? {
                try await client.get(name, from: routers).spec.membersByClaim.first?.node
            }
            let version = try await plane.withOperator { client in
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.97"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                #expect(try await eventually { try await best(client) != nil })
                let first = try #require(try await best(client))
                try await cordon(first, true, client)
                #expect(try await eventually { try await best(client) != first })
                // The node that is away has the best claim no longer when it is back, so that the plan stays as it is.
                try await cordon(first, false, client)
                #expect(
                    try await eventually {
                        try await client.get(name, from: routers).spec.membersByClaim.map(\.node).last != first
                    })
                try await Task.sleep(for: .seconds(1))
                let version = try await client.get(name, from: routers).metadata.resourceVersion
                try await Task.sleep(for: .seconds(2))
                #expect(try await client.get(name, from: routers).metadata.resourceVersion == version)
                return version
            }
            // Who comes anew takes the same node for the best.
            try await plane.withOperator { client in
                try await Task.sleep(for: .seconds(4))
                #expect(try await client.get(name, from: routers).metadata.resourceVersion == version)
            }
        }

        @Test("Fields, options and nodes that somebody puts into a virtual router are taken out")
        func additions() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                let routers = VirtualRouter.inside(namespace)
                let name = "edge.\(namespace).web.ipv4"
                try await client.create(
                    Samples.group("edge", namespace), in: KeepalivedGroup.inside(namespace), as: tester)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.98"]),
                    in: Samples.services.objects(inside: namespace), as: tester)
                #expect(try await eventually { try await client.find(name, in: routers) != nil })
                let before = try await client.get(name, from: routers)

                var members = before.spec.members
                members[0].address = "198.51.100.77"
                members.append(.init(node: "stranger", priority: 7))
                var changed = before
                changed.spec.members = members
                let list = try #require(try DynamicObject(changed)["spec", "members"])
                let edit = AnyJSON([
                    "spec": [
                        "interfaceFromIP": "198.51.100.1", "verbatimConfig": ["garp_master_delay": "3"],
                        "preemption": ["mode": "Delayed", "delay": "5m"], "members": list,
                    ]
                ])
                _ = try await client.merge(edit, into: name, in: routers, as: tester) as VirtualRouter
                let isUndone = try await eventually {
                    try await client.get(name, from: routers).spec.means(before.spec)
                }
                #expect(isUndone)
                // Nothing is left that would have to be taken out once more.
                try await Task.sleep(for: .seconds(1))
                let version = try await client.get(name, from: routers).metadata.resourceVersion
                try await Task.sleep(for: .seconds(2))
                #expect(try await client.get(name, from: routers).metadata.resourceVersion == version)
            }
        }

        @Test("A router that cannot be deleted keeps its addresses from others, and nothing else of its group waits")
        func undeletable() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                try await Self.keepRouter(in: try await plane.namespace(client), client)
            }
        }

        private static func keepRouter(in namespace: String, _ client: APIClient) async throws {
            let groups = KeepalivedGroup.inside(namespace)
            let routers = VirtualRouter.inside(namespace)
            let webhooks = webhooks.objects()
            let (stuck, heir) = ("edge.\(namespace).stuck.ipv4", "edge.\(namespace).heir.ipv4")
            try await client.create(Samples.group("edge", namespace), in: groups, as: tester)
            try await add("stuck", "192.0.2.101", in: namespace, client)
            try await client.create(webhook(namespace), in: webhooks, as: tester)
            let isRefused = try await eventually {
                try await isDeletionRefused(of: stuck, in: routers, label: namespace, client)
            }
            #expect(isRefused)

            try await client.delete("stuck", from: Samples.services.objects(inside: namespace))
            try await add("other", "192.0.2.102", in: namespace, client)
            try await add("heir", "192.0.2.101", in: namespace, client)
            let isOtherThere = try await eventually {
                try await client.find("edge.\(namespace).other.ipv4", in: routers) != nil
            }
            #expect(isOtherThere)
            let isTold = try await eventually {
                let status = try await client.get("edge", from: groups).status
                return status?.conditions?["Ready"]?.message.contains(stuck) == true
            }
            #expect(isTold)
            let names = try await client.list(routers).items.map(\.metadata.name)
            #expect(names.contains(stuck) && !names.contains(heir))

            try await client.delete(namespace, from: webhooks)
            let isInherited = try await eventually { try await client.find(heir, in: routers) != nil }
            #expect(isInherited)
            let rest = try await client.find(stuck, in: routers)
            #expect(rest == nil)
        }

        private static func add(
            _ service: String, _ address: String, in namespace: String, _ client: APIClient
        ) async throws {
            try await client.create(
                Samples.service(service, namespace, in: "\(namespace)/edge", [address]),
                in: Samples.services.objects(inside: namespace), as: tester)
        }

        /// Tries to delete a router with the label of ``webhook(_:)``. Until the server knows of that, the router goes, and the
        /// operator makes it anew.
        private static func isDeletionRefused(
            of name: String, in routers: ResourceCollection<VirtualRouter>, label: String, _ client: APIClient
        ) async throws -> Bool {
            let patch = AnyJSON(["metadata": ["labels": ["stuck": .string(label)]]])
            _ = try await client.merge(patch, into: name, in: routers, as: tester) as VirtualRouter
            do {
                try await client.delete(name, from: routers)
                return false
            } catch let error as ClientError where error.code == 500 {
                return true
            }
        }

        private static let webhooks = ResourceType(
            group: "admissionregistration.k8s.io", version: "v1", kind: "ValidatingWebhookConfiguration",
            plural: "validatingwebhookconfigurations", isNamespaced: false)

        /// What refuses to let virtual routers go that have the label `stuck` with this value.
        private static func webhook(_ name: String) -> DynamicObject {
            var object = DynamicObject(webhooks, metadata: ObjectMeta(name: name))
            object["webhooks"] = [
                [
                    "name": "nobody.example.com", "sideEffects": "None", "admissionReviewVersions": ["v1"],
                    "clientConfig": ["url": "https://127.0.0.1:1/"], "failurePolicy": "Fail", "timeoutSeconds": 1,
                    "objectSelector": ["matchLabels": ["stuck": .string(name)]],
                    "rules": [
                        [
                            "apiGroups": ["redhatcop.redhat.io"], "apiVersions": ["*"], "operations": ["DELETE"],
                            "resources": ["virtualrouters"],
                        ]
                    ],
                ]
            ]
            return object
        }
    }
}

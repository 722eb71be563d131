import ClusterObjects
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

extension OperatorSuites {
    @Suite("Taking over from keepalived-operator")
    struct AdoptionTests {
        private static let predecessor = FieldManager("manager")

        /// The DaemonSet of a group as keepalived-operator makes it.
        private func daemonSet(of group: KeepalivedGroup) -> DynamicObject {
            var object = owned(DaemonSet.resourceType, by: group)
            let container = { (name: String, mounts: JSONValue) -> JSONValue in
                [
                    "name": .string(name), "image": "quay.io/redhat-cop/keepalived-operator:latest",
                    "imagePullPolicy": "Always", "command": ["/bin/bash"], "volumeMounts": mounts,
                    "securityContext": ["privileged": true],
                ]
            }
            let mounts: JSONValue = [
                ["name": "config-dst", "mountPath": "/etc/keepalived.d"], ["name": "stats", "mountPath": "/tmp"],
            ]
            object["spec"] = [
                "selector": ["matchLabels": ["keepalivedGroup": "edge"]],
                "template": [
                    "metadata": ["labels": ["keepalivedGroup": "edge"], "annotations": ["old": "one"]],
                    "spec": [
                        "hostNetwork": true, "automountServiceAccountToken": false, "enableServiceLinks": false,
                        "shareProcessNamespace": true, "tolerations": [["operator": "Exists"]],
                        "initContainers": [container("config-setup", mounts)],
                        "containers": [
                            container("keepalived", mounts), container("config-reloader", mounts),
                            [
                                "name": "prometheus-exporter", "image": "quay.io/redhat-cop/keepalived-operator:latest",
                                "ports": [["name": "metrics", "containerPort": 9650, "protocol": "TCP"]],
                                "volumeMounts": mounts, "securityContext": ["privileged": true],
                            ],
                        ],
                        "volumes": [
                            ["name": "lib-modules", "hostPath": ["path": "/lib/modules"]],
                            ["name": "config", "configMap": ["name": "edge"]], ["name": "config-dst", "emptyDir": [:]],
                            ["name": "pid", "emptyDir": ["medium": "Memory"]], ["name": "stats", "emptyDir": [:]],
                        ],
                    ],
                ],
            ]
            return object
        }

        private func owned(_ type: ResourceType, by group: KeepalivedGroup) -> DynamicObject {
            var metadata = ObjectMeta(name: "edge", namespace: group.metadata.namespace)
            metadata.ownerReferences = OwnerReference(controller: group).map { [$0] } ?? []
            return DynamicObject(type, metadata: metadata)
        }

        /// Says what the controller of DaemonSets says, which these tests have none of.
        private func rollOut(
            updated: Int64, _ client: APIClient, _ sets: ResourceCollection<DynamicObject>
        ) async throws {
            let generation = try await client.get("edge", from: sets).metadata.generation ?? 0
            let status = AnyJSON([
                "status": [
                    "currentNumberScheduled": 3, "desiredNumberScheduled": 3, "numberMisscheduled": 0, "numberReady": 3,
                    "updatedNumberScheduled": .integer(updated), "observedGeneration": .integer(Int64(generation)),
                ]
            ])
            _ = try await client.merge(status, into: "edge", in: sets, .status, as: tester)
        }

        @Test(
            "The old DaemonSet becomes the new one in place, identifiers stay, and the ConfigMap with the password goes"
        )
        func adoption() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withClient { client in
                let namespace = try await plane.namespace(client)
                let groups = KeepalivedGroup.inside(namespace)
                let group = try await client.create(Samples.group("edge", namespace), in: groups, as: Self.predecessor)
                let status = AnyJSON([
                    "status": [
                        "routerIDs": [.init(stringLiteral: "\(namespace)/web"): 7, "gone/service": 9],
                        "conditions": [
                            [
                                "type": "ReconcileSuccess", "status": "True", "reason": "LastReconcileCycleSucceded",
                                "message": "", "lastTransitionTime": "2023-01-01T00:00:00Z",
                            ]
                        ],
                    ]
                ])
                _ =
                    try await client.merge(status, into: "edge", in: groups, .status, as: Self.predecessor)
                    as KeepalivedGroup
                let sets = DaemonSet.resourceType.objects(inside: namespace)
                let old = try await client.create(daemonSet(of: group), in: sets, as: Self.predecessor)
                let maps = ConfigMap.resourceType.objects(inside: namespace)
                var map = owned(ConfigMap.resourceType, by: group)
                map["data"] = ["keepalived.conf": "auth_pass secret"]
                try await client.create(map, in: maps, as: Self.predecessor)
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/edge", ["192.0.2.90"]),
                    in: Samples.services.objects(inside: namespace), as: tester)

                try await plane.withOperator { client in
                    @Sendable func isReplaced() async throws -> Bool {
                        let set: DaemonSet = try await client.get("edge", from: sets).read()
                        return set.spec.template.spec.containers.map(\.name).sorted() == ["agent", "vrrpd"]
                    }
                    #expect(try await eventually { try await isReplaced() })
                    try await rollOut(updated: 1, client, sets)
                    try await Task.sleep(for: .seconds(1))
                    #expect(try await client.find("edge", in: maps) != nil, "two nodes have the old pods still")
                    try await rollOut(updated: 3, client, sets)
                    #expect(try await eventually { try await client.find("edge", in: maps) == nil })
                    let set = try await client.get("edge", from: sets)
                    let typed: DaemonSet = try set.read()
                    #expect(set.metadata.uid == old.metadata.uid, "pods are replaced one by one, by the same DaemonSet")
                    #expect(typed.spec.template.spec.containers.map(\.name).sorted() == ["agent", "vrrpd"])
                    #expect(typed.spec.template.spec.initContainers?.map(\.name) == ["state"])
                    #expect(typed.spec.template.spec.volumes?.map(\.name).sorted() == ["run", "state"])
                    #expect(typed.spec.template.spec.shareProcessNamespace != true)
                    #expect(typed.spec.template.metadata?.annotations["old"] == nil)

                    let router = try await client.get(
                        "edge.\(namespace).web.ipv4", from: VirtualRouter.inside(namespace))
                    #expect(router.spec.virtualRouterID == 7 && router.spec.version == 2)
                    #expect(
                        try await eventually {
                            let conditions = try await client.get("edge", from: groups).status?.conditions ?? []
                            return conditions["ProtocolVersion"]?.reason == "Inherited"
                                && conditions["Ready"]?.status == "True"
                        })
                    let status = try await client.get("edge", from: groups).status
                    #expect(status?.routerIDs == ["\(namespace)/web": 7], "keys of others that nobody wants are gone")
                    #expect(status?.quarantinedRouterIDs?.keys.sorted() == ["9"])

                    // Fields of ours are ours alone: what the group no longer asks for goes.
                    @Sendable func annotation(_ change: JSONValue) async throws {
                        let patch = AnyJSON(["spec": ["daemonsetPodAnnotations": change]])
                        _ = try await client.merge(patch, into: "edge", in: groups, as: tester) as KeepalivedGroup
                    }
                    @Sendable func annotations() async throws -> [String: String] {
                        let set: DaemonSet = try await client.get("edge", from: sets).read()
                        return set.spec.template.metadata?.annotations ?? [:]
                    }
                    try await annotation(["a": "b"])
                    #expect(try await eventually { try await annotations() == ["a": "b"] })
                    try await annotation(.null)
                    #expect(try await eventually { try await annotations() == [:] })
                }
            }
        }

        @Test("A DaemonSet of somebody else that has the name of the group is left alone")
        func stranger() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            try await plane.withOperator { client in
                let namespace = try await plane.namespace(client)
                let groups = KeepalivedGroup.inside(namespace)
                var group = Samples.group("edge", namespace)
                group.metadata.uid = "none"
                var set = daemonSet(of: group)
                set["metadata", "ownerReferences"] = nil
                let sets = DaemonSet.resourceType.objects(inside: namespace)
                let theirs = try await client.create(set, in: sets, as: tester)
                try await client.create(Samples.group("edge", namespace), in: groups, as: tester)
                #expect(
                    try await eventually {
                        let conditions = try await client.get("edge", from: groups).status?.conditions ?? []
                        return conditions["ReconcileError"]?.message.contains("DaemonSet edge is there already") == true
                    })
                #expect(
                    try await client.get("edge", from: sets).metadata.resourceVersion == theirs.metadata.resourceVersion
                )
            }
        }
    }
}

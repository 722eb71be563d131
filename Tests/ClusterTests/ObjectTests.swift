import Foundation
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Testing

@Suite("Objects on a real API server", .needsAPIServer)
struct ObjectTests {
    @Test("An object is created, read, changed and deleted")
    func lifecycle() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let services = Service.inside(namespace)
            let objects = Samples.services.objects(inside: namespace)
            #expect(try await client.find("web", in: services) == nil)

            let created = try await client.create(Samples.service("web", namespace), in: objects, as: tester)
            #expect(created.metadata.uid != nil)
            let error = await #expect(throws: ClientError.self) {
                try await client.create(Samples.service("web", namespace), in: objects, as: tester)
            }
            #expect(error?.isAlreadyThere == true)
            #expect(error?.description.contains("/services") == true)

            let read = try await client.get("web", from: services)
            #expect(read.spec?.type == "LoadBalancer")
            #expect((read.metadata.creationTimestamp?.seconds ?? 0) > 1_500_000_000)

            let patch = AnyJSON(["metadata": ["annotations": ["a": "b"]], "spec": ["externalIPs": ["192.0.2.1"]]])
            let merged = try await client.merge(patch, into: "web", in: services, as: tester)
            #expect(merged.spec?.externalIPs == ["192.0.2.1"] && merged.metadata.annotations == ["a": "b"])

            // Whoever knows an old version only is told so.
            let stale = AnyJSON(["metadata": ["resourceVersion": .string(read.metadata.resourceVersion ?? "")]])
            let conflict = await #expect(throws: ClientError.self) {
                _ = try await client.merge(stale, into: "web", in: services, as: tester) as Service
            }
            #expect(conflict?.isConflict == true && conflict?.isAlreadyThere == false)

            let other = await #expect(throws: ClientError.self) {
                try await client.delete("web", from: services, uid: "00000000-0000-0000-0000-000000000000")
            }
            #expect(other?.isConflict == true)
            #expect(try await client.delete("web", from: services, uid: read.metadata.uid))
            #expect(try await client.delete("web", from: services) == false)
        }
    }

    @Test("A whole object that is replaced keeps what this program does not know")
    func replacement() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let objects = Samples.services.objects(inside: namespace)
            var service = try await client.create(Samples.service("web", namespace), in: objects, as: tester)
            let ports = service["spec", "ports"]
            service.metadata.annotations["x"] = "y"
            let replaced = try await client.replace(service, in: objects, as: tester)
            #expect(replaced["spec", "ports"] == ports && replaced.metadata.annotations == ["x": "y"])
            let error = await #expect(throws: ClientError.self) {
                try await client.replace(service, in: objects, as: tester)
            }
            #expect(error?.isConflict == true)
        }
    }

    @Test("A list comes in pages")
    func pages() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let objects = Samples.configMaps.objects(inside: namespace)
            for number in 0..<5 {
                var object = Samples.configMap("page-\(number)", namespace)
                object.metadata.labels = ["parity": number % 2 == 0 ? "even" : "odd"]
                try await client.create(object, in: objects, as: tester)
            }
            let isPaged = Selection(labels: [.exists("parity")])
            let first = try await client.page(of: objects, isPaged, limit: 2)
            #expect(first.items.map(\.metadata.name) == ["page-0", "page-1"])
            #expect(first.continueToken != nil)
            let all = try await client.list(objects, isPaged, limit: 2)
            #expect(all.items.map(\.metadata.name) == (0..<5).map { "page-\($0)" })
            #expect(all.resourceVersion != nil && all.continueToken == nil)
            let even = try await client.list(objects, Selection(labels: [.equals("parity", "even")]), limit: 1)
            #expect(even.items.count == 3)
            #expect(try await client.list(objects, .named("page-3")).items.count == 1)
            await #expect(throws: ClientError.self) {
                try await client.list(objects, isPaged, limit: 1, maximumPages: 2)
            }
        }
    }

    @Test("Server-side apply keeps what others have set, gives up what is left out, and tells of conflicts")
    func apply() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let objects = Samples.configMaps.objects(inside: namespace)
            let (mine, other) = (FieldManager("mine"), FieldManager("other"))
            try await client.apply(Samples.configMap("c", namespace, ["a": "1", "b": "1"]), in: objects, as: mine)
            try await client.apply(Samples.configMap("c", namespace, ["z": "9"]), in: objects, as: other)

            // Without b, which is given up; z stays.
            let applied = try await client.apply(Samples.configMap("c", namespace, ["a": "2"]), in: objects, as: mine)
            #expect(applied["data"] == ["a": "2", "z": "9"])

            let error = await #expect(throws: ClientError.self) {
                try await client.apply(
                    Samples.configMap("c", namespace, ["a": "3"]), in: objects, as: other, force: false)
            }
            guard case .refused(_, let refusal)? = error else { return }
            #expect(refusal.code == 409 && refusal.causes.map(\.field) == [".data.a"])
            #expect(refusal.causes.first?.message?.contains("mine") == true)
            let forced = try await client.apply(Samples.configMap("c", namespace, ["a": "3"]), in: objects, as: other)
            #expect(forced["data", "a"] == "3")

            // The same again is no new version.
            let again = try await client.apply(Samples.configMap("c", namespace, ["a": "3"]), in: objects, as: other)
            #expect(again.metadata.resourceVersion == forced.metadata.resourceVersion)
        }
    }

    @Test("The status is written apart from the specification, and neither gives up the other")
    func status() async throws {
        try await ControlPlane.shared.get().withClient { client in
            try await Samples.serveGroups(client)
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let groups = KeepalivedGroup.inside(namespace)
            var group = KeepalivedGroup(metadata: ObjectMeta(name: "edge", namespace: namespace))
            group.spec = KeepalivedGroup.Spec()
            group.spec?.interface = "eth0"
            let created = try await client.apply(group, in: groups, as: tester)
            #expect(created.spec?.interface == "eth0" && created.status == nil)

            var known = KeepalivedGroup(metadata: group.metadata)
            known.status = KeepalivedGroup.Status()
            known.status?.routerIDs = ["shop/web": 7, "shop/db": 8]
            known.status?.conditions = [
                Condition("Ready", true, reason: "Planned", at: Timestamp(seconds: 1_795_539_740))
            ]
            let updated = try await client.applyStatus(of: known, in: groups, as: tester)
            #expect(updated.spec?.interface == "eth0")
            #expect(updated.status == known.status)
            #expect(updated.metadata.generation == created.metadata.generation)

            known.status?.routerIDs = ["shop/db": 8]
            #expect(try await client.applyStatus(of: known, in: groups, as: tester).status == known.status)
            group.spec?.interface = "eth1"
            let changed = try await client.apply(group, in: groups, as: tester)
            #expect(changed.spec?.interface == "eth1" && changed.status == known.status)

            let patch = AnyJSON(["status": ["availableRouterIDs": 253]])
            let merged = try await client.merge(patch, into: "edge", in: groups, .status, as: tester)
            #expect(merged.status?.availableRouterIDs == 253 && merged.status?.routerIDs == ["shop/db": 8])
        }
    }

    @Test("A scale is read and set")
    func scale() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let objects = Samples.deployments.objects(inside: namespace)
            try await client.create(Samples.deployment("d", namespace), in: objects, as: tester)
            #expect(try await client.scale(of: "d", in: objects).spec?.replicas == 1)
            #expect(try await client.setScale(of: "d", in: objects, to: 3, as: tester).spec?.replicas == 3)
            #expect(try await client.get("d", from: objects)["spec", "replicas"] == 3)
        }
    }

    @Test("A type that is not served is not there, and one that is, is")
    func servedTypes() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let types = [Service.resourceType, Lease.resourceType, PodMonitor.resourceType]
            var served: [Bool] = []
            for type in types { served.append(try await client.serves(type)) }
            #expect(served == [true, true, false])
        }
    }

    @Test("What the operator writes is what a server takes")
    func operatorObjects() async throws {
        try await ControlPlane.shared.get().withClient { client in
            let namespace = try await ControlPlane.shared.get().namespace(client)
            let metadata = ObjectMeta(name: "edge", namespace: namespace, labels: ["keepalivedGroup": "edge"])
            var container = Container(name: "vrrpd", image: "example/vrrpd")
            container.ports = [.init(name: "metrics", containerPort: 9650)]
            container.env = [.init(name: "NODE", fieldPath: "spec.nodeName")]
            container.resources = Container.Resources()
            container.resources?.requests = ["cpu": "100m", "memory": "32Mi"]
            var pod = PodSpec(containers: [container])
            pod.hostNetwork = true
            pod.tolerations = [Toleration()]
            let set = DaemonSet(
                metadata: metadata,
                spec: .init(
                    selector: LabelSelector(matchLabels: metadata.labels),
                    template: PodTemplate(metadata: ObjectMeta(labels: metadata.labels), spec: pod)))
            let sets = DaemonSet.inside(namespace)
            let applied = try await client.apply(set, in: sets, as: tester)
            #expect(applied.spec.template.spec.containers.first?.ports?.first?.containerPort == 9650)
            let again = try await client.apply(set, in: sets, as: tester)
            #expect(again.metadata.resourceVersion == applied.metadata.resourceVersion)

            let role = Role(metadata: metadata, rules: [.init(apiGroup: "", resources: ["pods"], verbs: ["get"])])
            #expect(try await client.apply(role, in: Role.inside(namespace), as: tester).rules == role.rules)
            let binding = RoleBinding(
                metadata: metadata, role: "edge", serviceAccount: ObjectKey("monitoring", "prometheus"))
            let bound = try await client.apply(binding, in: RoleBinding.inside(namespace), as: tester)
            #expect(bound.subjects?.first?.name == "prometheus")
        }
    }
}

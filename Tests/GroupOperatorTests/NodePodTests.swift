import GroupOperator
import JSONDocument
import KubernetesAPI
import Testing
import VIPPlanning

@Suite("The pods of a group, and what belongs to them")
struct NodePodTests {
    /// Asked by all tests for the objects of one group, each time with another wish.
    private static let memory = OwnedObjectsMemory()

    private func objects(
        _ group: KeepalivedGroup = group(), _ inheritance: Inheritance = .none, port: Int = 9650,
        _ change: (inout OperatorSettings, inout ClusterFeatures) -> Void = { _, _ in }
    ) throws -> [OwnedKind: DynamicObject] {
        var settings = OperatorSettings(image: "example/vrrp:1")
        var features = ClusterFeatures()
        change(&settings, &features)
        var group = group
        group.metadata.uid = "uid"
        let wish = OwnedObjects(
            of: group, NodeImage(of: group, inheritance), metricsPort: port, settings, features)
        let objects = try wish.all()
        #expect(
            try Self.memory.objects(wish, of: ObjectName(group.metadata.namespace ?? "", group.metadata.name))
                == objects)
        return objects
    }

    private func pods(_ objects: [OwnedKind: DynamicObject]) throws -> DaemonSet {
        try #require(objects[.nodePods]).read()
    }

    @Test("The daemon has two capabilities, the agent none, and neither can write where it need not")
    func rights() throws {
        let spec = try pods(objects()).spec.template.spec
        #expect(spec.containers.map(\.name) == ["vrrpd", "agent"])
        let (daemon, agent) = (spec.containers[0].securityContext, spec.containers[1].securityContext)
        #expect(
            daemon?.privileged == nil && daemon?.capabilities == .init(add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"]))
        #expect(
            agent?.runAsUser == 65_532 && agent?.capabilities == .init(drop: ["ALL"]) && agent?.runAsNonRoot == true)
        for container in spec.containers + (spec.initContainers ?? []) {
            #expect(container.securityContext?.readOnlyRootFilesystem == true)
            #expect(container.securityContext?.allowPrivilegeEscalation == false)
            #expect(container.resources?.requests?["memory"] != nil, "not the first to go when memory is short")
        }
        #expect(spec.hostNetwork == true && spec.serviceAccountName == "edge-agent")
        #expect(spec.shareProcessNamespace == nil && spec.enableServiceLinks == false)
        #expect(spec.containers[0].volumeMounts?.first { $0.name == "state" }?.readOnly == true)
        #expect(
            try pods(objects { settings, _ in settings.isPrivileged = true }).spec.template.spec.containers[0]
                .securityContext?.privileged == true)
    }

    @Test("Nothing that the operator makes has the password of the group, and the agent may read that Secret alone")
    func password() throws {
        let wanted = group { $0.passwordAuth = .init(secretRef: .init(name: "vrrp"), secretKey: "pass") }
        let objects = try objects(wanted)
        let role: Role = try #require(objects[.agentRole]).read()
        let rules = (role.rules ?? []).filter { $0.resources == ["secrets"] }
        #expect(rules.map(\.resourceNames) == [["vrrp"]] && rules.map(\.verbs) == [["list", "watch"]])
        #expect(!(role.rules ?? []).contains { $0.verbs.contains("*") || $0.resources?.contains("*") == true })
        #expect(!objects.keys.contains { $0.type.kind == "ConfigMap" || $0.type.kind == "Secret" })
        let rights = Dictionary(uniqueKeysWithValues: (role.rules ?? []).map { ($0.resources ?? [], $0.verbs) })
        #expect(
            rights == [
                ["virtualrouters"]: ["list", "watch"], ["virtualrouters/status"]: ["patch"],
                ["events"]: ["create", "patch"], ["secrets"]: ["list", "watch"],
            ])
        let none: Role = try #require(self.objects()[.agentRole]).read()
        #expect(!(none.rules ?? []).contains { $0.resources == ["secrets"] })
    }

    @Test(
        "The image of a group counts, unless its name says that it has no vrrpd",
        arguments: [
            (nil, "example/vrrp:1"), ("", "example/vrrp:1"), ("other/vrrp:2", "other/vrrp:2"),
            ("keepalived.example:5000/mirror/vrrp:2", "keepalived.example:5000/mirror/vrrp:2"),
            ("registry.redhat.io/openshift4/ose-keepalived-ipfailover", "example/vrrp:1"),
            ("quay.io/openshift/origin-keepalived-ipfailover:4.17", "example/vrrp:1"),
            ("quay.io/redhat-cop/keepalived-operator@sha256:0123", "example/vrrp:1"),
        ] as [(String?, String)])
    func image(_ wanted: String?, _ expected: String) throws {
        let group = group { $0.image = wanted }
        let spec = try pods(objects(group)).spec.template.spec
        #expect(Set((spec.containers + (spec.initContainers ?? [])).map(\.image)) == [expected])
        let isReplaced = wanted?.isEmpty == false && wanted != expected
        #expect((NodeImage(of: group, .none).remark != nil) == isReplaced)
    }

    @Test("The image of a group that keepalived-operator had is not run, until somebody sets the version")
    func inheritedImage() throws {
        let group = group { $0.image = "registry.example/network/vip-daemon:3" }
        let spec = try pods(objects(group, .fromKeepalivedOperator)).spec.template.spec
        #expect(Set(spec.containers.map(\.image)) == ["example/vrrp:1"])
        #expect(NodeImage(of: group, .fromKeepalivedOperator).remark?.message.contains("spec.version") == true)
    }

    @Test("What a group says of its pods stands in them as it is written, whatever YAML would make of it")
    func verbatim() throws {
        let odd = ["a": "true", "b": "1", "c": "null", "d": "x: y # z", "e": ""]
        let group = group {
            $0.nodeSelector = odd
            $0.daemonsetPodAnnotations = odd
            $0.daemonsetPodPriorityClassName = "high"
        }
        let template = try pods(objects(group)).spec.template
        #expect(template.spec.nodeSelector == odd && template.metadata?.annotations == odd)
        #expect(template.spec.priorityClassName == "high")
    }

    @Test("Unless the group says otherwise the pods are the last to go, and start without a registry")
    func importance() throws {
        let spec = try pods(objects()).spec.template.spec
        #expect(spec.priorityClassName == "system-node-critical")
        for container in spec.containers + (spec.initContainers ?? []) {
            #expect(container.imagePullPolicy == "IfNotPresent")
        }
    }

    @Test("The port of the group is the agent's, and its probes'")
    func port() throws {
        let agent = try pods(objects(port: 9652)).spec.template.spec.containers[1]
        #expect(agent.ports == [Container.Port(name: "metrics", containerPort: 9652)])
        #expect(agent.args?.contains(":9652") == true)
        #expect(agent.livenessProbe?.httpGet == .init(path: "/healthz", port: 9652))
        #expect(agent.readinessProbe?.httpGet == .init(path: "/readyz", port: 9652))
    }

    @Test("A daemon that hangs is restarted, and one that stops has the time that a planned stop takes")
    func daemonProbe() throws {
        let spec = try pods(objects()).spec.template.spec
        let probe = try #require(spec.containers[0].livenessProbe)
        let command = try #require(spec.containers[0].command)
        let place = try #require(command.firstIndex(of: "--control-socket"))
        #expect(probe.exec?.command == ["/usr/bin/vrrpctl", "status", "--control-socket", command[place + 1]])
        #expect(probe.periodSeconds == 10 && probe.failureThreshold == 3)
        #expect(spec.terminationGracePeriodSeconds == 30)
    }

    @Test("The names and labels are those that keepalived-operator's users know")
    func contract() throws {
        let objects = try objects { _, features in features.hasPodMonitors = true }
        let set = try pods(objects)
        #expect(set.metadata.name == "edge" && set.metadata.namespace == "floating")
        #expect(set.spec.selector.matchLabels == ["keepalivedGroup": "edge"])
        #expect(set.spec.template.metadata?.labels == ["keepalivedGroup": "edge"])
        #expect(set.spec.updateStrategy?.rollingUpdate?.maxUnavailable == 1)
        let monitor: PodMonitor = try #require(objects[.podMonitor]).read()
        #expect(monitor.metadata.labels == ["keepalivedGroup": "edge", "metrics": "keepalived"])
        #expect(monitor.spec.podMetricsEndpoints.map(\.port) == ["metrics"])
        #expect(objects[.prometheusRole]?.metadata.name == "edge-prometheus-k8s")
        let binding: RoleBinding = try #require(objects[.prometheusBinding]).read()
        #expect(binding.subjects?.first?.namespace == "openshift-monitoring")
    }

    @Test("What only some clusters know is made where they do")
    func features() throws {
        let plain = try objects()
        #expect(
            plain.keys.sorted { $0.rawValue < $1.rawValue } == [.agentAccount, .agentBinding, .agentRole, .nodePods])
        #expect(try pods(plain).spec.template.spec.securityContext?.seLinuxOptions == nil)
        let openShift = try objects { _, features in features.hasSecurityContextConstraints = true }
        let binding: RoleBinding = try #require(openShift[.securityBinding]).read()
        #expect(binding.roleRef.kind == "ClusterRole" && binding.roleRef.name == "system:openshift:scc:swift-vrrp")
        #expect(binding.subjects?.map(\.name) == ["edge-agent"])
        #expect(try pods(openShift).spec.template.spec.securityContext?.seLinuxOptions?.type == "spc_t")
    }
}

@Suite("The ports that metrics are served on")
struct MetricsPortTests {
    private func ports(_ wishes: MetricsPorts.Wish...) -> [String: Int] { MetricsPorts(wishes).ports }

    @Test("Groups that may meet on a node have different ports, others need not")
    func meeting() {
        let ports = ports(
            .init(group: "a", nodeSelector: ["role": "edge"]), .init(group: "b", nodeSelector: ["role": "core"]),
            .init(group: "c", nodeSelector: ["zone": "1"]), .init(group: "d", nodeSelector: [:]))
        #expect(ports == ["a": 9650, "b": 9650, "c": 9651, "d": 9652])
    }

    @Test("A port that was dealt stays, whoever comes; one that is asked for goes before")
    func stability() {
        let old = MetricsPorts.Wish(group: "m", nodeSelector: [:], former: 9650)
        #expect(ports(.init(group: "a", nodeSelector: [:]), old) == ["a": 9651, "m": 9650])
        #expect(ports(.init(group: "a", nodeSelector: [:], wanted: 9650), old) == ["a": 9650, "m": 9651])
    }

    @Test("Two that ask for the same port get it, and it is known that they cannot both have it")
    func conflict() {
        let ports = MetricsPorts([
            .init(group: "a", nodeSelector: [:], wanted: 9700), .init(group: "b", nodeSelector: [:], wanted: 9700),
            .init(group: "c", nodeSelector: [:], wanted: 9701),
        ])
        #expect(ports.ports == ["a": 9700, "b": 9700, "c": 9701])
        #expect(ports.conflicts == ["a": "b", "b": "a"])
    }
}

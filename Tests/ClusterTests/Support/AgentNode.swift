import Foundation
import Glibc
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import NetworkLab
import class NetworkLab.Host
import Testing

/// A node of a lab with the two programs of a node pod: `vrrpd` in the node's network, and `vrrp-agent`, which reaches the
/// API server from the network of the tests. Each has the rights that its container has, and no others: `vrrpd` NET_ADMIN and
/// NET_RAW, the agent none at all.
final class AgentNode: Sendable {
    let host: NetworkLab.Host
    let name: String
    private let kubeconfig: String
    private let namespace: String
    private let group: String

    /// A node whose agent reaches the API server by a kubeconfig; without one it knows a server that nobody answers for.
    init(
        _ lab: Lab, _ name: String, address: String, kubeconfig: String? = nil, namespace: String = "none",
        group: String = "edge"
    ) async throws {
        host = try await lab.host(name, addresses: ["\(address)/24"])
        self.name = name
        self.kubeconfig = kubeconfig ?? host.directory + "/nobody.kubeconfig"
        self.namespace = namespace
        self.group = group
        let rights: [FileAttributeKey: Any] = [
            .ownerAccountID: Self.agentUser, .groupOwnerAccountID: Self.agentUser, .posixPermissions: 0o755,
        ]
        try FileManager.default.createDirectory(
            atPath: stateDirectory, withIntermediateDirectories: true, attributes: rights)
        guard kubeconfig == nil else { return }
        try """
        apiVersion: v1
        kind: Config
        current-context: nowhere
        clusters: [{name: nowhere, cluster: {server: "http://127.0.0.1:1"}}]
        contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}]
        users: [{name: nobody, user: {token: none}}]
        """.write(toFile: self.kubeconfig, atomically: true, encoding: .utf8)
    }

    /// Writes definitions of one virtual router, as an agent has left them.
    func write(generation: Int, _ name: String, _ address: String, tracking: String? = nil) throws {
        let tracked = tracking.map { #","tracking":{"conditions":[{"external":"\#($0)"}]}"# } ?? ""
        let text = """
            {"version":1,"generation":\(generation),"virtualRouters":[{"name":"\(name)","interface":"eth0",
            "family":"ipv4","virtualRouterID":9,"addresses":["\(address)"]\(tracked)}]}
            """
        try text.write(toFile: definitionsPath, atomically: true, encoding: .utf8)
    }

    /// The user and the group of the agent, which `vrrpd` is a member of.
    static let agentUser = 65_532

    var stateDirectory: String { host.directory + "/state" }
    var definitionsPath: String { stateDirectory + "/definitions.json" }

    /// Starts the agent in the network of the tests.
    func startAgent(_ options: String...) async throws -> LabProcess {
        try await host.start(
            "nsenter", ["--net=/proc/\(getpid())/ns/net", "setpriv"] + unprivilegedAgent(kubeconfig) + options)
    }

    /// Starts the agent in the network of the node, where it reaches nobody.
    func startIsolatedAgent() async throws -> LabProcess {
        try await host.start("setpriv", unprivilegedAgent(kubeconfig))
    }

    /// Starts the agent in the network of the node, where it reaches the API server through a relay.
    func startAgent(through relay: Relay, of plane: ControlPlane) async throws -> LabProcess {
        let text = try String(contentsOfFile: kubeconfig, encoding: .utf8)
        let path = host.directory + "/kubeconfig"
        try text.replacing(":\(plane.port)\n", with: ":\(relay.port)\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
        return try await host.start("setpriv", unprivilegedAgent(path))
    }

    /// What `setpriv` is told, so that the agent is started without any right.
    private func unprivilegedAgent(_ kubeconfig: String) -> [String] {
        [
            "--reuid=\(Self.agentUser)", "--regid=\(Self.agentUser)", "--clear-groups", "--inh-caps=-all",
            "--bounding-set=-all", "--no-new-privs", Programs.directory + "/vrrp-agent", "--node", name, "--namespace",
            namespace, "--group", group, "--state-directory", stateDirectory,
            "--control-socket", "/run/vrrpd.sock", "--kubeconfig", kubeconfig, "--metrics-address", "127.0.0.1:0",
            "--log-level", "info",
        ]
    }

    /// Starts vrrpd, as soon as there are definitions.
    ///
    /// - Parameter path: The definitions; nil for those of the agent.
    func startDaemon(reading path: String? = nil) async throws -> LabProcess {
        let path = path ?? definitionsPath
        try #require(try await eventually { FileManager.default.fileExists(atPath: path) })
        return try await host.start(
            "setpriv",
            [
                "--groups=\(Self.agentUser)", "--inh-caps=-all", "--bounding-set=-all,+net_admin,+net_raw",
                "--no-new-privs",
                Programs.vrrpd, "--control-group", "\(Self.agentUser)", "-n", "-l", "-D", "--definitions", path, "-p",
                "/run/vrrpd.pid", "--control-socket", "/run/vrrpd.sock",
                "--hand-over-timeout", "0",
            ])
    }

    /// Whether the node has an address.
    func holds(_ address: String) async throws -> Bool {
        try await host.addresses().contains { $0.hasPrefix(address + "/") }
    }

    /// What the agent has written; nil where there is nothing.
    var definitions: JSONValue? {
        guard let data = FileManager.default.contents(atPath: definitionsPath) else { return nil }
        return try? JSONNode.parse(Array(data)).value
    }

    /// The generation of what the agent has written.
    var generation: Int64? {
        guard case .object(let root)? = definitions else { return nil }
        guard case .integer(let generation)? = root["generation"] else { return root.isEmpty ? nil : 0 }
        return generation
    }

    /// The names of the virtual routers that the agent has written, with their identifiers.
    var routers: [String: Int64] {
        guard case .object(let root)? = definitions, case .array(let list)? = root["virtualRouters"] else { return [:] }
        return list.reduce(into: [:]) { routers, element in
            guard case .object(let router) = element, case .string(let name)? = router["name"],
                case .integer(let identifier)? = router["virtualRouterID"]
            else { return }
            routers[name] = identifier
        }
    }
}

extension LabProcess {
    /// What the kernel says of the rights of the process: its user, and the sets of its capabilities.
    var rights: [String: String] {
        get throws {
            let text = try String(contentsOfFile: "/proc/\(processIdentifier)/status", encoding: .utf8)
            return text.split(separator: "\n").reduce(into: [:]) { fields, line in
                let parts = line.split(separator: ":", maxSplits: 1)
                if parts.count == 2 { fields[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces) }
            }
        }
    }
}

extension [AgentNode] {
    /// When the last of them wrote its definitions.
    func lastWrite() throws -> NetworkLab.Timestamp {
        let times = try map { node in
            var status = stat()
            guard stat(node.definitionsPath, &status) == 0 else { throw LabError.noSuchProgram(node.definitionsPath) }
            return Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
        }
        return NetworkLab.Timestamp(nanoseconds: times.max() ?? 0)
    }

    /// The number of the one node that has an address; waits until there is one.
    ///
    /// - Parameter among: The numbers of the nodes that may have it; nil for all.
    func owner(of address: String, among: [Int]? = nil) async throws -> Int {
        let timeout = Duration.seconds(60)
        let end = ContinuousClock.now + timeout
        while ContinuousClock.now < end {
            var owners: [Int] = []
            for number in among ?? [Int](indices) where try await self[number].holds(address) { owners.append(number) }
            if owners.count == 1 { return owners[0] }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw LabError.timedOut(waitingFor: "one node with \(address)", within: timeout, context: "")
    }
}

/// What the agents of a group work with.
struct AgentCluster: Sendable {
    let plane: ControlPlane
    let namespace: String
    let group = "edge"
    /// A kubeconfig with the rights that an agent needs, and no others.
    let kubeconfig: String

    init(_ plane: ControlPlane, _ client: APIClient) async throws {
        self.plane = plane
        try await Self.serveRouters(client)
        namespace = try await plane.namespace(client)
        kubeconfig = plane.folder.appending(path: "agent-\(namespace).kubeconfig").path
        try plane.kubeconfig(token: "nobody-token").write(toFile: kubeconfig, atomically: true, encoding: .utf8)
        try await grant(client)
    }

    /// A node of the group.
    func node(_ lab: Lab, _ name: String, address: String) async throws -> AgentNode {
        try await AgentNode(
            lab, name, address: address, kubeconfig: kubeconfig, namespace: namespace, group: group)
    }

    var routers: ResourceCollection<VirtualRouter> { VirtualRouter.inside(namespace) }

    /// A router of one address; the first of the members has the best claim, by so much that a busy machine does not let another
    /// one be faster.
    func router(_ name: String, _ identifier: Int, _ addresses: [String], members: [String]) -> VirtualRouter {
        var spec = VirtualRouter.Spec(
            group: group, service: VirtualRouter.ServiceReference(namespace: namespace, name: name),
            virtualRouterID: identifier, family: "IPv4", version: 3, addresses: addresses,
            members: members.enumerated().map { VirtualRouter.Member(node: $1, priority: 240 - 80 * $0) })
        spec.interface = "eth0"
        spec.advertisementInterval = "100ms"
        spec.key = "\(namespace)/\(name)"
        let metadata = ObjectMeta(
            name: objectName(name), namespace: namespace, labels: ["keepalivedGroup": group])
        return VirtualRouter(metadata: metadata, spec: spec)
    }

    /// The name that the operator gives to the object of a router.
    func objectName(_ name: String) -> String { "\(group).\(namespace).\(name).ipv4" }

    /// Gives the agents the rights that the operator gives them, and no others.
    private func grant(_ client: APIClient) async throws {
        var owner = Samples.group(group, namespace)
        owner.spec?.passwordAuth = KeepalivedGroup.PasswordAuth(
            secretRef: KeepalivedGroup.SecretReference(name: "vrrp-password"))
        let objects = try OwnedObjects(
            of: owner, .own, metricsPort: 9650, OperatorSettings(image: "example/vrrp:1"), ClusterFeatures()
        ).all()
        let (role, binding) = (try #require(objects[.agentRole]), try #require(objects[.agentBinding]))
        try await client.apply(role, in: Role.resourceType.objects(inside: namespace), as: tester)
        var user = binding
        user["subjects"] = [["apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": "nobody"]]
        try await client.apply(user, in: RoleBinding.resourceType.objects(inside: namespace), as: tester)
    }

    /// Makes the server serve VirtualRouters, with the conditions of their status told apart by type.
    private static func serveRouters(_ client: APIClient) async throws {
        let type = VirtualRouter.resourceType
        var object = DynamicObject(Samples.customTypes, metadata: ObjectMeta(name: "\(type.plural).\(type.group)"))
        let condition: JSONValue = [
            "type": "object", "required": ["type"], "x-kubernetes-preserve-unknown-fields": true,
            "properties": ["type": ["type": "string"]],
        ]
        let status: JSONValue = [
            "type": "object", "x-kubernetes-preserve-unknown-fields": true,
            "properties": [
                "conditions": [
                    "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["type"],
                    "items": condition,
                ]
            ],
        ]
        object["spec"] = [
            "group": .string(type.group), "scope": "Namespaced",
            "names": ["kind": .string(type.kind), "plural": .string(type.plural), "singular": "virtualrouter"],
            "versions": [
                [
                    "name": .string(type.version), "served": true, "storage": true, "subresources": ["status": [:]],
                    "schema": [
                        "openAPIV3Schema": [
                            "type": "object",
                            "properties": [
                                "spec": ["type": "object", "x-kubernetes-preserve-unknown-fields": true],
                                "status": status,
                            ],
                        ]
                    ],
                ]
            ],
        ]
        _ = try await client.apply(object, in: Samples.customTypes.objects(), as: tester)
        let isServed = try await eventually { (try? await client.page(of: VirtualRouter.everywhere)) != nil }
        try #require(isServed)
    }
}

extension Trait where Self == ConditionTrait {
    /// Leaves out what needs a lab and cannot have one here.
    static var needsLab: Self {
        let reason = Prerequisite.shortcomings(of: Prerequisite.lab).joined(separator: "; ")
        return .enabled(if: Prerequisite.permits(Prerequisite.lab), "\(reason)")
    }
}

import Foundation
import Glibc
import JSONDocument
import KubernetesAPI
import KubernetesClient
import NetworkLab
import class NetworkLab.Host
import Testing

/// A node of a lab with the two programs of a node pod: `vrrpd` in the node's network, and `vrrp-agent`, which reaches the
/// API server from the network of the tests.
final class AgentNode: Sendable {
    let host: NetworkLab.Host
    let name: String
    private let kubeconfig: String
    private let namespace: String
    private let group: String

    init(_ lab: Lab, _ name: String, address: String, kubeconfig: String, namespace: String, group: String) async throws
    {
        host = try await lab.host(name, addresses: ["\(address)/24"])
        self.name = name
        self.kubeconfig = kubeconfig
        self.namespace = namespace
        self.group = group
        try FileManager.default.createDirectory(atPath: stateDirectory, withIntermediateDirectories: true)
    }

    var stateDirectory: String { host.directory + "/state" }
    var definitionsPath: String { stateDirectory + "/definitions.json" }

    /// Starts the agent in the network of the tests.
    func startAgent() async throws -> LabProcess {
        try await host.start(
            "nsenter", ["--net=/proc/\(getpid())/ns/net", Programs.directory + "/vrrp-agent"] + arguments(kubeconfig))
    }

    /// Starts the agent in the network of the node, where it reaches the API server through a relay.
    func startAgent(through relay: Relay, of plane: ControlPlane) async throws -> LabProcess {
        let text = try String(contentsOfFile: kubeconfig, encoding: .utf8)
        let path = host.directory + "/kubeconfig"
        try text.replacing(":\(plane.port)\n", with: ":\(relay.port)\n")
            .write(toFile: path, atomically: true, encoding: .utf8)
        return try await host.start(Programs.directory + "/vrrp-agent", arguments(path))
    }

    private func arguments(_ kubeconfig: String) -> [String] {
        [
            "--node", name, "--namespace", namespace, "--group", group, "--state-directory", stateDirectory,
            "--control-socket", "/run/vrrpd.sock", "--kubeconfig", kubeconfig, "--metrics-address", "127.0.0.1:0",
        ]
    }

    /// Starts vrrpd, as soon as there are definitions.
    func startDaemon() async throws -> LabProcess {
        let path = definitionsPath
        try #require(try await eventually { FileManager.default.fileExists(atPath: path) })
        return try await host.start(
            Programs.vrrpd,
            [
                "-n", "-l", "-D", "--definitions", path, "-p", "/run/vrrpd.pid", "--control-socket", "/run/vrrpd.sock",
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

    /// A router of one address; the first of the members has the best claim.
    func router(_ name: String, _ identifier: Int, _ addresses: [String], members: [String]) -> VirtualRouter {
        var spec = VirtualRouter.Spec(
            group: group, service: VirtualRouter.ServiceReference(namespace: namespace, name: name),
            virtualRouterID: identifier, family: "IPv4", version: 3, addresses: addresses,
            members: members.enumerated().map { VirtualRouter.Member(node: $1, priority: 200 - 10 * $0) })
        spec.interface = "eth0"
        spec.advertisementInterval = "100ms"
        spec.key = "\(namespace)/\(name)"
        let metadata = ObjectMeta(
            name: "\(group).\(name)", namespace: namespace, labels: ["keepalivedGroup": group])
        return VirtualRouter(metadata: metadata, spec: spec)
    }

    /// The rights of an agent.
    private func grant(_ client: APIClient) async throws {
        let rbac = "rbac.authorization.k8s.io"
        let roles = ResourceType(group: rbac, version: "v1", kind: "Role", plural: "roles")
        let bindings = ResourceType(group: rbac, version: "v1", kind: "RoleBinding", plural: "rolebindings")
        func rule(_ group: String, _ resource: String, _ verbs: [String], names: [String] = []) -> JSONValue {
            var rule: JSONObject = [
                "apiGroups": [.string(group)], "resources": [.string(resource)],
                "verbs": .array(verbs.map(JSONValue.string)),
            ]
            if !names.isEmpty { rule["resourceNames"] = .array(names.map(JSONValue.string)) }
            return .object(rule)
        }
        var role = DynamicObject(roles, metadata: ObjectMeta(name: "agent", namespace: namespace))
        role["rules"] = [
            rule("redhatcop.redhat.io", "virtualrouters", ["get", "list", "watch"]),
            rule("redhatcop.redhat.io", "virtualrouters/status", ["patch"]),
            rule("", "secrets", ["get", "list", "watch"], names: ["vrrp-password"]),
            rule("", "events", ["create", "patch"]),
            rule("", "services", ["get"]),
        ]
        try await client.apply(role, in: roles.objects(inside: namespace), as: tester)
        var binding = DynamicObject(bindings, metadata: ObjectMeta(name: "agent", namespace: namespace))
        binding["roleRef"] = ["apiGroup": .string(rbac), "kind": "Role", "name": "agent"]
        binding["subjects"] = [["apiGroup": .string(rbac), "kind": "User", "name": "nobody"]]
        try await client.apply(binding, in: bindings.objects(inside: namespace), as: tester)
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

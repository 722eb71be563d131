import ClusterObjects
import Foundation
import GroupOperator
import JSONDocument
import KubernetesClient
import NetworkLab
import Testing

/// A namespace of a control plane with a group, and what its agents connect with.
struct EndToEndCluster: Sendable {
    let namespace: String
    /// What the agents connect with: the account that the operator makes for them.
    let agentKubeconfig: String
    private let agentAccount = OwnedKind.agentAccount.name(of: "edge")
    /// That account, as a user.
    var agentUser: String { "system:serviceaccount:\(namespace):\(agentAccount)" }
    /// What somebody connects with who may see everything.
    let userKubeconfig: String
    private let plane: ControlPlane
    private let port: Int

    /// - Parameter port: where the agents find the API server.
    init(_ plane: ControlPlane, _ client: APIClient, port: Int) async throws {
        self.plane = plane
        self.port = port
        namespace = try await plane.namespace(client)
        agentKubeconfig = plane.folder.appending(path: "relay.kubeconfig").path
        userKubeconfig = plane.folder.appending(path: "user.kubeconfig").path
        try plane.kubeconfig(token: "robot-token").write(toFile: userKubeconfig, atomically: true, encoding: .utf8)
    }

    /// Makes the group, and lets its agents in.
    func makeGroup(_ kubectl: Kubectl) async throws {
        try kubectl("apply", "-f", "-", manifest: group)
        try await admitAgents(kubectl)
    }

    /// The nodes of the group, and a host beside them.
    func hosts(_ lab: Lab) async throws -> (visitor: NetworkLab.Host, nodes: [AgentNode]) {
        let visitor = try await lab.host("visitor", addresses: ["192.0.2.50/24"])
        var nodes: [AgentNode] = []
        for number in 1...3 { nodes.append(try await node(lab, number)) }
        return (visitor, nodes)
    }

    /// Gets the agents a token of the account that the operator makes for the group's pods, as the kubelet does.
    private func admitAgents(_ kubectl: Kubectl) async throws {
        let (account, namespace) = (agentAccount, namespace)
        let isThere = try await eventually {
            (try? kubectl("get", "serviceaccount,rolebinding", account, "--namespace", namespace)) != nil
        }
        try #require(isThere)
        let answer = try kubectl(
            "create", "--raw", "/api/v1/namespaces/\(namespace)/serviceaccounts/\(account)/token",
            manifest: #"{"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": {}}"#)
        guard case .object(let request) = try JSONNode.parse(Array(answer.utf8)).value,
            case .object(let status)? = request["status"], case .string(let token)? = status["token"]
        else { throw Program.Failure(description: "no token in \(answer)") }
        try plane.kubeconfig(token: token, port: port)
            .write(toFile: agentKubeconfig, atomically: true, encoding: .utf8)
    }

    private func node(_ lab: Lab, _ number: Int) async throws -> AgentNode {
        try await AgentNode(
            lab, "node\(number)", address: "192.0.2.1\(number)", kubeconfig: agentKubeconfig, namespace: namespace,
            group: "edge")
    }

    private var group: String {
        """
        apiVersion: redhatcop.redhat.io/v1alpha1
        kind: KeepalivedGroup
        metadata:
          name: edge
          namespace: \(namespace)
        spec:
          interface: eth0
          nodeSelector:
            edge: ""
        """
    }

    func service(_ name: String, _ address: String, annotated: Bool = true) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: \(name)
          namespace: \(namespace)
          annotations:
            \(annotated ? ContractNames.groupAnnotation : "example.com/none"): \(namespace)/edge
        spec:
          externalIPs: [\(address)]
          ports:
          - port: 80
            protocol: TCP
        """
    }
}

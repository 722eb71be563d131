import ClusterObjects
import Foundation
import KubernetesAPI
import NetworkLab
import class NetworkLab.Host
import Testing

extension OperatorSuites {
    /// What docs/kubernetes.md and the README tell the user of a cluster to type, from the installation on.
    @Suite("Commands of a cluster in the documentation", .needsLab)
    struct DocumentedClusterTests {
        @Test("kubectl does what the documentation shows", .timeLimit(.minutes(5)))
        func cluster() async throws {
            let story = try await ClusterStory()
            try await story.tell()
        }
    }
}

/// A control plane with nothing on it, three nodes, and a user who follows the documentation.
private struct ClusterStory {
    private let plane: ControlPlane
    private let folder: String
    private let shell: DocumentedShell

    init() async throws {
        let plane = try await ControlPlane()
        self.plane = plane
        folder = plane.folder.appending(path: "user").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder + "/deploy", withDestinationPath: Project.file("deploy"))
        let kubeconfig = plane.folder.appending(path: "user.kubeconfig").path
        try plane.kubeconfig(token: "robot-token").write(toFile: kubeconfig, atomically: true, encoding: .utf8)
        let environment = [
            "KUBECONFIG=\(kubeconfig)", "HOME=\(folder)",
            "PATH=\(try #require(ControlPlane.assets)):\(Programs.directory):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")",
        ]
        let folder = folder
        shell = try DocumentedShell(DocumentedCommand.pages, programs: DocumentedCommandTests.ofClusters) { command in
            // The status goes behind the output, for a command that fails is no failure of the test here.
            let script = "cd \(folder); set +e; (set -o pipefail; \(command)\n); status=$?; echo; echo $status"
            let text = try Program.run("env", environment + ["bash", "-c", script])
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            while lines.last?.isEmpty == true { lines.removeLast() }
            let status = try #require(lines.popLast().flatMap { Int32($0) })
            return (lines.joined(separator: "\n"), status)
        }
    }

    func tell() async throws {
        try await install()
        try await Lab.with { lab in
            let process = try startOperator()
            defer { process.kill() }
            try await serve(lab)
            try await page()
        }
        try await leaveTheOldOperator()
        #expect(shell.commandsLeft.map(\.description) == [], "commands that no test runs")
    }
}

extension ClusterStory {
    /// The installation, as the pages tell it; an old server asks for the way that is for old servers.
    private func install() async throws {
        let isOld = try await minorVersion() < 25
        let build =
            "kubectl kustomize deploy/kubernetes/overlays/plain | sed 's,registry.example.com/swift-vrrp:0.1.0,YOUR/IMAGE:TAG,' | "
        // Servers before 1.25 do not know the rules of the kinds, and refuse them so.
        let placeholders: KeyValuePairs = ["YOUR/IMAGE:TAG": "example/vrrp:1"]
        try await shell(
            build + "kubectl apply --server-side --force-conflicts -f -", placeholders: placeholders,
            status: isOld ? 1 : 0)
        // Of two pods, one may be away: the kind that says so came with 1.21.
        let isVeryOld = try await minorVersion() < 21
        let output = try await shell(
            "… | kubectl apply --validate=false -f -",
            placeholders: ["… | ": build.replacingOccurrences(of: "YOUR/IMAGE:TAG", with: "example/vrrp:1")],
            status: isVeryOld ? 1 : 0)
        for line in output.split(separator: "\n") where line.contains("no matches for kind") {
            #expect(line.contains("PodDisruptionBudget"), "\(line)")
        }
        let kubectl = try Kubectl(plane)
        try kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        try kubectl(
            "create", "clusterrolebinding", "tested", "--clusterrole=keepalived-operator-manager-role", "--user=nobody")
        try kubectl(
            "create", "rolebinding", "tested", "--namespace=keepalived-operator",
            "--role=keepalived-operator-leader-election-role", "--user=nobody")
        try await shell(
            "kubectl apply --server-side --force-conflicts -f deploy/helm/swift-vrrp/crds/", status: isOld ? 1 : 0)
        try await shell(
            "kubectl label namespace keepalived-operator pod-security.kubernetes.io/enforce=privileged",
            placeholders: ["privileged": "privileged --overwrite"])
    }

    private func minorVersion() async throws -> Int {
        let text = try Kubectl(plane)("version", "--output=json")
        let versions = text.matches(of: /"minor": "([0-9]+)/).compactMap { Int($0.1) }
        return try #require(versions.last)
    }

    private func startOperator() throws -> Program {
        let kubeconfig = plane.folder.appending(path: "operator.kubeconfig")
        try plane.kubeconfig(token: "nobody-token").write(to: kubeconfig, atomically: true, encoding: .utf8)
        return try Program(
            "/usr/bin/env",
            [
                "POD_NAME=\(Self.operatorPod)", "POD_NAMESPACE=keepalived-operator",
                Programs.directory + "/vrrp-operator", "--kubeconfig", kubeconfig.path, "--leader-elect",
                "--metrics-bind-address", "0", "--health-probe-bind-address", "0", "--image", "example/vrrp:1",
            ], log: plane.folder.appending(path: "operator.log"))
    }

    /// The examples of deploy/examples/kubernetes on three nodes, and what one sees of them.
    private func serve(_ lab: Lab) async throws {
        let kubectl = try Kubectl(plane)
        var nodes: [AgentNode] = []
        var processes: [LabProcess] = []
        defer { for process in processes { process.signal(SIGKILL) } }
        for number in 1...3 {
            try kubectl(
                "create", "-f", "-",
                manifest: """
                    apiVersion: v1
                    kind: Node
                    metadata: {name: node\(number), labels: {node-role.kubernetes.io/edge: ""}}
                    status: {addresses: [{type: InternalIP, address: 192.0.2.1\(number)}]}
                    """)
            nodes.append(
                try await AgentNode(
                    lab, "node\(number)", address: "192.0.2.1\(number)",
                    kubeconfig: plane.folder.appending(path: "user.kubeconfig").path, namespace: "floating",
                    group: "edge"))
        }
        try await shell("kubectl apply -f deploy/examples/kubernetes/group.yaml")
        try await shell(
            "kubectl label namespace floating pod-security.kubernetes.io/enforce=privileged",
            placeholders: ["privileged": "privileged --overwrite"])
        for node in nodes { processes.append(try await node.startAgent()) }
        for node in nodes { processes.append(try await node.startDaemon()) }
        for example in ["external-ips", "spread"] { _ = try kubectl.apply(try Self.example(example)) }
        let annotation = "    keepalived-operator.redhat-cop.io/keepalivedgroup: floating/edge\n"
        _ = try kubectl.apply(try Self.example("dual-stack").replacingOccurrences(of: annotation, with: ""))
        try await shell(
            "kubectl annotate service web keepalived-operator.redhat-cop.io/keepalivedgroup=floating/edge")
        let isServed = try await eventually {
            try kubectl(
                "get", "virtualrouters", "--namespace", "floating", "--output",
                "jsonpath={range .items[*]}{.status.activeNode} {end}"
            ).split(separator: " ").count == 6
        }
        try #require(isServed)
        // Nodes that start together may each be the first, and make way for one that is better.
        try await shell("kubectl get keepalivedgroups --namespace floating")
        try await shell("kubectl get virtualrouters --namespace floating", varying: /\bnode[1-3]\b|[0-9]+$/)
        try await shell("kubectl virtualips", varying: /\bnode[1-3]\b/)
        try await shell("kubectl get virtualrouters --all-namespaces")
        try await shell("kubectl get keepalivedgroups,virtualrouters --all-namespaces")
        let isTold = try await eventually {
            try kubectl("get", "events", "--field-selector", "reason=AddressMoved,involvedObject.name=web").contains(
                "Moved")
        }
        #expect(isTold, "an address that moves is an event on its Service")
        let described = try await shell("kubectl describe service NAME", placeholders: ["NAME": "web"])
        #expect(described.contains("AddressMoved"))
        let group = try await shell(
            "kubectl describe keepalivedgroup NAME", placeholders: ["NAME": "edge --namespace floating"])
        #expect(group.contains("Router I Ds"))
        try await shell("kubectl get keepalivedgroups --all-namespaces --output=yaml > groups.yaml")
        #expect(try String(contentsOfFile: folder + "/groups.yaml", encoding: .utf8).contains("name: edge"))
        let labels = try kubectl(
            "get", "daemonsets", "--namespace", "floating", "--output",
            "jsonpath={.items[0].spec.template.metadata.labels}")
        try makePod("pod-of-the-group", in: "floating", labels: labels)
        try makePod("another-pod", in: "floating", labels: "{}")
        let watch = "kubectl get pods --all-namespaces --selector keepalivedGroup --watch"
        // It goes on until somebody ends it.
        let pods = try await shell(watch, placeholders: [watch: "timeout 15 " + watch], status: 124)
        #expect(pods.contains("pod-of-the-group") && !pods.contains("another-pod"))
        try await shell(
            #"kubectl patch keepalivedgroup NAME --type merge -p '{"spec":{"version":3,"advertisementInterval":"100ms"}}'"#,
            placeholders: ["NAME": "edge --namespace floating"])
    }

    private static let operatorPod = "keepalived-operator-controller-manager-5d6c"

    /// The page of the cluster is in the pod that the Lease names.
    private func page() async throws {
        let lease = try await shell("kubectl --namespace keepalived-operator get lease 03846a46.redhat.io")
        #expect(lease.contains(" \(Self.operatorPod)_"))
        let kubectl = try Kubectl(plane)
        func deployed(_ path: String) throws -> String {
            try kubectl(
                "get", "deployment", "--namespace", "keepalived-operator", "--output",
                "jsonpath={.items[0].spec.template.\(path)}")
        }
        #expect(try deployed("spec.containers[0].args").contains("--metrics-bind-address=:8080"))
        try makePod(Self.operatorPod, in: "keepalived-operator", labels: try deployed("metadata.labels"))
        // Nothing runs pods here, so it gets as far as to the pod of that name.
        let output = try await shell(
            "kubectl --namespace keepalived-operator port-forward POD 8080", placeholders: ["POD": Self.operatorPod],
            status: 1)
        #expect(output.contains("pod is not running"))
    }

    /// A pod that nothing runs.
    private func makePod(_ name: String, in namespace: String, labels: String) throws {
        try Kubectl(plane)(
            "create",
            manifest: """
                apiVersion: v1
                kind: Pod
                metadata: {name: \(name), namespace: \(namespace), labels: \(labels)}
                spec: {containers: [{name: none, image: example/none}]}
                """)
    }

    private static func example(_ name: String) throws -> String {
        try Project.text("deploy/examples/kubernetes/\(name).yaml")
    }

    /// The step of the upgrade that takes the old operator's Deployment away; the new one has its name.
    private func leaveTheOldOperator() async throws {
        try await shell(
            "kubectl --namespace keepalived-operator delete deployment keepalived-operator-controller-manager")
        // Kinds of the Operator Lifecycle Manager, which this server does not have.
        for command in [
            "kubectl --namespace keepalived-operator delete subscription keepalived-operator",
            "kubectl --namespace keepalived-operator delete clusterserviceversion --selector operators.coreos.com/keepalived-operator.keepalived-operator",
        ] {
            let output = try await shell(command, status: 1)
            #expect(output.contains("the server doesn't have a resource type"))
        }
    }
}

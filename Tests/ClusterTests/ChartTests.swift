import Foundation
import KubernetesAPI
import KubernetesClient
import Testing

/// What real Helm makes of the chart on a real API server.
@Suite("Chart", .serialized, .timeLimit(.minutes(5)), .needsHelm)
struct ChartTests {
    private static let chart = "deploy/helm/swift-vrrp"

    @Test("Helm finds nothing to complain of")
    func lint() throws {
        let output = try Helm.run(["lint", "--strict", Project.file(Self.chart)])
        #expect(output.contains("0 chart(s) failed"))
    }

    @Test(
        "Values that are not allowed are refused by their names",
        arguments: [
            ("replicaCount=none", "replicaCount"), ("image.pullPolicy=Sometimes", "pullPolicy"),
            ("replicas=3", "replicas"),
        ])
    func values(setting: String, name: String) throws {
        let failure = #expect(throws: Program.Failure.self) {
            try Helm.run(["template", "test", Project.file(Self.chart), "--set", setting])
        }
        #expect(failure?.description.contains(name) == true, "\(failure?.description ?? "")")
    }

    @Test("A disruption budget is asked for where the server knows them")
    func disruptionBudget() throws {
        func budgets(_ options: [String]) throws -> Int {
            try Helm.run(["template", "test", Project.file(Self.chart)] + options)
                .matches(of: /kind: PodDisruptionBudget/).count
        }
        #expect(try budgets([]) == 1)
        #expect(try budgets(["--set", "replicaCount=1"]) == 0)
    }

    @Test(
        "A release is installed, upgraded and uninstalled", .needsAPIServer,
        arguments: [
            [],
            ["fullnameOverride=vip", "image.tag=test"],
            [
                "replicaCount=1", "podAnnotations.a=b", "podLabels.team=net", #"extraArgs={--help}"#,
                "tolerations=null",
                #"nodeSelector.node-role\.kubernetes\.io/master="#, "imagePullSecrets[0].name=pull",
                "priorityClassName=", "resources.limits.memory=256Mi", "serviceAccount.name=vip",
            ],
        ])
    func release(settings: [String]) async throws {
        let kubectl = try await InstalledControlPlane.shared.get()
        let helm = try Helm(kubectl.plane)
        let namespace = "chart-\(settings.count)"
        let release = "test-\(settings.count)"
        let options = settings.flatMap { ["--set", $0] }
        try helm(
            ["install", release, Project.file(Self.chart), "--namespace", namespace, "--create-namespace"] + options)

        let deployment =
            settings.contains("fullnameOverride=vip") ? "vip" : "\(release)-swift-vrrp"
        func pod(_ path: String) throws -> String {
            try kubectl(
                "get", "deployment", "\(deployment)-controller-manager", "--namespace", namespace,
                "--output=jsonpath={.spec.template.spec\(path)}")
        }
        let container = try pod(".containers[0]['image','args','env']")
        #expect(container.contains("--leader-elect") && container.contains("VRRP_IMAGE"))
        #expect(container.contains("--help") == settings.contains("extraArgs={--help}"))
        let pulls = settings.contains("imagePullSecrets[0].name=pull")
        #expect(container.contains("--image-pull-secret=pull") == pulls)
        #expect(try pod(".imagePullSecrets").contains("pull") == pulls)
        let account = settings.contains("serviceAccount.name=vip") ? "vip" : "controller-manager"
        #expect(try pod(".serviceAccountName") == account)
        let user = "system:serviceaccount:\(namespace):\(account)"
        #expect(try kubectl.may("patch keepalivedgroups --subresource=status", as: user, in: "default"))
        #expect(try kubectl.may("update leases", as: user, in: namespace))

        try helm(
            ["upgrade", release, Project.file(Self.chart), "--namespace", namespace, "--set", "image.tag=next"]
                + options)
        #expect(try pod(".containers[0].image").hasSuffix(settings.contains("image.tag=test") ? ":test" : ":next"))
        #expect(try helm(["history", release, "--namespace", namespace]).contains("Upgrade complete"))

        try kubectl(
            "create", "-f", "-",
            manifest: """
                apiVersion: redhatcop.redhat.io/v1alpha1
                kind: KeepalivedGroup
                metadata: {name: stays, namespace: \(namespace)}
                spec: {interface: eth0}
                """)
        try helm(["uninstall", release, "--namespace", namespace])
        #expect(try kubectl("get", "deployments", "--namespace", namespace, "--output=name") == "")
        #expect(try !kubectl.may("update leases", as: user, in: namespace))
        // The kinds stay, and with them what people have made.
        #expect(try kubectl("get", "keepalivedgroups", "--namespace", namespace, "--output=name").contains("/stays"))
    }

    @Test("What is for OpenShift and for monitoring has its kinds")
    func further() throws {
        let manifest = try Helm.run([
            "template", "test", Project.file(Self.chart), "--set", "openshift.enabled=true,enableMonitoring=true",
        ])
        for kind in ["SecurityContextConstraints", "ServiceMonitor"] { #expect(manifest.contains("kind: \(kind)\n")) }
        #expect(!manifest.contains("runAsUser: 65532"))
    }
}

extension ChartTests {
    @Test("What the documentation tells a user of Helm to type works, the kinds included", .needsAPIServer)
    func documented() async throws {
        // One that knows no kinds of this project: the chart brings them.
        let plane = try await ControlPlane()
        let helm = try Helm(plane)
        let shell = try DocumentedShell(DocumentedCommand.pages, programs: DocumentedCommandTests.ofCharts) { command in
            (try helm.typed(command), 0)
        }
        try await shell(
            "helm install vrrp deploy/helm/swift-vrrp --namespace keepalived-operator --create-namespace "
                + "--set image.repository=YOUR/IMAGE --set-string image.tag=TAG",
            placeholders: ["YOUR/IMAGE": "example/vrrp", "TAG": "1"])
        let kubectl = try Kubectl(plane)
        try await kubectl.waitUntilServed(["keepalivedgroups", "virtualrouters"])
        let image = try kubectl(
            "get", "deployments", "--namespace=keepalived-operator",
            "--output=jsonpath={.items[*].spec.template.spec.containers[*].image}")
        #expect(image == "example/vrrp:1")

        // In the place of the other operator's release.
        try helm([
            "install", "keepalived-operator", Project.file(Self.chart), "--namespace", "keepalived-operator", "--set",
            "fullnameOverride=old,serviceAccount.name=old",
        ])
        try await shell("helm uninstall keepalived-operator --namespace keepalived-operator")
        #expect(shell.commandsLeft.map(\.description) == [], "commands that no test runs")
    }
}

/// Helm as an administrator has it, for one control plane.
private struct Helm {
    /// The program; nil where there is none.
    static let path: String? = {
        let text = try? Program.run(Project.file(".ci/helm"), ["--if-present"])
        return text?.split(separator: "\n").last.map(String.init)
    }()

    private let kubeconfig: String

    init(_ plane: ControlPlane) throws {
        let file = plane.folder.appending(path: "helm.kubeconfig")
        try plane.kubeconfig(token: "robot-token").write(to: file, atomically: true, encoding: .utf8)
        kubeconfig = file.path
    }

    @discardableResult
    func callAsFunction(_ arguments: [String]) throws -> String {
        try Self.run(arguments + ["--kubeconfig", kubeconfig])
    }

    /// Runs a command as it is typed in the folder of the project.
    func typed(_ command: String) throws -> String {
        let folder = URL(filePath: try #require(Self.path)).deletingLastPathComponent().path
        let script = "cd \(Project.file(".")); PATH=\(folder):$PATH; \(command)"
        return try Self.alone(["KUBECONFIG=\(kubeconfig)", "bash", "-euc", script])
    }

    /// Runs Helm where it needs no server.
    @discardableResult
    static func run(_ arguments: [String]) throws -> String { try alone([try #require(path)] + arguments) }

    /// Runs a command that neither reads nor writes what Helm keeps for whoever runs the tests.
    private static func alone(_ command: [String]) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "helm-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let variables = ["CACHE", "CONFIG", "DATA"].map { "HELM_\($0)_HOME=\(folder.path)/\($0)" }
        return try Program.run("env", variables + command)
    }
}

extension Trait where Self == ConditionTrait {
    /// Leaves out what asks Helm where there is none.
    fileprivate static var needsHelm: Self {
        .enabled(if: Helm.path != nil, "needs Helm; `.ci/helm` fetches it")
    }
}

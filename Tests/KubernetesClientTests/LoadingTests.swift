import Foundation
import KubernetesAPI
import KubernetesClient
import Testing

@Suite("Loading a configuration")
struct LoadingTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "kubeconfig-\(UUID().uuidString)")

    private func write(_ name: String, _ text: String) throws -> String {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appending(path: name).path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private static let clusters = """
        clusters:
        - cluster: {server: "https://a:6443", certificate-authority: ca.crt}
          name: a
        contexts:
        - context: {cluster: a, user: 1}
          name: x
        """

    @Test("Several files make one configuration; of those some may be missing")
    func merging() throws {
        let first = try write("a.yaml", Self.clusters)
        let second = try write("b.yaml", "current-context: x\nusers:\n- name: 1\n  user: {token: 12345}\n")
        let configuration = try ClientConfiguration.load(
            environment: ["KUBECONFIG": "\(first):/nowhere/config:\(second)", "KUBERNETES_SERVICE_HOST": "10.0.0.1"])
        #expect(configuration.server == "https://a:6443")
        #expect(configuration.credential == .token("12345"))
        #expect(configuration.trust == .authorities(.file(folder.appending(path: "ca.crt").path)))
    }

    @Test("Without a kubeconfig that is named the pod's own account counts")
    func inCluster() throws {
        let configuration = try ClientConfiguration.load(
            environment: ["KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443", "HOME": "/root"])
        #expect(configuration.server == "https://10.0.0.1:443")
    }

    @Test("A file that is not there, or is no kubeconfig, is named")
    func failures() throws {
        let missing = #expect(throws: ConfigurationError.self) {
            try ClientConfiguration.load(kubeconfig: "/nowhere/config", environment: [:])
        }
        #expect(missing?.description == "/nowhere/config cannot be read: No such file or directory")
        for text in ["a: [", "- 1", "clusters: 7", "\u{0}", "clusters:\n- name: x\n"] {
            let path = try write("bad.yaml", text)
            let error = #expect(throws: ConfigurationError.self) {
                try ClientConfiguration.load(kubeconfig: path, environment: [:])
            }
            #expect(error?.description.hasPrefix("\(path) is no kubeconfig: ") == true)
        }
    }

    @Test("Aliases that multiply do not blow a file up", .timeLimit(.minutes(1)))
    func aliases() throws {
        let levels = (1..<30).map { "l\($0): &l\($0) [*l\($0 - 1), *l\($0 - 1)]" }.joined(separator: "\n")
        let path = try write("bomb.yaml", "l0: &l0 [x]\n\(levels)\nclusters: *l29\n")
        #expect(throws: ConfigurationError.self) {
            try ClientConfiguration.load(kubeconfig: path, environment: [:])
        }
    }

    @Test("A plug-in that fails, that is missing and that says nothing of use is told with its own words")
    func plugins() async throws {
        let cases = [
            ("sh", #"["-c", "echo not logged in >&2; exit 3"]"#, "not logged in"),
            ("no-such-program-anywhere", "[]", "install it first"), ("true", "[]", "gave no credentials"),
        ]
        for (command, arguments, words) in cases {
            let path = try write(
                "exec.yaml",
                Self.clusters
                    + """
                    \ncurrent-context: x
                    users:
                    - name: 1
                      user:
                        exec:
                          apiVersion: client.authentication.k8s.io/v1
                          command: \(command)
                          args: \(arguments)
                          installHint: install it first
                    """.replacingOccurrences(of: "certificate-authority: ca.crt", with: ""))
            let configuration = try ClientConfiguration.load(kubeconfig: path, environment: [:])
            let error = await #expect(throws: ClientError.self) {
                try await RawServer.withClient(configuration) { _ = try await $0.page(of: Service.everywhere) }
            }
            #expect(error?.description.contains(words) == true, "\(error as Any)")
        }
    }
}

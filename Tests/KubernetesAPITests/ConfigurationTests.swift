import Foundation
import KubernetesAPI
import Testing

@Suite("Configurations")
struct ConfigurationTests {
    private static let sample = """
        {"apiVersion":"v1","kind":"Config","current-context":"home","preferences":{},
        "clusters":[{"name":"c","cluster":{"server":"https://10.0.0.1:6443/","certificate-authority":"pki/ca.crt",
        "tls-server-name":"kube"}},{"name":"open","cluster":{"server":"https://[fd00::1]:6443","insecure-skip-tls-verify":true}}],
        "users":[{"name":"admin","user":{"client-certificate-data":"UEVN","client-key":"/etc/key.pem"}},
        {"name":"robot","user":{"tokenFile":"token","token":"old"}},
        {"name":"cloud","user":{"exec":{"apiVersion":"client.authentication.k8s.io/v1","command":"./login","args":["-x"],
        "env":[{"name":"A","value":"b"}],"provideClusterInfo":true}}}],
        "contexts":[{"name":"home","context":{"cluster":"c","user":"admin","namespace":"vips"}},
        {"name":"bot","context":{"cluster":"open","user":"robot"}},{"name":"away","context":{"cluster":"c","user":"cloud"}},
        {"name":"broken","context":{"cluster":"missing"}}]}
        """

    private func sample() throws -> Kubeconfig {
        try decode(Kubeconfig.self, Self.sample).anchored(in: "/home/me/.kube")
    }

    @Test("The current context says which server, and what proves who asks")
    func currentContext() throws {
        let configuration = try sample().configuration()
        #expect(configuration.server == "https://10.0.0.1:6443")
        #expect(configuration.trust == .authorities(.file("/home/me/.kube/pki/ca.crt")))
        #expect(configuration.serverName == "kube")
        #expect(configuration.namespace == "vips")
        #expect(
            configuration.clientCertificate == .init(chain: .data(Data("PEM".utf8)), key: .file("/etc/key.pem")))
    }

    @Test("A token file goes before a token")
    func tokens() throws {
        let configuration = try sample().configuration(context: "bot")
        #expect(configuration.credential == .tokenFile("/home/me/.kube/token"))
        #expect(configuration.trust == .nobodyChecks)
        #expect(configuration.namespace == "default")
    }

    @Test("A plug-in learns the server, and its answer is read")
    func plugin() throws {
        guard case .plugin(let plugin) = try sample().configuration(context: "away").credential else {
            Issue.record("it should be a plug-in")
            return
        }
        #expect(plugin.command == "/home/me/.kube/./login" && plugin.arguments == ["-x"])
        #expect(plugin.environment["A"] == "b")
        #expect(
            plugin.environment["KUBERNETES_EXEC_INFO"] == """
                {"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","spec":{"cluster":\
                {"server":"https://10.0.0.1:6443","tls-server-name":"kube"},"interactive":false}}
                """)
        func credential(_ status: String, version: String = "v1") throws -> ExecCredential {
            let text =
                #"{"apiVersion":"client.authentication.k8s.io/\#(version)","kind":"ExecCredential","status":\#(status)}"#
            return try ExecCredential(output: Data(text.utf8), of: plugin)
        }
        let token = try credential(#"{"token":"t","expirationTimestamp":"2026-11-24T17:02:20Z"}"#)
        #expect(token.token == "t" && token.expiration?.seconds == 1_795_539_740)
        #expect(try credential(#"{"clientCertificateData":"C","clientKeyData":"K"}"#).clientCertificate != nil)
        for (status, version) in [
            (#"{"clientCertificateData":"C"}"#, "v1"), ("{}", "v1"), ("null", "v1"), (#"{"token":"t"}"#, "v1beta1"),
        ] {
            #expect(throws: ClientError.self) { try credential(status, version: version) }
        }
        #expect(throws: ClientError.self) { try ExecCredential(output: Data("Please log in".utf8), of: plugin) }
    }

    @Test("What is missing is named, with what there is")
    func missing() throws {
        #expect(throws: ConfigurationError.missing(kind: "cluster", name: "missing", among: ["c", "open"])) {
            try sample().configuration(context: "broken")
        }
        #expect(
            throws: ConfigurationError.missing(kind: "context", name: "x", among: ["home", "bot", "away", "broken"])
        ) {
            try sample().configuration(context: "x")
        }
        #expect(throws: ConfigurationError.noCurrentContext) { try Kubeconfig().configuration() }
    }

    @Test(
        "Contradictions and what no client can do any more are refused",
        arguments: [
            (#"{"server":"https://a","certificate-authority":"x","insecure-skip-tls-verify":true}"#, "{}"),
            (#"{"server":"a:6443"}"#, "{}"), ("{}", "{}"), (#"{"server":"https://user@a"}"#, "{}"),
            (#"{"server":"https://a"}"#, #"{"client-certificate":"x"}"#),
            (#"{"server":"https://a"}"#, #"{"client-key-data":"eA=="}"#),
            (#"{"server":"https://a","certificate-authority-data":"%%"}"#, "{}"),
            (#"{"server":"https://a"}"#, #"{"auth-provider":{"name":"gcp"}}"#),
            (
                #"{"server":"https://a"}"#,
                #"{"exec":{"apiVersion":"client.authentication.k8s.io/v1alpha1","command":"x"}}"#
            ),
            (
                #"{"server":"https://a"}"#,
                #"{"exec":{"apiVersion":"client.authentication.k8s.io/v1","command":"x","interactiveMode":"Always"}}"#
            ),
        ])
    func refused(cluster: String, user: String) throws {
        let kubeconfig = try decode(
            Kubeconfig.self,
            #"{"clusters":[{"name":"c","cluster":\#(cluster)}],"users":[{"name":"u","user":\#(user)}],"#
                + #""contexts":[{"name":"x","context":{"cluster":"c","user":"u"}}],"current-context":"x"}"#)
        #expect(throws: ConfigurationError.self) { try kubeconfig.configuration() }
    }

    @Test("Of several files the first that has an entry counts, and lists may be null")
    func merging() throws {
        var first = try decode(
            Kubeconfig.self, #"{"clusters":null,"users":[{"name":"admin","user":{"token":"mine"}}]}"#)
        first.merge(try sample())
        let configuration = try first.configuration()
        #expect(configuration.credential == .token("mine"))
        #expect(configuration.server == "https://10.0.0.1:6443")
        #expect(Kubeconfig.paths(environment: ["KUBECONFIG": "/a:/b", "HOME": "/h"]) == ["/a", "/b"])
        #expect(Kubeconfig.paths(environment: ["HOME": "/h"]) == ["/h/.kube/config"])
    }

    @Test("In a cluster the variables name the server, also by its IPv6 address")
    func inCluster() throws {
        let configuration = try ClientConfiguration.inCluster(
            environment: ["KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "443"], namespace: "vips\n")
        #expect(configuration.server == "https://[fd00::1]:443")
        #expect(configuration.namespace == "vips")
        #expect(configuration.credential == .tokenFile("/var/run/secrets/kubernetes.io/serviceaccount/token"))
        #expect(throws: ConfigurationError.notInCluster(missing: "variable KUBERNETES_SERVICE_HOST")) {
            try ClientConfiguration.inCluster(environment: [:], namespace: nil)
        }
    }
}

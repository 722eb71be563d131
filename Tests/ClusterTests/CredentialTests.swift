import Foundation
import KubernetesAPI
import KubernetesClient
import Testing

@Suite("Who asks, on a real API server", .needsAPIServer)
struct CredentialTests {
    private func file(_ text: String, _ name: String = UUID().uuidString) async throws -> String {
        let path = try await ControlPlane.shared.get().folder.appending(path: name).path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func configuration(_ credential: ClientConfiguration.Credential) async throws -> ClientConfiguration {
        var configuration = try await ControlPlane.shared.get().administrator
        configuration.clientCertificate = nil
        configuration.credential = credential
        return configuration
    }

    @Test("A server whose certificate is another authority's is not spoken to")
    func distrust() async throws {
        let plane = try await ControlPlane.shared.get()
        var configuration = plane.administrator
        configuration.trust = .authorities(.file(plane.folder.appending(path: "other-ca.crt").path))
        let error = await #expect(throws: ClientError.self) {
            try await plane.withClient(configuration) { _ = try await $0.page(of: Service.everywhere) }
        }
        guard case .unreachable? = error else {
            Issue.record("it should be unreachable, not \(error as Any)")
            return
        }
        #expect(error?.description.contains("CERTIFICATE_VERIFY_FAILED") == true)
    }

    @Test("A server is taken for the one that a kubeconfig names, by the name in its certificate")
    func serverName() async throws {
        let plane = try await ControlPlane.shared.get()
        func ask(as name: String) async throws {
            var configuration = plane.administrator
            configuration.serverName = name
            try await plane.withClient(configuration) { _ = try await $0.page(of: Service.everywhere) }
        }
        try await ask(as: "only.by.name")
        await #expect(throws: ClientError.self) { try await ask(as: "another.name") }
    }

    @Test("A token may do what its owner may, and a wrong one nothing")
    func tokens() async throws {
        let plane = try await ControlPlane.shared.get()
        try await plane.withClient(try await configuration(.token("robot-token"))) { client in
            _ = try await client.page(of: Service.everywhere)
        }
        for (token, code) in [("wrong", 401), ("nobody-token", 403)] {
            let error = await #expect(throws: ClientError.self) {
                try await plane.withClient(try await configuration(.token(token))) { client in
                    _ = try await client.page(of: Secret.everywhere)
                }
            }
            #expect(error?.code == code)
        }
    }

    @Test("A token file that has been replaced is read again when the old token is refused")
    func rotation() async throws {
        let plane = try await ControlPlane.shared.get()
        let path = try await file("robot-token\n")
        try await plane.withClient(try await configuration(.tokenFile(path))) { client in
            _ = try await client.page(of: Service.everywhere)
        }
        let stale = try await file("old-token")
        try await plane.withClient(try await configuration(.tokenFile(stale))) { client in
            await #expect(throws: ClientError.self) { try await client.page(of: Service.everywhere) }
            try "robot-token".write(toFile: stale, atomically: true, encoding: .utf8)
            _ = try await client.page(of: Service.everywhere)
        }
    }

    @Test("A plug-in is asked once by many requests, and what it says is used")
    func plugin() async throws {
        let plane = try await ControlPlane.shared.get()
        let calls = try await file("")
        let script = try await file(
            """
            #!/bin/sh
            echo called >> '\(calls)'
            sleep 0.3
            echo '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"'"$TOKEN"'"}}'
            """, "plugin.sh")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
        let kubeconfig = try await file(
            """
            apiVersion: v1
            kind: Config
            current-context: here
            clusters:
            - name: here
              cluster:
                server: https://127.0.0.1:\(plane.port)
                certificate-authority: ca.crt
            contexts:
            - name: here
              context: {cluster: here, user: robot, namespace: "007"}
            users:
            - name: robot
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: ./plugin.sh
                  env: [{name: TOKEN, value: robot-token}]
            """, "kubeconfig.yaml")
        let configuration = try ClientConfiguration.load(kubeconfig: kubeconfig, environment: [:])
        #expect(configuration.namespace == "007")
        try await plane.withClient(configuration) { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<5 { group.addTask { _ = try await client.page(of: Service.everywhere) } }
                try await group.waitForAll()
            }
        }
        #expect(try String(contentsOfFile: calls, encoding: .utf8) == "called\n")
    }
}

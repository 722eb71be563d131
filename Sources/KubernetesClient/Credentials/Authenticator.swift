internal import Foundation
internal import KubernetesAPI
internal import Logging
internal import NIOSSL

/// Knows what proves who asks, and keeps it fresh: files are read again, plug-ins are run again.
actor Authenticator {
    /// How long what was read from a file counts: the kubelet replaces tokens long before they end.
    private static let fileLifetime = Duration.seconds(60)

    /// What goes with a request.
    struct Proof: Sendable {
        var headers: [(String, String)]
        var tls: TLSConfiguration
    }

    private let configuration: ClientConfiguration
    private let logger: Logger
    private var proof: (value: Proof, readAt: ContinuousClock.Instant)?
    /// Remembered apart from the rest, so that connections go on while the certificates stay what they are.
    private var tls: (material: TLSMaterial, configuration: TLSConfiguration)?
    private var credential: ExecCredential?
    /// The run of the plug-in that all who ask wait for.
    private var run: Task<ExecCredential, any Error>?

    init(_ configuration: ClientConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    /// What goes with a request now.
    func proof() async throws -> Proof {
        if let proof, proof.readAt.duration(to: .now) < Self.fileLifetime, !isExpired { return proof.value }
        do {
            let value = try await freshProof()
            proof = (value, .now)
            return value
        } catch let error as ClientError {
            // A file that is just being replaced shall not stop a program whose token is still good.
            guard let proof, !isExpired else { throw error }
            logger.warning("\(error); going on with what was read before")
            return proof.value
        }
    }

    private func freshProof() async throws -> Proof {
        var certificate = configuration.clientCertificate
        var headers = impersonationHeaders
        switch configuration.credential {
        case .none: break
        case .token(let token): headers.append(("Authorization", "Bearer \(try checked(token))"))
        case .tokenFile(let path):
            let text = String(decoding: try CredentialFile.read(path), as: UTF8.self)
            headers.append(("Authorization", "Bearer \(try checked(text, path))"))
        case .password(let user, let password):
            let text = Data("\(user):\(password)".utf8).base64EncodedString()
            headers.append(("Authorization", "Basic \(text)"))
        case .plugin(let plugin):
            let credential = try await credential(of: plugin)
            if let token = credential.token { headers.append(("Authorization", "Bearer \(try checked(token))")) }
            certificate = credential.clientCertificate ?? certificate
        }
        return Proof(headers: headers, tls: try tlsConfiguration(with: certificate))
    }

    /// Forgets what the server did not accept; says whether there can be anything better.
    func renew() -> Bool {
        switch configuration.credential {
        case .none, .token, .password: return false
        case .tokenFile, .plugin:
            proof = nil
            credential = nil
            return true
        }
    }

    private var isExpired: Bool { credential?.expiration.map { $0 <= .now } ?? false }

    private var impersonationHeaders: [(String, String)] {
        guard let impersonation = configuration.impersonation else { return [] }
        return [("Impersonate-User", impersonation.user)]
            + impersonation.groups.map { ("Impersonate-Group", $0) }
            + impersonation.extra.sorted { $0.key < $1.key }.flatMap { key, values in
                values.map { ("Impersonate-Extra-\(key)", $0) }
            }
    }

    /// The token without the white space around it; what cannot be one would break the request.
    private func checked(_ token: String, _ origin: String = "the token") throws -> String {
        let token = token.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty, token.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw ClientError.credentials("\(origin) holds no token")
        }
        return token
    }

    /// What the plug-in says; all who ask while it runs wait for the same run.
    private func credential(of plugin: ExecPlugin) async throws -> ExecCredential {
        if let credential, !isExpired { return credential }
        while true {
            let run = run ?? Task { [logger] in try await plugin.run(logger: logger) }
            self.run = run
            let result = await withTaskCancellationHandler {
                await run.result
            } onCancel: {
                run.cancel()
            }
            if self.run == run { self.run = nil }
            do {
                let credential = try result.get()
                self.credential = credential
                return credential
            } catch is CancellationError {
                // Where it was somebody else's task that ended, this one runs the plug-in itself.
                try Task.checkCancellation()
            }
        }
    }

    private func tlsConfiguration(
        with certificate: ClientConfiguration.ClientCertificate?
    ) throws -> TLSConfiguration {
        let material = try TLSMaterial(configuration.trust, certificate)
        if let tls, tls.material == material { return tls.configuration }
        let made = try material.configuration()
        tls = (material, made)
        return made
    }
}

internal import Foundation

extension Kubeconfig {
    /// What a context says; without a name the current one.
    public func configuration(context name: String? = nil) throws(ConfigurationError) -> ClientConfiguration {
        guard let name = name ?? currentContext, !name.isEmpty else { throw .noCurrentContext }
        let context = try Self.entry(name, of: contexts, "context")
        let cluster = try Self.entry(context.cluster, of: clusters, "cluster")
        let place = "cluster \"\(context.cluster)\""

        var configuration = ClientConfiguration(server: try Self.address(cluster.server, place))
        configuration.trust = try trust(of: cluster, place)
        configuration.serverName = Self.text(cluster.tlsServerName)
        configuration.proxy = Self.text(cluster.proxyURL)
        configuration.namespace = Self.text(context.namespace) ?? "default"
        if let user = context.user, !user.isEmpty {
            try Self.entry(user, of: users, "user").complete(&configuration, cluster, "user \"\(user)\"")
        }
        return configuration
    }

    private static func entry<Value>(
        _ name: String, of entries: [Named<Value>], _ kind: String
    ) throws(ConfigurationError) -> Value {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw .missing(kind: kind, name: name, among: entries.map(\.name))
        }
        return entry.value
    }

    private static func address(_ text: String?, _ place: String) throws(ConfigurationError) -> String {
        guard let text = Self.text(text) else { throw .invalid(place: place, reason: "it has no server") }
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host?.isEmpty == false,
            url.query == nil, url.user == nil
        else { throw .invalid(place: place, reason: "\"\(text.prefix(200))\" is no address of a server") }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private func trust(
        of cluster: Cluster, _ place: String
    ) throws(ConfigurationError) -> ClientConfiguration.Trust {
        let authorities = try Self.material(
            cluster.certificateAuthorityData, cluster.certificateAuthority, "\(place), certificate-authority-data")
        guard cluster.insecureSkipTLSVerify == true else { return authorities.map { .authorities($0) } ?? .system }
        guard authorities == nil else {
            throw .invalid(
                place: place, reason: "insecure-skip-tls-verify contradicts the certificate-authority beside it")
        }
        return .nobodyChecks
    }

    /// The text, where there is any.
    static func text(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    /// What stands in the file itself goes before what it points at.
    static func material(
        _ data: String?, _ file: String?, _ place: String
    ) throws(ConfigurationError) -> ClientConfiguration.Material? {
        if let data = text(data) {
            guard let bytes = Data(base64Encoded: data, options: .ignoreUnknownCharacters), !bytes.isEmpty else {
                throw .invalid(place: place, reason: "this is no base64")
            }
            return .data(bytes)
        }
        return text(file).map { .file($0) }
    }
}

extension Kubeconfig.User {
    fileprivate func complete(
        _ configuration: inout ClientConfiguration, _ cluster: Kubeconfig.Cluster, _ place: String
    ) throws(ConfigurationError) {
        if let authProvider {
            throw .invalid(
                place: place,
                reason: "auth-provider \"\(authProvider.name ?? "")\" is no longer supported by any client; use exec")
        }
        let chain = try Kubeconfig.material(
            clientCertificateData, clientCertificate, "\(place), client-certificate-data")
        let key = try Kubeconfig.material(clientKeyData, clientKey, "\(place), client-key-data")
        switch (chain, key) {
        case (let chain?, let key?): configuration.clientCertificate = .init(chain: chain, key: key)
        case (nil, nil): break
        case (nil, _): throw .invalid(place: place, reason: "there is a client-key without a client-certificate")
        case (_, nil): throw .invalid(place: place, reason: "there is a client-certificate without a client-key")
        }
        // As in client-go, the file goes before the token, since it is kept up to date.
        if let path = Kubeconfig.text(tokenFile) {
            configuration.credential = .tokenFile(path)
        } else if let token = Kubeconfig.text(token) {
            configuration.credential = .token(token)
        } else if let user = Kubeconfig.text(username) {
            configuration.credential = .password(user: user, password: password ?? "")
        } else if let exec {
            configuration.credential = .plugin(try ExecPlugin(exec, cluster, server: configuration.server, place))
        }
        if let user = Kubeconfig.text(impersonate) {
            configuration.impersonation = .init(
                user: user, groups: impersonateGroups ?? [], extra: impersonateExtra ?? [:])
        }
    }
}

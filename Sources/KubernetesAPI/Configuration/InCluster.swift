extension ClientConfiguration {
    /// Where a pod finds what its service account proves itself with.
    public static let serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount"

    /// What a program in a pod speaks to the API server with.
    ///
    /// - Parameters:
    ///   - environment: The variables of the process.
    ///   - namespace: What the file `namespace` of the service account holds, if there is one.
    ///   - folder: Where the files of the service account are.
    public static func inCluster(
        environment: [String: String], namespace: String?, folder: String = serviceAccountFolder
    ) throws(ConfigurationError) -> Self {
        func variable(_ name: String) throws(ConfigurationError) -> String {
            guard let value = environment[name], !value.isEmpty else {
                throw .notInCluster(missing: "variable \(name)")
            }
            return value
        }
        let host = try variable("KUBERNETES_SERVICE_HOST")
        let port = try variable("KUBERNETES_SERVICE_PORT")
        var configuration = Self(server: "https://\(host.contains(":") ? "[\(host)]" : host):\(port)")
        configuration.trust = .authorities(.file("\(folder)/ca.crt"))
        configuration.credential = .tokenFile("\(folder)/token")
        let name = namespace.map { $0.filter { !$0.isWhitespace } } ?? ""
        if !name.isEmpty { configuration.namespace = name }
        return configuration
    }
}

extension Kubeconfig {
    /// The files that the variable `KUBECONFIG` names, or the one in the home folder.
    public static func paths(environment: [String: String]) -> [String] {
        let named = environment["KUBECONFIG"]?.split(separator: ":").map(String.init) ?? []
        if !named.isEmpty { return named }
        return environment["HOME"].map { ["\($0)/.kube/config"] } ?? []
    }

    /// Adds what another file has besides; of two entries of one name the present one stays.
    public mutating func merge(_ other: Kubeconfig) {
        if currentContext?.isEmpty ?? true { currentContext = other.currentContext }
        clusters += other.clusters.filter { new in !clusters.contains { $0.name == new.name } }
        users += other.users.filter { new in !users.contains { $0.name == new.name } }
        contexts += other.contexts.filter { new in !contexts.contains { $0.name == new.name } }
    }

    /// Makes paths of files, which are relative to the folder of the kubeconfig itself, absolute.
    public func anchored(in folder: String) -> Kubeconfig {
        func anchor(_ path: inout String?) {
            if let relative = path, !relative.isEmpty, !relative.hasPrefix("/") { path = "\(folder)/\(relative)" }
        }
        var copy = self
        for index in clusters.indices { anchor(&copy.clusters[index].value.certificateAuthority) }
        for index in users.indices {
            anchor(&copy.users[index].value.clientCertificate)
            anchor(&copy.users[index].value.clientKey)
            anchor(&copy.users[index].value.tokenFile)
            // A name without a slash is looked for in PATH.
            if let command = users[index].value.exec?.command, command.contains("/"), !command.hasPrefix("/") {
                copy.users[index].value.exec?.command = "\(folder)/\(command)"
            }
        }
        return copy
    }
}

public import Foundation
public import KubernetesAPI
internal import Yams

extension ClientConfiguration {
    /// The configuration of the pod that the program runs in, or else that of the kubeconfig.
    ///
    /// A kubeconfig that is named, here or by the variable `KUBECONFIG`, goes before the pod.
    ///
    /// - Parameters:
    ///   - path: The kubeconfig; nil for those that the environment names.
    ///   - context: The context; nil for the current one.
    ///   - environment: The variables of the process.
    public static func load(
        kubeconfig path: String? = nil, context: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationError) -> Self {
        let isNamed = path != nil || environment["KUBECONFIG"]?.isEmpty == false
        if !isNamed, environment["KUBERNETES_SERVICE_HOST"] != nil {
            let namespace = try? CredentialFile.read("\(serviceAccountFolder)/namespace")
            return try inCluster(
                environment: environment, namespace: namespace.map { String(decoding: $0, as: UTF8.self) })
        }
        return try Kubeconfig.load(path.map { [$0] } ?? Kubeconfig.paths(environment: environment))
            .configuration(context: context)
    }
}

extension Kubeconfig {
    /// Reads and merges files; of those that are not there at least one must be.
    static func load(_ paths: [String]) throws(ConfigurationError) -> Kubeconfig {
        var merged = Kubeconfig()
        var problem: ConfigurationError?
        var found = false
        for path in paths {
            do {
                merged.merge(try load(path))
                found = true
            } catch .unreadableFile(let path, let reason) where paths.count > 1 {
                // As kubectl does: of several files some may be missing.
                problem = .unreadableFile(path: path, reason: reason)
            }
        }
        guard found else { throw problem ?? .unreadableFile(path: "~/.kube/config", reason: "there is no home folder") }
        return merged
    }

    private static func load(_ path: String) throws(ConfigurationError) -> Kubeconfig {
        let data: Data
        do {
            data = try CredentialFile.read(path)
        } catch {
            let text = error.description
            let prefix = "\(path) cannot be read: "
            throw .unreadableFile(
                path: path, reason: text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text)
        }
        let folder = URL(filePath: path).absoluteURL.deletingLastPathComponent().path(percentEncoded: false)
        do {
            return try YAMLDecoder().decode(Kubeconfig.self, from: data)
                .anchored(in: folder.hasSuffix("/") ? String(folder.dropLast()) : folder)
        } catch {
            throw .malformed(path: path, reason: ClientError.sentence(of: error))
        }
    }
}

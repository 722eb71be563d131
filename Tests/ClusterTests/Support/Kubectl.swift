import Foundation
import Testing

/// kubectl as an administrator has it, for one control plane.
struct Kubectl: Sendable {
    let plane: ControlPlane
    private let program: String
    private let connection: [String]

    init(_ plane: ControlPlane) throws {
        self.plane = plane
        program = try #require(ControlPlane.assets) + "/kubectl"
        func file(_ name: String) -> String { plane.folder.appending(path: name).path }
        // Nothing of the configuration of whoever runs the tests.
        connection = [
            "--kubeconfig=/dev/null", "--cache-dir=\(file("kubectl"))", "--server=https://127.0.0.1:\(plane.port)",
            "--certificate-authority=\(file("ca.crt"))", "--client-certificate=\(file("admin.crt"))",
            "--client-key=\(file("admin.key"))",
        ]
    }

    /// Runs a command to its end, and returns what it wrote.
    @discardableResult
    func callAsFunction(_ arguments: String...) throws -> String { try Program.run(program, connection + arguments) }

    /// Makes a namespace, where it is not there yet.
    func applyNamespace(_ name: String) throws {
        try self("apply", manifest: "apiVersion: v1\nkind: Namespace\nmetadata: {name: \(name)}\n")
    }

    /// Whether a user may do something, said in the words of `kubectl auth can-i`.
    func may(_ words: String, as user: String, in namespace: String) throws -> Bool {
        let words = words.split(separator: " ").map(String.init)
        let question = ["auth", "can-i"] + words + ["--as=\(user)", "--namespace=\(namespace)"]
        do {
            return try Program.run(program, connection + question).contains("yes")
        } catch let failure as Program.Failure where failure.description.firstMatch(of: /(^|\s)no(\s|$)/) != nil {
            // What may not be is an exit status other than 0.
            return false
        }
    }

    /// Runs a command with a manifest for `--filename`.
    @discardableResult
    func callAsFunction(_ arguments: String..., manifest: String) throws -> String {
        let file = plane.folder.appending(path: "\(UUID().uuidString).yaml")
        try manifest.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        return try Program.run(program, connection + arguments + ["--filename", file.path])
    }

    /// Waits until kinds of this project are announced, which is a moment after they are established.
    ///
    /// Otherwise kubectl would remember for minutes that they were not.
    func waitUntilServed(_ kinds: [String]) async throws {
        let areServed = try await eventually {
            // This fails while another server is about to serve them.
            let types = try? self("api-resources", "--cached=false", "--api-group=redhatcop.redhat.io", "--output=name")
            return kinds.allSatisfy { types?.contains($0) == true }
        }
        try #require(areServed)
    }

    /// What a folder of this project comes to.
    static func kustomize(_ path: String) throws -> String {
        try Program.run(try #require(ControlPlane.assets) + "/kubectl", ["kustomize", Project.file(path)])
    }

    /// Applies those objects of a manifest whose kinds the server serves, and returns the kinds of the others.
    func apply(_ manifest: String, _ options: String...) throws -> Set<String> {
        let versions = Set(try self("api-versions").split(separator: "\n").map(String.init))
        var unknown: Set<String> = []
        var known: [String] = []
        for object in manifest.components(separatedBy: "---\n") {
            guard let version = Self.field("apiVersion", of: object), let kind = Self.field("kind", of: object) else {
                continue
            }
            if versions.contains(version) { known.append(object) } else { unknown.insert(kind) }
        }
        // Without the client's check: it refuses fields that older servers ignore.
        let file = plane.folder.appending(path: "\(UUID().uuidString).yaml")
        try known.joined(separator: "---\n").write(to: file, atomically: true, encoding: .utf8)
        try Program.run(program, connection + ["apply", "--validate=false", "--filename", file.path] + options)
        return unknown
    }

    private static func field(_ name: String, of object: String) -> String? {
        let line = object.split(separator: "\n").first { $0.hasPrefix("\(name): ") }
        return line.map { String($0.dropFirst(name.count + 2)) }
    }
}

/// The files of this project.
enum Project {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        .standardizedFileURL

    /// The full path of a file of this project.
    static func file(_ path: String) -> String { root.appending(path: path).path }

    static func text(_ path: String) throws -> String { try String(contentsOfFile: file(path), encoding: .utf8) }
}

/// A control plane that knows this project's kinds, for the tests of manifests; started when it is needed first.
actor InstalledControlPlane {
    static let shared = InstalledControlPlane()

    private var start: Task<Kubectl, any Error>?

    func get() async throws -> Kubectl {
        let task = start ?? Task { try await Self.install(in: ControlPlane()) }
        start = task
        return try await task.value
    }

    /// Makes a control plane serve this project's kinds.
    static func install(in plane: ControlPlane) async throws -> Kubectl {
        let kubectl = try Kubectl(plane)
        try kubectl("apply", "--validate=false", "--kustomize", Project.file("deploy/kubernetes/crds"))
        try kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
        try await kubectl.waitUntilServed(["keepalivedgroups", "virtualrouters"])
        return kubectl
    }
}

import Foundation
import Synchronization

/// Everything that a lab owns outside of this process: namespaces and a directory. Dissolving it removes them.
final class Estate: Sendable {
    /// What the names of all labs begin with, before the number of the process that owns them.
    static let prefix = "vl"

    private struct State {
        var namespaces: [NetworkNamespace] = []
        var isDissolved = false
    }

    private static let lastNumber = Atomic(0)

    private let name: String
    private let directory: String
    private let state = Mutex(State())

    init() throws {
        name = "\(Self.prefix)\(getpid())x\(Self.lastNumber.add(1, ordering: .relaxed).newValue)"
        directory = FileManager.default.temporaryDirectory.path + "/" + name
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    }

    deinit {
        let (namespaces, directory) = (namespaces, directory)
        guard !namespaces.isEmpty else { return }
        Thread.detachNewThread { Self.remove(namespaces, directory) }
    }

    var namespaces: [NetworkNamespace] { state.withLock { $0.namespaces } }

    /// Creates a namespace that belongs to the lab, `vlPIDxLAB-name`.
    func addNamespace(_ name: String) async throws -> NetworkNamespace {
        let namespace = NetworkNamespace(name: "\(self.name)-\(name)")
        try state.withLock { state in
            guard !state.isDissolved else { throw LabError.closed }
            state.namespaces.append(namespace)
        }
        _ = try await LaunchRequest(program: "ip", arguments: ["netns", "add", namespace.name]).runToEnd()
        return namespace
    }

    /// Creates a directory with an empty `run` in it.
    func addDirectory(_ name: String) throws -> String {
        let path = "\(directory)/\(name)"
        try FileManager.default.createDirectory(atPath: path + "/run", withIntermediateDirectories: true)
        return path
    }

    /// Kills what runs in the namespaces and removes them and the directory.
    func dissolve() async {
        let namespaces = state.withLock { state in
            state.isDissolved = true
            defer { state.namespaces = [] }
            return state.namespaces
        }
        let directory = directory
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                Self.remove(namespaces, directory)
                continuation.resume()
            }
        }
    }

    /// The same for what another process left behind; takes some milliseconds.
    static func remove(_ namespaces: [NetworkNamespace], _ directory: String) {
        for namespace in namespaces { namespace.killProcesses() }
        for namespace in namespaces { namespace.delete() }
        try? FileManager.default.removeItem(atPath: directory)
    }
}

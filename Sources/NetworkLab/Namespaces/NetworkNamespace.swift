import CLinux
import Foundation

/// A named network namespace, as `ip netns` knows it.
public struct NetworkNamespace: Hashable, Sendable {
    /// The name, unique on the machine: `ip netns exec NAME …` reaches it while the lab lives.
    public let name: String

    /// The file that keeps the namespace alive.
    public var path: String { "/run/netns/\(name)" }

    /// Runs `body` inside the namespace, on a thread that exists for that alone.
    ///
    /// The calling thread and its namespaces are not touched; sockets that `body` opens stay in the namespace.
    public func perform<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(
                    with: Swift.Result {
                        let namespace = try descriptor()
                        try systemCall("setns", name) { clinux_setns(namespace.number, CLINUX_NAMESPACE_NETWORK) }
                        return try body()
                    })
            }
        }
    }

    /// Sets kernel parameters of the namespace, named as sysctl(8) does: `net.ipv4.ip_forward`.
    ///
    /// - Parameter skipsMissing: leaves out those that this kernel does not have.
    public func set(_ parameters: KeyValuePairs<String, String>, skipsMissing: Bool = false) async throws {
        let settings = parameters.map { (path: "/proc/sys/" + $0.key.replacing(".", with: "/"), value: $0.value) }
        try await perform {
            for setting in settings where !skipsMissing || access(setting.path, F_OK) == 0 {
                let file = try OwnedDescriptor(opening: setting.path, O_WRONLY)
                try systemCall("write", setting.path) { write(file.number, setting.value, setting.value.utf8.count) }
            }
        }
    }

    /// The processes whose main thread lives in the namespace.
    func processes() -> [pid_t] {
        guard let namespace = try? FileManager.default.attributesOfItem(atPath: path),
            let number = namespace[.systemFileNumber] as? UInt64
        else { return [] }
        let link = "net:[\(number)]"
        let candidates = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap(pid_t.init) ?? []
        return candidates.filter { process in
            process != getpid()
                && (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/ns/net")) == link
        }
    }

    /// Whether no process runs in the namespace.
    public var isEmpty: Bool { processes().isEmpty }

    /// Kills what runs in the namespace: the lab started it, directly or not.
    func killProcesses() {
        killAtOnce(processes())
    }

    /// Takes the name away; the namespace goes with its last process. Blocks for a moment.
    func delete() {
        umount2(path, Int32(MNT_DETACH))
        unlink(path)
    }

    func descriptor() throws(LabError) -> OwnedDescriptor { try OwnedDescriptor(opening: path, O_RDONLY) }
}

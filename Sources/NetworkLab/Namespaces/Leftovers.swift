import Foundation

/// What labs of processes that no longer live have left behind.
enum Leftovers {
    /// Ends when the leftovers are gone; they are looked for once in the life of this process.
    static let removedOnce = Task<Void, Never> {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                remove()
                continuation.resume()
            }
        }
    }

    private static func remove() {
        let temporary = FileManager.default.temporaryDirectory.path
        let namespaces = contents(of: "/run/netns").filter(isLeftover).map(NetworkNamespace.init(name:))
        for namespace in namespaces { Estate.remove([namespace], "") }
        for name in contents(of: temporary).filter(isLeftover) {
            try? FileManager.default.removeItem(atPath: "\(temporary)/\(name)")
        }
    }

    /// Whether a name is that of a lab, and the process in it is gone.
    static func isLeftover(_ name: String) -> Bool {
        guard let match = name.wholeMatch(of: /vl([0-9]+)x[0-9]+(-.*)?/), let owner = pid_t(match.1) else {
            return false
        }
        // A process that nobody has reaped still has its number, and nothing else.
        let state = try? String(contentsOfFile: "/proc/\(owner)/stat", encoding: .utf8)
        return state.map { $0.contains(") Z ") } ?? true
    }

    private static func contents(of directory: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    }
}

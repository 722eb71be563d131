import CLinux
import Foundation

/// Finds out what the kernel offers, by trying it in a namespace that vanishes with the thread that made it.
enum KernelProbe {
    /// Why no network namespace can be created; nil when one can.
    static func createNamespace() -> String? { attempt("network namespaces") { nil } }

    /// Why `ip link add` refuses a device; nil when it makes one.
    static func createDevice(_ definition: String, kind: String) -> String? {
        attempt(kind) { run("ip", ["link", "add"] + definition.split(separator: " ").map(String.init)) }
    }

    /// Why no macvlan can be made on top of another device; nil when one can.
    static func createMacvlan() -> String? {
        attempt("macvlan") {
            run("ip", ["link", "add", "name", "probe0", "type", "veth", "peer", "name", "probe1"])
                ?? run("ip", ["link", "add", "name", "probe2", "link", "probe0", "type", "macvlan", "mode", "bridge"])
        }
    }

    /// Why no table of nftables' bridge family can be made; nil when one can.
    static func createBridgeTable() -> String? {
        attempt("nftables") { run("nft", ["add", "table", "bridge", "probe"]) }
    }

    /// Runs `body` in a new namespace and waits for it; what it returns is put into a sentence.
    private static func attempt(_ kind: String, _ body: @escaping @Sendable () -> String?) -> String? {
        guard geteuid() == 0 else { return nil }
        let outcome = Outcome()
        Thread.detachNewThread {
            outcome.complaint =
                clinux_unshare(CLINUX_NAMESPACE_NETWORK) == 0 ? body() : "unshare: " + systemErrorText(errno)
            outcome.isKnown.signal()
        }
        outcome.isKnown.wait()
        return outcome.complaint.map { "needs \(kind): \($0)" }
    }

    /// Runs a command in the calling thread's namespace: what it says when it fails, else nil.
    private static func run(_ program: String, _ arguments: [String]) -> String? {
        do {
            let pipe = try Pipe.open()
            let process = try LaunchRequest(program: program, arguments: arguments).start(output: pipe.writing)
            var status: Int32 = 0
            try systemCall("waitpid") { waitpid(process, &status, 0) }
            guard !ExitStatus(waitStatus: status).isSuccess else { return nil }
            _ = fcntl(pipe.reading.number, F_SETFL, O_NONBLOCK)
            var text = [UInt8](repeating: 0, count: 4_096)
            let count = read(pipe.reading.number, &text, text.count)
            return String(decoding: text.prefix(max(0, count)), as: UTF8.self)
                .trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            return "\(error)"
        }
    }
}

/// What a probe found.
///
/// `@unchecked Sendable` is safe: `isKnown` orders the one write before the one read.
private final class Outcome: @unchecked Sendable {
    var complaint: String?
    let isKnown = DispatchSemaphore(value: 0)
}

import EngineMetrics
import Logging
import StatusServer
import Synchronization
import Telemetry

/// A node whose metrics are served on loopback until it is killed.
final class ServedNode: Sendable {
    private let shared: Shared
    private let server: Task<Void, any Error>
    let port: UInt16

    init(_ node: SampleNode) async throws {
        let (ports, told) = AsyncStream.makeStream(of: UInt16.self)
        let box = Shared(node)
        let status = StatusServer(
            address: ListenAddress(host: "127.0.0.1", port: 0),
            content: StatusServer.Content(metrics: { EngineMetrics.families(of: box.report()) }),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        server = Task { try await status.run { told.yield($0.port) } }
        port = await ports.first { _ in true }!
        shared = box
    }

    /// Changes the node.
    func change(_ body: (inout SampleNode) -> Void) { shared.change(body) }

    /// Ends the server as the end of the node would.
    func kill() async {
        server.cancel()
        _ = try? await server.value
    }
}

/// A node that a server and a test share.
private final class Shared: Sendable {
    private let node: Mutex<SampleNode>

    init(_ node: SampleNode) { self.node = Mutex(node) }

    func report() -> EngineReport { node.withLock { $0.report() } }

    func change(_ body: (inout SampleNode) -> Void) { node.withLock { body(&$0) } }
}

import Logging
import StatusServer
import Telemetry

/// Runs `body` with the port of a server on loopback.
func withServer(
    _ content: StatusServer.Content = StatusServer.Content(metrics: { [] }), paths: StatusPaths = StatusPaths(),
    limits: StatusLimits = StatusLimits(), _ body: @escaping @Sendable (UInt16) async throws -> Void
) async throws {
    let server = StatusServer(
        address: ListenAddress(host: "127.0.0.1", port: 0), paths: paths, limits: limits, content: content,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let (ports, port) = AsyncStream.makeStream(of: UInt16.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            try await server.run { address in port.yield(address.port) }
        }
        for await port in ports {
            try await body(port)
            break
        }
        group.cancelAll()
        try await group.waitForAll()
    }
}

/// The answer to a request, head and body, over a connection of its own.
func answer(
    _ port: UInt16, _ path: String, method: String = "GET", headers: [String] = []
) async throws -> (status: Int, head: String, body: String) {
    let connection = try RawConnection(port: port)
    defer { connection.close() }
    let lines = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
    connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n")
    let text = await connection.receive().text
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let head = String(parts.first ?? "")
    return (
        head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0, head.lowercased(),
        parts.count > 1 ? String(parts[1]) : ""
    )
}

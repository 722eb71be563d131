import KeepalivedExporter
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Serves a site over HTTP/1.1.
struct WebServer {
    /// Connections beyond this number are closed at once.
    private static let mostConnections = 100
    /// A connection on which nothing moves for this long is closed.
    private static let idleTime = TimeAmount.seconds(60)

    private let channel: any Channel

    /// Where it listens.
    var address: String { channel.localAddress.map { "\($0)" } ?? "nowhere" }

    /// Listens on an address; on all of the host's, IPv6 and IPv4, where it names none.
    init(_ address: ListenAddress, _ site: Site) throws {
        let bootstrap = Self.bootstrap(site)
        if let host = address.host {
            channel = try bootstrap.bind(host: host, port: address.port).wait()
            return
        }
        do { channel = try bootstrap.bind(host: "::", port: address.port).wait() } catch let error as IOError
            where error.errnoCode != EADDRINUSE && error.errnoCode != EACCES
        {
            // A host without IPv6.
            channel = try bootstrap.bind(host: "0.0.0.0", port: address.port).wait()
        }
    }

    /// Serves until the process ends.
    func run() throws { try channel.closeFuture.wait() }

    private static func bootstrap(_ site: Site) -> ServerBootstrap {
        let connections = ConnectionCount()
        return ServerBootstrap(group: MultiThreadedEventLoopGroup(numberOfThreads: 1))
            .serverChannelOption(.backlog, value: 64)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                guard connections.enter(atMost: mostConnections) else { return channel.close() }
                channel.closeFuture.whenComplete { _ in connections.leave() }
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: true)
                    try channel.pipeline.syncOperations.addHandler(IdleStateHandler(allTimeout: idleTime))
                    try channel.pipeline.syncOperations.addHandler(RequestHandler(site))
                }
            }
    }
}

/// The number of open connections.
private final class ConnectionCount: Sendable {
    private let count = Atomic(0)

    func enter(atMost most: Int) -> Bool {
        if count.add(1, ordering: .relaxed).newValue <= most { return true }
        leave()
        return false
    }

    func leave() { count.subtract(1, ordering: .relaxed) }
}

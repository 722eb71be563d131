import NIOCore
import NIOPosix
import Synchronization

/// A relay between clients and the API server that cuts all their connections when it is told to: what a network that
/// breaks, or a load balancer that restarts, looks like to them.
final class CuttableRelay: Sendable {
    private let listener: any Channel
    private let connections: Connections

    /// The port on 127.0.0.1 that it listens on.
    var port: Int { listener.localAddress?.port ?? 0 }

    /// A relay to a port on 127.0.0.1.
    init(to port: Int) async throws {
        let connections = Connections()
        self.connections = connections
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { inbound in
                connections.add(inbound)
                return ClientBootstrap(group: inbound.eventLoop).connect(host: "127.0.0.1", port: port).flatMapThrowing
                {
                    outbound in
                    try inbound.pipeline.syncOperations.addHandler(Forwarder(to: outbound))
                    try outbound.pipeline.syncOperations.addHandler(Forwarder(to: inbound))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// Cuts every connection that there is; new ones are accepted.
    ///
    /// - Returns: How many there were.
    @discardableResult
    func cut() -> Int { connections.closeAll() }

    /// Ends the relay.
    func stop() async throws {
        try await listener.close()
        cut()
    }

    /// The clients' ends of the connections.
    private final class Connections: Sendable {
        private let channels = Mutex<[ObjectIdentifier: any Channel]>([:])

        func add(_ channel: any Channel) {
            channels.withLock { $0[ObjectIdentifier(channel)] = channel }
            channel.closeFuture.whenComplete { _ in
                self.channels.withLock { $0[ObjectIdentifier(channel)] = nil }
            }
        }

        func closeAll() -> Int {
            let open = channels.withLock { Array($0.values) }
            for channel in open { channel.close(promise: nil) }
            return open.count
        }
    }
}

/// Passes on what one end of a connection says to the other, and closes that with it.
private final class Forwarder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel

    init(to other: any Channel) { self.other = other }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

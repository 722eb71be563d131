import NIOCore
import NIOPosix
import Synchronization

/// A relay between clients and the API server that cuts all their connections when it is told to, or lets nobody through for a
/// while: what a network that breaks, or a load balancer that restarts, looks like to them.
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
                guard connections.add(inbound) else { return inbound.close() }
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
    func cut() -> Int { connections.closeAll(isOpenToOthers: true) }

    /// Cuts every connection that there is, and those that are made until the next `cut`.
    func shut() { _ = connections.closeAll(isOpenToOthers: false) }

    /// Ends the relay.
    func stop() async throws {
        try await listener.close()
        cut()
    }

    /// The clients' ends of the connections.
    private final class Connections: Sendable {
        private struct State {
            var isOpen = true
            var channels: [ObjectIdentifier: any Channel] = [:]
        }

        private let state = Mutex(State())

        /// Whether a connection may be; it counts until it is closed.
        func add(_ channel: any Channel) -> Bool {
            let isOpen = state.withLock { state in
                if state.isOpen { state.channels[ObjectIdentifier(channel)] = channel }
                return state.isOpen
            }
            channel.closeFuture.whenComplete { _ in
                self.state.withLock { $0.channels[ObjectIdentifier(channel)] = nil }
            }
            return isOpen
        }

        func closeAll(isOpenToOthers: Bool) -> Int {
            let channels = state.withLock { state in
                state.isOpen = isOpenToOthers
                return Array(state.channels.values)
            }
            for channel in channels { channel.close(promise: nil) }
            return channels.count
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

import NIOCore
import NIOPosix
import Synchronization

/// A relay between clients and the API server that cuts all their connections when it is told to, or lets nobody through for a
/// while: what a network that breaks, or a load balancer that restarts, looks like to them. It can also hold what clients say,
/// while they hear what the server says.
final class CuttableRelay: Sendable {
    private let listener: any Channel
    private let connections: Connections
    private let gate: Gate

    /// The port on 127.0.0.1 that it listens on.
    var port: Int { listener.localAddress?.port ?? 0 }

    /// A relay to a port on 127.0.0.1.
    init(to port: Int) async throws {
        let (connections, gate) = (Connections(), Gate())
        self.connections = connections
        self.gate = gate
        listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { inbound in
                guard connections.add(inbound) else { return inbound.close() }
                return ClientBootstrap(group: inbound.eventLoop).connect(host: "127.0.0.1", port: port).flatMapThrowing
                {
                    outbound in
                    try inbound.pipeline.syncOperations.addHandler(Forwarder(to: outbound, through: gate))
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

    /// Holds what clients say from now on.
    func holdRequests() { gate.hold() }

    /// How many clients' connections have something to say that is held.
    var heldConnections: Int { gate.heldConnections }

    /// Lets through what clients have said, in its order.
    func releaseRequests() { gate.release() }

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

/// Lets what is said to the server through, or holds it.
private final class Gate: Sendable {
    private struct State {
        var isHolding = false
        var held: [(channel: any Channel, octets: ByteBuffer)] = []
    }

    private let state = Mutex(State())

    func hold() { state.withLock { $0.isHolding = true } }

    var heldConnections: Int { state.withLock { Set($0.held.map { ObjectIdentifier($0.channel) }).count } }

    func release() {
        state.withLock { state in
            state.isHolding = false
            // Under the lock, so that nothing that comes now is faster.
            for (channel, octets) in state.held { channel.writeAndFlush(octets, promise: nil) }
            state.held = []
        }
    }

    func pass(_ octets: ByteBuffer, to channel: any Channel) {
        state.withLock { state in
            if state.isHolding {
                state.held.append((channel, octets))
            } else {
                channel.writeAndFlush(octets, promise: nil)
            }
        }
    }
}

/// Passes on what one end of a connection says to the other, and closes that with it.
private final class Forwarder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let gate: Gate?

    init(to other: any Channel, through gate: Gate? = nil) {
        self.other = other
        self.gate = gate
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let octets = unwrapInboundIn(data)
        guard let gate else { return other.writeAndFlush(octets, promise: nil) }
        gate.pass(octets, to: other)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

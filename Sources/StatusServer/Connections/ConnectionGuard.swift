import NIOCore
import NIOHTTPTypes

/// Holds what a client sends and takes to what an answer needs.
///
/// What a request carries is thrown away unseen; so it is no sign of life either, and the time of an idle connection runs on.
final class ConnectionGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// What the kernel holds of an answer, in octets.
    private static let sendBuffer = ChannelOptions.Types.SocketOption.Value(256 << 10)

    private let stalledTime: TimeAmount
    private let room: ConnectionRoom
    private var number: ConnectionRoom.Number?
    private var end: Scheduled<Void>?
    /// When the kernel last took all of a part of an answer.
    private var progress = NIODeadline.now()

    init(stalledTime: TimeAmount, room: ConnectionRoom) {
        self.stalledTime = stalledTime
        self.room = room
    }

    func handlerAdded(context: ChannelHandlerContext) {
        // A buffer that grows to megabytes, as the kernel's does, would hide for a long time that a slow client takes some.
        try? context.channel.syncOptions?.setOption(.socketOption(.so_sndbuf), value: Self.sendBuffer)
        number = room.enter(context.channel)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end?.cancel()
        if let number { room.leave(number) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            if let number { room.set(number, isAnswered: true) }
        case .body: return
        case .end: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head: context.write(data, promise: promise)
        case .body:
            let promise = promise ?? context.eventLoop.makePromise()
            promise.futureResult.assumeIsolated().whenSuccess { self.progress = .now() }
            context.write(data, promise: promise)
        case .end:
            if let number { room.set(number, isAnswered: false) }
            context.write(data, promise: promise)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        end?.cancel()
        end = nil
        if !context.channel.isWritable {
            progress = .now()
            wait(for: context.channel)
        }
        context.fireChannelWritabilityChanged()
    }

    /// Closes a channel when its client has taken nothing for too long.
    private func wait(for channel: any Channel) {
        end = channel.eventLoop.assumeIsolated().scheduleTask(deadline: progress + stalledTime) {
            if NIODeadline.now() < self.progress + self.stalledTime { return self.wait(for: channel) }
            channel.close(promise: nil)
        }
    }
}

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

    private let stalledTime: TimeAmount
    private let room: ConnectionRoom
    private var number: ConnectionRoom.Number?
    private var end: Scheduled<Void>?

    init(stalledTime: TimeAmount, room: ConnectionRoom) {
        self.stalledTime = stalledTime
        self.room = room
    }

    func handlerAdded(context: ChannelHandlerContext) { number = room.enter(context.channel) }

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
        if case .end = unwrapOutboundIn(data), let number { room.set(number, isAnswered: false) }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        end?.cancel()
        end = nil
        if !context.channel.isWritable {
            let channel = context.channel
            end = context.eventLoop.scheduleTask(in: stalledTime) { channel.close(promise: nil) }
        }
        context.fireChannelWritabilityChanged()
    }
}

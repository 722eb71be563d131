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
    private var end: Scheduled<Void>?

    init(stalledTime: TimeAmount) { self.stalledTime = stalledTime }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .body = unwrapInboundIn(data) { return }
        context.fireChannelRead(data)
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

    func handlerRemoved(context: ChannelHandlerContext) { end?.cancel() }
}

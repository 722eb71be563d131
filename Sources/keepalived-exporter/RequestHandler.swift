import NIOCore
import NIOHTTP1

/// Answers the requests of one connection, one after the other; what a request carries is thrown away.
final class RequestHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let site: Site
    private var head: HTTPRequestHead?

    init(_ site: Site) { self.site = site }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): self.head = head
        case .body: break
        case .end:
            guard let head else { return }
            self.head = nil
            answer(head, context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func answer(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let page = context.eventLoop.makeFutureWithTask { [site, method = head.method, target = head.uri] in
            await site.page(method, target)
        }
        page.assumeIsolated().whenSuccess { [self] page in write(page, for: head, context) }
    }

    private func write(_ page: Site.Page, for head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        var response = HTTPResponseHead(version: head.version, status: page.status)
        response.headers.add(name: "Content-Type", value: page.contentType)
        response.headers.add(name: "Content-Length", value: "\(page.body.utf8.count)")
        if page.status == .methodNotAllowed { response.headers.add(name: "Allow", value: "GET, HEAD") }
        if !head.isKeepAlive { response.headers.add(name: "Connection", value: "close") }
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        if head.method != .HEAD {
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: page.body)))), promise: nil)
        }
        let end = context.writeAndFlush(wrapOutboundOut(.end(nil)))
        if !head.isKeepAlive { end.assumeIsolated().whenComplete { _ in context.close(promise: nil) } }
    }
}

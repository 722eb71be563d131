import KubernetesAPI
import KubernetesClient
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// A server that sends bytes, whatever it is asked: one entry of its script for each request.
final class RawServer: Sendable {
    enum Answer: Sendable {
        /// These bytes.
        case bytes(String)
        /// These bytes, then the end of the connection.
        case last(String)
        /// The first bytes, then the others again and again, for as long as somebody reads.
        case endless(String, again: String)
        /// Nothing.
        case silence
    }

    private let channel: any Channel
    private let script: Script

    private init(_ channel: any Channel, _ script: Script) {
        self.channel = channel
        self.script = script
    }

    /// Runs `body` with a client of a server.
    static func withClient<Result: Sendable>(
        _ answers: [Answer], limits: ClientLimits = ClientLimits(),
        _ body: @Sendable (APIClient, RawServer) async throws -> Result
    ) async throws -> Result {
        let script = Script(answers)
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let server = RawServer(channel, script)
        let configuration = ClientConfiguration(server: "http://127.0.0.1:\(channel.localAddress?.port ?? 0)")
        let result = try await withClient(configuration, limits: limits) { try await body($0, server) }
        // A test may have closed it already.
        try? await channel.close()
        return result
    }

    /// Runs `body` with a client that tells nothing.
    static func withClient<Result: Sendable>(
        _ configuration: ClientConfiguration, limits: ClientLimits = ClientLimits(),
        _ body: @Sendable (APIClient) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try await APIClient.withClient(configuration, limits: limits, logger: logger, body)
    }

    /// The requests that have come.
    var requests: [String] { script.state.withLock { $0.requests } }

    /// Refuses further connections.
    func close() async throws { try await channel.close() }

    final class Script: Sendable {
        struct State: Sendable {
            var answers: ArraySlice<Answer>
            var requests: [String] = []
        }

        let state: Mutex<State>

        init(_ answers: [Answer]) { state = Mutex(State(answers: answers[...])) }

        func next(_ request: String) -> Answer {
            state.withLock { state in
                state.requests.append(request)
                return state.answers.popFirst() ?? .silence
            }
        }
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer

        private let script: Script

        init(_ script: Script) { self.script = script }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let request = String(buffer: unwrapInboundIn(data))
            switch script.next(request.split(separator: "\r\n").first.map(String.init) ?? "") {
            case .silence: break
            case .bytes(let text): write(text, context)
            case .last(let text):
                write(text, context)
                context.close(promise: nil)
            case .endless(let head, let again):
                write(head, context)
                repeatForever(again, context)
            }
        }

        private func write(_ text: String, _ context: ChannelHandlerContext) {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
        }

        private func repeatForever(_ text: String, _ context: ChannelHandlerContext) {
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text))).whenSuccess {
                // Later, because a write that ends at once would begin the next one inside of itself.
                bound.value.1.eventLoop.execute {
                    let (handler, context) = bound.value
                    handler.repeatForever(text, context)
                }
            }
        }
    }
}

/// An answer with the JSON of an object.
func json(_ body: String, status: String = "200 OK", headers: String = "") -> String {
    "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\(headers)\r\n\(body)"
}

/// The beginning of an answer that comes piece by piece.
let chunkedHead = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"

func chunk(_ text: String) -> String { String(text.utf8.count, radix: 16) + "\r\n\(text)\r\n" }

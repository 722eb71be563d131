import Hummingbird
import NIOCore
import Telemetry

/// What is answered to which request.
struct StatusResponder: HTTPResponder {
    typealias Context = StatusContext

    private let paths: StatusPaths
    private let content: StatusServer.Content
    private let metrics: MetricTexts
    private let snapshot: Shared<ByteBuffer>?
    private let events: EventStreams?

    init(paths: StatusPaths, limits: StatusLimits, content: StatusServer.Content) {
        self.paths = paths
        self.content = content
        metrics = MetricTexts(content)
        let texts = Remembered { PageText($0) }
        snapshot = content.page.map { page in
            Shared { await texts.output(of: page.snapshot()).document() }
        }
        events = content.page.map { EventStreams($0, texts, limits) }
    }

    func respond(to request: Request, context: Context) async -> Response {
        guard request.method == .get || request.method == .head else {
            var answer = Answer.text("only GET and HEAD are answered\n", status: .methodNotAllowed)
            answer.headers[.allow] = "GET, HEAD"
            return answer.response
        }
        let path = String((request.head.path ?? "/").prefix { $0 != "?" && $0 != "#" })
        if path == StatusPaths.events, path != paths.metrics, let events {
            // Nobody waits for the end of a stream that has no body.
            return request.method == .head ? events.head.response : events.response(to: context.origin)
        }
        let response = await answer(path, accept: request.headers[.accept]).response
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ path: String, accept: String?) async -> Answer {
        if path == paths.metrics {
            let format = ExpositionFormat(accept: accept)
            return Answer(await metrics.text(format), type: format.contentType)
        }
        switch path {
        case StatusPaths.health: return .health(await content.health())
        case StatusPaths.readiness: return .health(await content.readiness())
        default: break
        }
        guard let snapshot else {
            return path == StatusPaths.page ? .landing(metrics: paths.metrics) : .missing(paths)
        }
        switch path {
        case StatusPaths.page: return .page
        case StatusPaths.styles: return .styles
        case StatusPaths.script: return .script
        case StatusPaths.icon: return .icon
        case StatusPaths.snapshot: return Answer(await snapshot.value(), type: "application/json")
        default: return .missing(paths)
        }
    }
}

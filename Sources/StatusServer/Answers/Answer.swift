import Hummingbird
import NIOCore

/// An answer that is complete when it is begun.
struct Answer {
    var status = HTTPResponse.Status.ok
    var headers = HTTPFields()
    var body: ByteBuffer

    init(_ body: ByteBuffer, type: String, status: HTTPResponse.Status = .ok) {
        self.status = status
        self.body = body
        headers[.contentType] = type
        headers[.cacheControl] = "no-store"
        headers[.xContentTypeOptions] = "nosniff"
    }

    init(_ text: String, type: String, status: HTTPResponse.Status = .ok) {
        self.init(ByteBuffer(string: text), type: type, status: status)
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Self {
        Self(text, type: "text/plain; charset=utf-8", status: status)
    }

    static func health(_ report: HealthReport) -> Self {
        .text(report.text, status: report.isHealthy ? .ok : .serviceUnavailable)
    }

    static func missing(_ paths: StatusPaths) -> Self {
        .text("there is nothing here; metrics are under \(paths.metrics)\n", status: .notFound)
    }

    var response: Response {
        Response(
            status: status, headers: headers,
            body: ResponseBody(contentLength: body.readableBytes) { [body] writer in
                try await writer.write(inPieces: body)
                try await writer.finish(nil)
            })
    }
}

import Hummingbird
import JSONDocument
import NIOCore

/// An answer that is complete when it is begun.
struct Answer {
    var status = HTTPResponse.Status.ok
    var headers = HTTPFields()
    var octets: [UInt8]

    init(_ octets: [UInt8], type: String, status: HTTPResponse.Status = .ok) {
        self.status = status
        self.octets = octets
        headers[.contentType] = type
        headers[.cacheControl] = "no-store"
        headers[.xContentTypeOptions] = "nosniff"
    }

    static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Self {
        Self(Array(text.utf8), type: "text/plain; charset=utf-8", status: status)
    }

    static func health(_ report: HealthReport) -> Self {
        .text(report.text, status: report.isHealthy ? .ok : .serviceUnavailable)
    }

    static func json(_ value: JSONValue) -> Self {
        Self(Array((value.text() + "\n").utf8), type: "application/json")
    }

    static func missing(_ paths: StatusPaths) -> Self {
        .text("there is nothing here; metrics are under \(paths.metrics)\n", status: .notFound)
    }

    var response: Response {
        Response(status: status, headers: headers, body: .init(byteBuffer: ByteBuffer(bytes: octets)))
    }
}

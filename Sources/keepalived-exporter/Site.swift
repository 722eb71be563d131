import NIOHTTP1
import Telemetry

/// What is served under which path.
struct Site: Sendable {
    /// An answer.
    struct Page: Sendable {
        var status = HTTPResponseStatus.ok
        var contentType = "text/plain; charset=utf-8"
        var body: String
    }

    /// The path of the metrics.
    let path: String
    let collector: Collector

    /// The answer to a request.
    func page(_ method: HTTPMethod, _ target: String) async -> Page {
        guard method == .GET || method == .HEAD else {
            return Page(status: .methodNotAllowed, body: "Only GET and HEAD are answered\n")
        }
        switch String(target.prefix { $0 != "?" }) {
        case path: return Page(contentType: PrometheusText.contentType, body: await collector.text())
        case "/": return Page(contentType: "text/html; charset=utf-8", body: landing)
        default: return Page(status: .notFound, body: "Metrics are under \(path)\n")
        }
    }

    private var landing: String {
        let escaped = path.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
        return """
            <!DOCTYPE html>
            <html lang="en">
            <title>Keepalived Exporter</title>
            <h1>Keepalived Exporter</h1>
            <p><a href="\(escaped)">Metrics</a></p>
            </html>

            """
    }
}

import Hummingbird

extension Answer {
    /// The page, which loads nothing from anywhere else and runs no script but its own.
    static var page: Self { document(PageDocument.text) }

    /// A page for programs that have no other.
    static func landing(metrics: String) -> Self {
        let link = metrics.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
        return document(
            """
            <!DOCTYPE html>
            <html lang="en">
            <title>Metrics</title>
            <h1>Metrics</h1>
            <p><a href="\(link)">Metrics</a></p>
            </html>

            """)
    }

    static var styles: Self { Self(Array(PageStyles.text.utf8), type: "text/css; charset=utf-8") }

    static var script: Self { Self(Array(PageScript.text.utf8), type: "text/javascript; charset=utf-8") }

    private static func document(_ text: String) -> Self {
        var answer = Self(Array(text.utf8), type: "text/html; charset=utf-8")
        answer.headers[.contentSecurityPolicy] = """
            default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
            form-action 'none'; frame-ancestors 'none'
            """
        return answer
    }
}

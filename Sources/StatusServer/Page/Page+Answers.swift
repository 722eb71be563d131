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

    static var styles: Self { Self(PageStyles.text, type: "text/css; charset=utf-8") }

    static var script: Self { Self(PageScript.text, type: "text/javascript; charset=utf-8") }

    static var icon: Self { Self(PageDocument.icon, type: "image/svg+xml") }

    private static func document(_ text: String) -> Self {
        var answer = Self(text, type: "text/html; charset=utf-8")
        answer.headers[.contentSecurityPolicy] = """
            default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
            form-action 'none'; frame-ancestors 'none'
            """
        return answer
    }
}

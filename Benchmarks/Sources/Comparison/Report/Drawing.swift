/// An SVG picture that reads in light and in dark, and without any font of its own.
struct Drawing {
    let width: Double
    let height: Double
    private let title: String
    private var elements: [String] = []

    /// How a text stands to its point.
    enum Anchor: String {
        case start, middle, end
    }

    init(_ title: String, width: Double = 760, height: Double) {
        self.title = title
        self.width = width
        self.height = height
    }

    /// The classes that ``style`` knows: `vrrpd`, `keepalived`, `axis`, `goal`.
    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ kind: String) {
        elements.append(
            "<line class=\"\(kind)\" x1=\"\(p(x1))\" y1=\"\(p(y1))\" x2=\"\(p(x2))\" y2=\"\(p(y2))\"/>")
    }

    mutating func bar(x: Double, y: Double, width: Double, height: Double, _ kind: String) {
        elements.append(
            "<rect class=\"\(kind)\" x=\"\(p(x))\" y=\"\(p(y))\" width=\"\(p(max(1, width)))\" height=\"\(p(height))\" rx=\"2\"/>"
        )
    }

    mutating func dot(_ x: Double, _ y: Double) {
        elements.append("<circle class=\"dot\" cx=\"\(p(x))\" cy=\"\(p(y))\" r=\"2\"/>")
    }

    mutating func curve(_ points: [(x: Double, y: Double)], _ kind: String) {
        let text = points.map { "\(p($0.x)),\(p($0.y))" }.joined(separator: " ")
        elements.append("<polyline class=\"curve \(kind)\" points=\"\(text)\"/>")
    }

    mutating func text(_ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ kind: String = "") {
        elements.append(
            "<text class=\"\(kind)\" x=\"\(p(x))\" y=\"\(p(y))\" text-anchor=\"\(anchor.rawValue)\">\(Self.escaped(text))</text>"
        )
    }

    /// The legend, from `x` on.
    mutating func legend(_ entries: [(kind: String, name: String)], x: Double, y: Double) {
        var x = x
        for entry in entries {
            bar(x: x, y: y - 9, width: 10, height: 10, entry.kind)
            text(entry.name, x + 15, y)
            x += 15 + Double(entry.name.count) * 7 + 20
        }
    }

    /// The file.
    var svg: String {
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(p(width)) \(p(height))" role="img">
        <title>\(Self.escaped(title))</title>
        <style>\(Self.style)</style>
        <rect class="paper" x="0" y="0" width="\(p(width))" height="\(p(height))"/>
        <text class="title" x="16" y="24">\(Self.escaped(title))</text>
        \(elements.joined(separator: "\n"))
        </svg>

        """
    }

    private static let style = """
        text { font: 12px system-ui, sans-serif; fill: #24292f } .title { font-size: 14px; font-weight: 600 } \
        .small { font-size: 11px; fill: #57606a } .paper { fill: #ffffff } .axis { stroke: #d0d7de } \
        .vrrpd { fill: #0969da; stroke: none } .keepalived { fill: #d4a72c; stroke: none } \
        .busy { fill: #8250df; stroke: none } \
        .curve { fill: none; stroke-width: 2 } .curve.vrrpd { stroke: #0969da; fill: none } \
        .curve.keepalived { stroke: #d4a72c; fill: none } .curve.busy { stroke: #8250df; fill: none } \
        .goal { stroke: #cf222e; stroke-dasharray: 4 3 } .dot { fill: #24292f; fill-opacity: .55 } \
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .small { fill: #8d96a0 } \
        .paper { fill: #0d1117 } .axis { stroke: #30363d } .dot { fill: #e6edf3 } }
        """

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private func p(_ value: Double) -> String { digits(value, 1) }
}

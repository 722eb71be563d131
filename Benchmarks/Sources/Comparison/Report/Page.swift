import Foundation

/// The results as a part of a page: what stands between two marks is made anew, the words around it stay.
struct Page {
    private let results: Results

    private static let begin = "<!-- measured: begin -->"
    private static let end = "<!-- measured: end -->"

    init(_ results: Results) { self.results = results }

    /// Replaces what was measured in the page at `path`, and the plots in the folder of the same name beside it.
    func write(to path: String) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        guard let begin = text.firstRange(of: Self.begin), let end = text.firstRange(of: Self.end),
            begin.upperBound <= end.lowerBound
        else { throw ComparisonError("\(path) has no lines \"\(Self.begin)\" and \"\(Self.end)\"") }
        let folder = path.hasSuffix(".md") ? String(path.dropLast(3)) : path + ".plots"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for plot in Plots.all(results) {
            try plot.svg.write(toFile: "\(folder)/\(plot.file)", atomically: true, encoding: .utf8)
        }
        let name = folder.split(separator: "/").last.map(String.init) ?? folder
        let new = text[..<begin.upperBound] + "\n\n" + markdown(plots: name) + "\n" + text[end.lowerBound...]
        try String(new).write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Which measures are of a later run.
    private var remark: String {
        let later = results.later ?? [:]
        let dates = Set(later.values).sorted()
        return dates.map { date in
            let titles = Measure.allCases.filter { later[$0] == date }.map { "“\($0.title)”" }
            return "Taken again on \(date): \(titles.joined(separator: ", "))."
        }.joined(separator: "\n")
    }

    private func markdown(plots folder: String) -> String {
        var lines = [
            "Measured on \(results.date) on \(results.machine): "
                + "\(results.versions[.vrrpd] ?? "vrrpd") beside \(results.versions[.keepalived] ?? "keepalived").",
            remark, "",
            "| measure | keepalived | vrrpd | ratio | must be | |", "|---|---|---|---|---|---|",
        ]
        for measure in results.measures {
            let summary = Summary(results, measure)
            let verdict = summary.isReached.map { $0 ? "reached" : "**missed**" } ?? ""
            lines.append(
                "| \(measure.title) | \(summary.keepalived) | \(summary.vrrpd) | \(summary.ratio) | \(summary.goal) "
                    + "| \(verdict) |")
        }
        lines.append("")
        for plot in Plots.all(results) { lines += ["![\(plot.caption)](\(folder)/\(plot.file))", ""] }
        return lines.joined(separator: "\n")
    }
}

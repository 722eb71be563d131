/// What a person watches on a terminal: the status of a node, and below it what has happened since.
public struct WatchScreen: Sendable {
    /// How many events are kept for a terminal that is that high.
    private static let mostEvents = 200
    /// How many lines events have at least, where there are as many.
    private static let fewestEventLines = 5

    private var status: NodeStatus
    /// The newest last.
    private var events: [String] = []

    /// A screen with a status.
    public init(_ status: NodeStatus) { self.status = status }

    /// Takes in how it is now.
    public mutating func take(_ status: NodeStatus) { self.status = status }

    /// Takes in what has happened.
    public mutating func take(_ report: TimedReport) {
        events.append("\(report.time)  \(report.report)")
        if events.count > Self.mostEvents { events.removeFirst() }
    }

    /// What a terminal gets: it is drawn over what was drawn before, so that nothing flickers.
    ///
    /// Everything fits: lines that are too long, and those for which there is no room, are cut, and it is said how many.
    public func frame(_ size: Terminal.Size, isColoured: Bool) -> String {
        let home = "\u{1b}[H"
        let (restOfLine, restOfScreen) = ("\u{1b}[K", "\u{1b}[J")
        let lines = lines(size, isColoured: isColoured).map { TerminalLine.cut($0, to: size.columns) + restOfLine }
        return home + lines.joined(separator: "\r\n") + restOfScreen
    }

    private func lines(_ size: Terminal.Size, isColoured: Bool) -> [String] {
        let style = StatusStyle(isColoured: isColoured, columns: size.columns)
        var lines = status.text(style).split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
            String.init)
        let forEvents = events.isEmpty ? 0 : min(events.count, Self.fewestEventLines) + 1
        let room = max(1, size.rows - forEvents)
        if lines.count > room {
            let hidden = lines.count - room + 1
            lines = lines.prefix(room - 1) + ["… and \(hidden) lines more; a higher terminal shows them"]
        }
        let left = size.rows - lines.count - 1
        guard left > 0, !events.isEmpty else { return lines }
        return lines + [""] + events.suffix(left)
    }
}

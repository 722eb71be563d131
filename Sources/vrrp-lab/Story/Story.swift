import NetworkLab

/// Something to watch, act by act.
protocol Story {
    /// Where it is played.
    var stage: Stage { get }

    /// Plays it to its end, or until something does not happen.
    func play() async throws
}

extension Story {
    /// The time that a reader gets for a table.
    static var readingTime: Duration { .seconds(2.5) }

    /// Begins an act.
    func act(_ title: String) {
        stage.screen.line()
        stage.screen.line(stage.screen.styled("── \(title)", .heading))
    }

    /// Says what was seen, in one line or several.
    func explain(_ text: String) {
        stage.screen.line()
        quote(text)
    }

    /// Shows lines as they are.
    func quote(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            stage.screen.line("    " + stage.screen.styled(String(line), .aside))
        }
    }
}

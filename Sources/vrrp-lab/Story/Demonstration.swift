import NetworkLab

/// The demonstration from the first host to the last trace of it.
struct Demonstration {
    let screen: Screen
    /// What is shown.
    let scenario: Scenario
    /// The example that it is shown with: a file, or a folder.
    let example: String

    /// Why it cannot run here, a sentence each; empty when it can.
    static func shortcomings(of scenario: Scenario) -> [String] {
        var sentences = Prerequisite.shortcomings(of: Prerequisite.lab + [.ping]).map { "the demonstration \($0)" }
        for (name, path) in scenario.programs where Programs.path(of: path) == nil {
            sentences.append("there is no \(path); `swift build --product \(name)` makes it")
        }
        if scenario.findExample() == nil {
            sentences.append("there is no \(scenario.examplePath) here; run it in the project's directory")
        }
        return sentences
    }

    /// Runs it. However it ends, the lab is removed before this returns.
    func run() async throws {
        let start = Timestamp.now
        // Not cancelled half-way: what is opened can be closed.
        let lab = try await Task { try await Lab.open() }.value
        var traces = Traces()
        do {
            try Task.checkCancellation()
            try await play(in: lab, &traces)
        } catch {
            await remove(lab, &traces)
            try traces.check()
            throw error
        }
        await remove(lab, &traces)
        try traces.check()
        screen.line("Nothing is left: \(traces.summary) are gone. This took \((Timestamp.now - start).inSecondsText).")
    }

    private func play(in lab: Lab, _ traces: inout Traces) async throws {
        let stage = try await Stage(lab, screen: screen)
        defer { traces.add(stage) }
        do {
            try await story(on: stage).play()
        } catch {
            if !Task.isCancelled { stage.showLogs() }
            throw error
        }
    }

    private func story(on stage: Stage) -> any Story {
        switch scenario {
        case .manifests: ManifestStory(stage: stage, example: example)
        case .keepalived: ConfigurationStory(stage: stage, configuration: example)
        }
    }

    private func remove(_ lab: Lab, _ traces: inout Traces) async {
        traces.namespaces = await lab.namespaceNames
        await lab.close()
        // A task of its own: this one may be cancelled, and waits for nothing then.
        await Task { [traces] in await traces.waitForProcesses() }.value
    }
}

extension Stage {
    /// Shows the last lines of every program, on standard error.
    fileprivate func showLogs() {
        for node in nodes {
            for process in node.processes {
                Screen.complain("the last lines of \(process.commandLine) on \(node.name):")
                for line in process.lines.entries().suffix(25) { Screen.complain("  \(line.text)") }
            }
        }
    }
}

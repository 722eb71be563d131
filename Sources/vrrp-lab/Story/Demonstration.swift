import NetworkLab

/// The demonstration from the first host to the last trace of it.
struct Demonstration {
    let screen: Screen
    /// The file of the example configuration.
    let configuration: String

    /// Why it cannot run here, a sentence each; empty when it can.
    static var shortcomings: [String] {
        var sentences = Prerequisite.shortcomings(of: Prerequisite.lab + [.ping]).map { "the demonstration \($0)" }
        if Programs.path(of: Programs.vrrpd) == nil {
            sentences.append("there is no \(Programs.vrrpd); `swift build --product vrrpd` makes it")
        }
        if ExampleConfiguration.find() == nil {
            sentences.append("there is no \(ExampleConfiguration.path) here; run it in the project's directory")
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
            try await Story(stage: stage, configuration: configuration).play()
        } catch {
            if !Task.isCancelled { stage.showLogs() }
            throw error
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
    /// Shows the last lines of every vrrpd, on standard error.
    fileprivate func showLogs() {
        for node in nodes {
            for (number, daemon) in node.daemons.enumerated() {
                Screen.complain("the last lines of vrrpd number \(number + 1) on \(node.name):")
                for line in daemon.lines.entries().suffix(25) { Screen.complain("  \(line.text)") }
            }
        }
    }
}

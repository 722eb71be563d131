public import VRRPEngine

/// The files and programs of a node that virtual routers track.
public struct TrackedSources: Hashable, Sendable {
    /// The files whose numbers are followed.
    public var files: [TrackedFileDefinition]
    /// The programs whose processes are counted.
    public var processes: [TrackedProcessDefinition]

    /// These files and programs; none by default.
    public init(files: [TrackedFileDefinition] = [], processes: [TrackedProcessDefinition] = []) {
        self.files = files
        self.processes = processes
    }

    /// Whether nothing is tracked.
    public var isEmpty: Bool { files.isEmpty && processes.isEmpty }
}

/// Files and programs together with what a first look has found, so that the engine knows it before it acts on them.
public struct ObservedSources: Sendable {
    /// What is tracked.
    public var sources: TrackedSources
    /// What was found of what is new; whoever follows the rest knows more of it.
    public var observations: [Observation] = []
    /// What went wrong with files that were to be made, one sentence each.
    public var warnings: [String] = []

    /// Nothing is tracked.
    public init() { sources = TrackedSources() }

    /// Makes the files that are to be made and looks at everything; may wait: not for the engine's thread.
    ///
    /// - Parameter earlier: what was tracked before; nil at the start of the program, when files may be overwritten.
    public init(lookingAt sources: TrackedSources, earlier: TrackedSources? = nil) {
        self.sources = sources
        let files = sources.files.filter { earlier?.files.contains($0) != true }
        let processes = sources.processes.filter { earlier?.processes.contains($0) != true }
        for file in files {
            do throws(SystemCallError) { try file.makeInitialContent(mayOverwrite: earlier == nil) } catch {
                warnings.append("track_file \(file.name): the file cannot be made: \(error)")
            }
        }
        observations = files.compactMap { file in
            let reading = TrackedFileReading.read(file.path)
            return reading.number.map { .file(FileObservation(file, number: $0, problem: reading.problem)) }
        }
        guard !processes.isEmpty else { return }
        var table = ProcessTable(processes)
        table.scan()
        observations += zip(processes, table.counts).map { process, count in
            .processes(ProcessObservation(name: process.name, count: count, isGood: process.quorum.contains(count)))
        }
    }
}

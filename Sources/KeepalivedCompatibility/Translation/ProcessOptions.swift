/// What a configuration says about the process itself, apart from its virtual routers.
public struct ProcessOptions: Hashable, Sendable {
    /// The real-time priority of the thread that sends adverts, 1 to 99; nil for ordinary scheduling.
    public var realTimePriority: Int?
    /// The niceness of the process, -20 to 19; nil leaves it as it is.
    public var niceness: Int?
    /// Whether the memory of the process is locked, so that it never waits for a page from disk.
    public var locksMemory = false

    /// Ordinary scheduling.
    public init() {}

    /// These options with those in their place that a command line has.
    public func overridden(by commandLine: KeepalivedCommandLine) -> ProcessOptions {
        var options = self
        if let priority = commandLine.realTimePriority { options.realTimePriority = priority }
        if commandLine.locksMemory { options.locksMemory = true }
        return options
    }
}

extension ProcessOptions {
    init(_ settings: GlobalSettings) {
        realTimePriority = settings.realTimePriority?.value
        niceness = settings.niceness?.value
        locksMemory = settings.locksMemory?.value ?? false
    }
}

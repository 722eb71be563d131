public import VRRP

/// What a configuration says about the process itself, apart from its virtual routers.
public struct ProcessOptions: Hashable, Sendable {
    /// The real-time priority of the thread that sends adverts, 1 to 99; nil for ordinary scheduling.
    public var realTimePriority: Int?
    /// The niceness of the process, -20 to 19; nil leaves it as it is.
    public var niceness: Int?
    /// Whether the memory of the process is locked, so that it never waits for a page from disk.
    public var locksMemory = false
    /// The real-time priority up to which the process raises itself when it is late, 1 to 99; nil for never.
    public var highestAutomaticPriority: Int?
    /// The lateness from which on it does so.
    public var automaticPriorityDelay = Nanoseconds.seconds(1)
    /// The processors that it runs on; none for all.
    public var processors: [Int] = []
    /// The name of the process; nil leaves what it was started as.
    public var name: String?
    /// The permissions that new files do not have; nil leaves them as they are.
    public var fileModeMask: Int?
    /// Where dump files lie.
    public var dumps = DumpFileNames()

    /// The name that tells this process from others on the host, in the names of its files.
    public var instance: String?
    /// The network namespace to run in; nil for the one that the program is started in.
    public var networkNamespace: String?
    /// Whether the pid files lie in a folder of their own.
    public var usesPidFolder = false

    /// Ordinary scheduling.
    public init() {}

    /// These options with those in their place that a command line has.
    public func overridden(by commandLine: KeepalivedCommandLine) -> ProcessOptions {
        var options = self
        if let priority = commandLine.realTimePriority { options.realTimePriority = priority }
        if commandLine.locksMemory { options.locksMemory = true }
        if let mask = commandLine.fileModeMask { options.fileModeMask = mask }
        if let name = commandLine.networkNamespace { options.networkNamespace = name }
        return options
    }
}

extension ProcessOptions {
    init(_ settings: GlobalSettings, _ identity: IdentitySettings) {
        realTimePriority = settings.realTimePriority?.value
        niceness = settings.niceness?.value
        locksMemory = settings.locksMemory?.value ?? false
        let process = settings.process
        if let highest = process.highestAutomaticPriority?.value, highest > 0 { highestAutomaticPriority = highest }
        if let delay = process.automaticPriorityDelay?.value { automaticPriorityDelay = .microseconds(Int64(delay)) }
        processors = process.processors?.value ?? []
        name = process.name?.value
        fileModeMask = process.fileModeMask?.value
        instance = identity.instance?.value
        networkNamespace = identity.networkNamespace?.value
        usesPidFolder = identity.usesPidFolder?.value ?? false

        dumps.data = process.dataFile?.value
        dumps.statistics = process.statisticsFile?.value
        dumps.json = process.jsonFile?.value
        dumps.jsonVersion = process.jsonVersion?.value ?? 1
        dumps.carriesInstance = process.dumpsCarryInstance?.value ?? false
    }
}

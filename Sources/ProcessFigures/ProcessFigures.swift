import Glibc

/// What the kernel says about this process at a moment.
public struct ProcessFigures: Hashable, Sendable {
    /// How long its threads have had a processor, in seconds, the kernel's work for them included.
    public var processorSeconds: Double
    /// How much of its memory is there, in octets.
    public var residentOctets: Int64
    /// How much memory it has addresses for, in octets.
    public var virtualOctets: Int64
    /// How many file descriptors it has; nil where that cannot be found out.
    public var openDescriptors: Int64?
    /// How many file descriptors it may have; nil where that cannot be found out.
    public var mostDescriptors: Int64?

    /// Figures with these values.
    public init(
        processorSeconds: Double, residentOctets: Int64, virtualOctets: Int64, openDescriptors: Int64?,
        mostDescriptors: Int64?
    ) {
        self.processorSeconds = processorSeconds
        self.residentOctets = residentOctets
        self.virtualOctets = virtualOctets
        self.openDescriptors = openDescriptors
        self.mostDescriptors = mostDescriptors
    }

    /// What the kernel says now; nil where it says nothing.
    ///
    /// It costs some system calls, none of which waits.
    public static var current: Self? {
        guard let statistics = ProcessStatistics.current else { return nil }
        var limit = rlimit()
        let hasLimit = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        return Self(
            processorSeconds: statistics.processorSeconds, residentOctets: statistics.residentOctets,
            virtualOctets: statistics.virtualOctets, openDescriptors: descriptorCount(),
            mostDescriptors: hasLimit ? Int64(clamping: limit.rlim_cur) : nil)
    }

    private static func descriptorCount() -> Int64? {
        guard let stream = opendir("/proc/self/fd") else { return nil }
        defer { closedir(stream) }
        var count: Int64 = 0
        while readdir(stream) != nil { count += 1 }
        // Without the two that every directory has, and the one that this look takes.
        return count - 3
    }
}

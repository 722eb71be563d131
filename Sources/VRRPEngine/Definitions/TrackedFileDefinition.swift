/// A file whose number virtual routers track.
///
/// The engine never reads anything: whoever hosts it does, and tells it through
/// ``Engine/setTrackedNumber(_:to:at:effects:)`` under the name ``trackedName``.
public struct TrackedFileDefinition: Hashable, Sendable {
    /// The name, unique among files.
    public var name: String
    /// Where the file is, an absolute path.
    public var path: String
    /// What the file is made with where there is none; nil where that is left to others.
    public var initialContent: InitialContent?

    /// What a file is made with.
    public struct InitialContent: Hashable, Sendable {
        /// The number.
        public var number = 0
        /// Whether the start of the program writes it although the file is there.
        public var overwrites = false

        /// The number 0, for a file that is not there.
        public init() {}
    }

    /// The file at an absolute path.
    public init(name: String, path: String) {
        self.name = name
        self.path = path
    }

    /// The name under which the engine tracks it: ``TrackedObject/number(_:)``.
    public var trackedName: String { Self.trackedName(name) }

    /// The name under which the engine tracks the file called `name`.
    public static func trackedName(_ name: String) -> String { "file \(name)" }
}

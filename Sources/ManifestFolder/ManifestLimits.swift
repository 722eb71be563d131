/// How much a folder of manifests may ask of its reader.
public struct ManifestLimits: Hashable, Sendable {
    /// The most files; those behind them in the order of their names are not read.
    public var files = 4096
    /// The most bytes in all files together.
    public var bytes = 16 << 20
    /// The most documents in one file.
    public var documents = 10_000
    /// How deep lists and maps may be nested in a document.
    public var depth = 64
    /// The most values in one file; what an alias stands for counts wherever the alias is.
    public var values = 500_000

    /// The limits that a folder has unless told otherwise.
    public static let standard = ManifestLimits()

    /// The limits of ``standard``, to be changed.
    public init() {}
}

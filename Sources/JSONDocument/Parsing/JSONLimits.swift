/// How much a JSON text may ask of its reader.
public struct JSONLimits: Sendable, Hashable {
    /// The size of the text in bytes, 16 MiB by default, at most 1 GiB.
    public let bytes: Int

    /// How deep arrays and objects may be nested, 64 by default, from 0 (scalars only) to 128.
    ///
    /// Reading, comparing and writing recurse once a level; 128 levels fit a stack of 512 KiB in a debug build.
    public let depth: Int

    /// Limits of `bytes` and `depth`; what lies outside of their ranges is moved to the nearest end.
    public init(bytes: Int = 16 << 20, depth: Int = 64) {
        self.bytes = min(max(bytes, 0), 1 << 30)
        self.depth = min(max(depth, 0), 128)
    }

    /// 16 MiB, 64 levels.
    public static let standard = JSONLimits()
}

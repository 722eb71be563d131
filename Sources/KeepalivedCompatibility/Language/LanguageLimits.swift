/// How large and how deep a configuration may be, so that a hostile one costs bounded time and memory.
enum LanguageLimits {
    /// The longest line in octets, its comment and line end left out; keepalived's own limit.
    static let lineLength = 1024
    /// The deepest block; the language itself needs three levels.
    static let blockDepth = 16
    /// How deep files may include each other.
    static let includeDepth = 16
    /// How often a file may be included, all inclusions taken together.
    static let includedFiles = 1024
}

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
    /// How many lines definitions of several lines and sequences may make, all together.
    static let expandedLines = 131_072
    /// How many octets definitions and sequences may write: those of the lines that they make, and for each name that is
    /// replaced those of its whole line and ``replacementCost``.
    static let expandedOctets = 16 << 20
    /// What replacing a name costs besides its octets.
    static let replacementCost = 32
    /// How deep sequences and definitions of several lines may stand inside of each other.
    static let expansionDepth = 64
    /// How many names may be replaced in one line, those in the values of others included.
    static let replacementsInLine = 1024
}

/// What is known of one keyword of keepalived.conf, for a reference that people read.
public struct KeywordDescription: Hashable, Sendable {
    /// The block that the keyword stands in; empty for the file itself.
    public var block: String
    /// The keyword.
    public var name: String
    /// What may follow it: "1 to 255"; empty where nothing does.
    public var values: String
    /// What holds without the keyword; empty where the question does not arise.
    public var standard: String
    /// What the keyword does, in one sentence.
    public var summary: String
    /// Whether it is acted upon.
    public var support: Support

    /// Whether a keyword is acted upon.
    public enum Support: Hashable, Sendable {
        /// It does what its summary says.
        case supported
        /// It is skipped with a warning because it is no part of VRRP.
        case notVRRP
        /// It is read, and then ignored with a warning that says why.
        case withoutEffect
        /// It is an error, because the configuration means something else without it.
        case refused
    }
}

/// The language of keepalived.conf as this version reads it.
public enum KeepalivedLanguage {
    /// Every keyword that is known, block by block, in the order of their tables.
    public static var keywords: [KeywordDescription] { RootKeywords.table.descriptions }
}

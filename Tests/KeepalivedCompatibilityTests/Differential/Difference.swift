/// Why this program and keepalived come to different verdicts about a configuration.
///
/// Each is explained, by its name, in `docs/keepalived-differences.md`.
enum Difference: String, CaseIterable {
    /// keepalived goes on with a default, or without the instance, where a value is wrong or missing.
    case wrongValueIsRefused
    /// keepalived leaves out what does not fit the language.
    case malformedTextIsRefused
    /// keepalived says nothing about a word that it does not know, and goes on without it.
    case silenceIsRefused
    /// This program does not act on the keyword, and says so.
    case keywordWithoutEffect
    /// keepalived names files that it does not find, but counts that as no complaint.
    case missingFileIsNamed
    /// keepalived says nothing about what is written twice, in surplus or in vain.
    case moreIsSaid
    /// keepalived complains about what means what it says here.
    case lessIsSaid
    /// keepalived looks at the interfaces of the host that checks the file.
    case hostIsNotExamined
    /// keepalived misreads what its manual allows.
    case defectOfKeepalived

    /// What keepalived makes of such a configuration, and what this program does.
    var verdicts: (keepalived: Verdict, ours: Verdict) {
        switch self {
        case .wrongValueIsRefused, .malformedTextIsRefused: (.complained, .refused)
        case .silenceIsRefused: (.accepted, .refused)
        case .keywordWithoutEffect, .missingFileIsNamed, .moreIsSaid: (.accepted, .complained)
        case .lessIsSaid, .hostIsNotExamined, .defectOfKeepalived: (.complained, .accepted)
        }
    }
}

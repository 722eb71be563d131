/// Something in a folder that is not used, and that nobody needs to mend.
public struct ManifestNote: Hashable, Sendable {
    /// Where it is.
    public var place: ManifestPlace
    /// What it is.
    public var what: What

    /// What is not used.
    public enum What: Hashable, Sendable {
        /// An object of a kind that nothing here needs.
        case kindNotUsed(String, apiVersion: String)
    }

    init(_ place: ManifestPlace, _ what: What) {
        self.place = place
        self.what = what
    }
}

extension ManifestNote: CustomStringConvertible {
    /// One line without a full stop.
    public var description: String {
        switch what {
        case .kindNotUsed(let kind, let version): "\(place): a \(kind) of \(version.prefix(80)) is not used here"
        }
    }
}

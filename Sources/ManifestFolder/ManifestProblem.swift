public import ClusterObjects

/// What keeps a file, or an object in it, from being used.
public struct ManifestProblem: Error, Hashable, Sendable {
    /// Where it is.
    public var place: ManifestPlace
    /// What it is.
    public var reason: Reason

    /// What the matter is, with what is needed to say it.
    public enum Reason: Hashable, Sendable {
        /// The file or the folder cannot be read; the reason in the words of the system.
        case unreadable(String)
        /// The file is no text in UTF-8.
        case notText
        /// The text is neither YAML nor JSON; the reason in the words of the parser.
        case syntax(String)
        /// There are more files than the limit.
        case tooManyFiles(limit: Int)
        /// The files are larger than the limit, in bytes.
        case tooLarge(limit: Int)
        /// The file has more documents than the limit.
        case tooManyDocuments(limit: Int)
        /// Lists and maps are nested deeper than the limit.
        case tooDeep(limit: Int)
        /// The file has more values than the limit.
        case tooManyValues(limit: Int)
        /// An alias is, or may be, the name of a field.
        case aliasAsName
        /// The document is no map of fields.
        case notAnObject
        /// A field that must be there is missing.
        case missing(field: String)
        /// A field says what it must not say.
        case field(FieldProblem)
        /// A field of a Secret says what it must not say, which must not be told.
        case secretField(String, allowed: String)
        /// The object is there already.
        case duplicate(of: ManifestPlace)
    }

    init(_ place: ManifestPlace, _ reason: Reason) {
        self.place = place
        self.reason = reason
    }
}

extension ManifestProblem.Reason: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .notText: "is no text in UTF-8"
        case .syntax(let reason): reason
        case .tooManyFiles(let limit): "is not read, because the folder has more than \(limit) files"
        case .tooLarge(let limit): "is not read, because the folder has more than \(limit) bytes"
        case .tooManyDocuments(let limit): "the file has more than \(limit) documents"
        case .tooDeep(let limit): "lists and maps are nested deeper than \(limit)"
        case .tooManyValues(let limit): "the file has more than \(limit) values, counting what each alias stands for"
        case .aliasAsName: "an alias stands where the name of a field is; names must be written out"
        case .notAnObject: "this is no object; allowed is a map with apiVersion, kind and metadata"
        case .missing(let field): "\(field) is missing"
        case .field(let problem): problem.description
        case .secretField(let field, let allowed): "\(field): what it says is not allowed; allowed is \(allowed)"
        case .duplicate(let place): "this object is in \(place) already, which counts"
        }
    }
}

extension ManifestProblem: CustomStringConvertible {
    /// One line without a full stop: `web.yaml, document 2, line 14: spec.version: …`.
    public var description: String { "\(place): \(reason)" }
}

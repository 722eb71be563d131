/// Which objects of a collection are meant, as the server selects them.
public struct Selection: Hashable, Sendable {
    /// What must hold of their labels.
    public var labels: [LabelRequirement]
    /// The values that their fields must have, such as `metadata.name`.
    public var fields: [String: String]

    /// Objects of which all of this holds; all objects by default.
    public init(labels: [LabelRequirement] = [], fields: [String: String] = [:]) {
        self.labels = labels
        self.fields = fields
    }

    /// All objects.
    public static let all = Selection()

    /// The object of this name.
    public static func named(_ name: String) -> Self { Self(fields: ["metadata.name": name]) }

    /// The parameters of a request.
    var parameters: [(String, String)] {
        var parameters: [(String, String)] = []
        if !labels.isEmpty { parameters.append(("labelSelector", labels.map(\.description).joined(separator: ","))) }
        if !fields.isEmpty {
            let terms = fields.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.escaped($0.value))" }
            parameters.append(("fieldSelector", terms.joined(separator: ",")))
        }
        return parameters
    }

    /// Field selectors escape what would end a value.
    private static func escaped(_ value: String) -> String {
        value.reduce(into: "") { text, character in
            if "\\,=".contains(character) { text += "\\" }
            text.append(character)
        }
    }
}

/// What must hold of one label.
public enum LabelRequirement: Hashable, Sendable {
    /// It is there with this value.
    case equals(String, String)
    /// It is there with one of these values.
    case isIn(String, [String])
    /// It has none of these values, or is not there.
    case isNotIn(String, [String])
    /// It is there.
    case exists(String)
    /// It is not there.
    case isMissing(String)

    /// Whether it holds of an object with these labels.
    public func holds(of labels: [String: String]) -> Bool {
        switch self {
        case .equals(let key, let value): labels[key] == value
        case .isIn(let key, let values): labels[key].map(values.contains) ?? false
        case .isNotIn(let key, let values): !(labels[key].map(values.contains) ?? false)
        case .exists(let key): labels[key] != nil
        case .isMissing(let key): labels[key] == nil
        }
    }
}

extension LabelRequirement: CustomStringConvertible {
    /// As a request writes it.
    public var description: String {
        switch self {
        case .equals(let key, let value): "\(key)=\(value)"
        case .isIn(let key, let values): "\(key) in (\(values.joined(separator: ",")))"
        case .isNotIn(let key, let values): "\(key) notin (\(values.joined(separator: ",")))"
        case .exists(let key): key
        case .isMissing(let key): "!\(key)"
        }
    }
}

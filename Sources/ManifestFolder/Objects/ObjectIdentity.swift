public import VIPPlanning

/// What tells an object of a folder from all others.
public struct ObjectIdentity: Hashable, Sendable {
    /// The kind.
    public var kind: Kind
    /// The name; the namespace is empty where the kind has none.
    public var name: ObjectName

    /// The kinds of objects that are used.
    public enum Kind: String, CaseIterable, Sendable {
        case keepalivedGroup = "KeepalivedGroup"
        case node = "Node"
        case secret = "Secret"
        case service = "Service"
    }

    /// The object of a kind with a name.
    public init(_ kind: Kind, _ name: ObjectName) {
        self.kind = kind
        self.name = name
    }

    /// The object that a finding is about.
    init(_ subject: Finding.Subject) {
        switch subject {
        case .group(let name): self.init(.keepalivedGroup, name)
        case .service(let name): self.init(.service, name)
        }
    }
}

extension ObjectIdentity: Comparable {
    /// Orders by kind, then by name.
    public static func < (left: Self, right: Self) -> Bool {
        (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
    }
}

extension ObjectIdentity: CustomStringConvertible {
    /// `Service shop/front`, `Node host1`.
    public var description: String {
        "\(kind.rawValue) " + (name.namespace.isEmpty ? name.name : name.description)
    }
}

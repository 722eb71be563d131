import VIPPlanning
import VRRP

/// The interface of a node that a choice comes to.
public struct FoundInterface: Hashable, Sendable {
    /// Its name.
    public var name: String
    /// Others that the choice could mean as well, by name; none as a rule.
    public var others: [String]

    /// The interface of this name, and no other one.
    public init(_ name: String) {
        self.name = name
        others = []
    }

    /// The first by name of some that are equally good, so that a node that starts anew, or whose interfaces come and go,
    /// comes to the same one; nil of none.
    public init?(oneOf names: Set<String>) {
        guard let first = names.min() else { return nil }
        name = first
        others = names.subtracting([first]).sorted()
    }
}

extension InterfaceChoice {
    /// What the group names, for people.
    var text: String {
        switch self {
        case .named(let name): name
        case .towards(let address): address.description
        }
    }
}

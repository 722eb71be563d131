public import VIPPlanning
public import VRRP
import VRRPEngine

/// All virtual routers that concern an agent, as a source knows them at one moment.
public struct RouterSet: Equatable, Sendable {
    /// The routers, also those that the node is no member of.
    public var routers: [PlannedRouter]
    /// The passwords that are known, by where they are kept.
    public var passwords: [PasswordPlace: SecretPassword]
    /// Routers that cannot be read now; one that could be read before stands among ``routers`` as it was then.
    public var unreadable: [UnreadableRouter]
    /// The generation of each router's object that the above follows from, by the object's name; empty where routers
    /// are no objects.
    public var generations: [String: Int]

    /// These routers, and nothing that is wrong with any.
    public init(
        routers: [PlannedRouter] = [], passwords: [PasswordPlace: SecretPassword] = [:],
        unreadable: [UnreadableRouter] = [], generations: [String: Int] = [:]
    ) {
        self.routers = routers
        self.passwords = passwords
        self.unreadable = unreadable
        self.generations = generations
    }
}

/// A router that cannot be read; its definition stays as it is.
public struct UnreadableRouter: Hashable, Sendable {
    /// The namespace of its object, which is that of the group.
    public var namespace: String
    /// The name of its object.
    public var objectName: String
    /// The name of its definition; nil where the object does not even say that.
    public var definition: String?
    /// What is wrong, a sentence without a full stop.
    public var problem: String

    /// A router that cannot be read.
    public init(namespace: String, objectName: String, definition: String?, problem: String) {
        self.namespace = namespace
        self.objectName = objectName
        self.definition = definition
        self.problem = problem
    }
}

/// Where a password is kept.
public struct PasswordPlace: Hashable, Sendable {
    /// The namespace of the Secret, which is that of the group.
    public var namespace: String
    /// The Secret and the key in it.
    public var source: PasswordSource

    /// A place in a namespace.
    public init(namespace: String, source: PasswordSource) {
        self.namespace = namespace
        self.source = source
    }
}

extension PlannedRouter {
    /// Where the password of the router is; nil where it has none.
    public var passwordPlace: PasswordPlace? {
        password.map { PasswordPlace(namespace: group.namespace, source: $0) }
    }

    /// The name of the router's definition, in logs, status and metrics.
    public var definitionName: String { Self.definitionName(group: group.name, key: key, family: family.name) }

    /// The name of the definition of a router of this group, key and family.
    public static func definitionName(group: String, key: String, family: String) -> String {
        "\(group) \(key) \(family)"
    }

    /// The name of the object that a definition follows from; nil for a definition that follows from none.
    ///
    /// - Parameter namespace: The namespace of the group.
    static func objectName(ofDefinition definition: VirtualRouterDefinition, in namespace: String) -> String? {
        // None of the three has blanks.
        let words = definition.name.split(separator: " ")
        guard words.count == 3 else { return nil }
        return objectName(
            group: ObjectName(namespace, String(words[0])), key: String(words[1]), family: definition.family)
    }
}

/// The password that the value of a Secret means to keepalived.
public struct SecretPassword: Hashable, Sendable {
    /// What travels in adverts.
    public var password: SimpleTextPassword
    /// Whether the value has more than that.
    public var isCut: Bool

    /// The first word of a value, cut after eight octets.
    ///
    /// Nil for a value without one, and for one that is no UTF-8 up to there: definitions could not hold it.
    public init?(secretValue: some Sequence<UInt8>) {
        let blanks: Set<UInt8> = [0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20]
        let rest = Array(secretValue.drop(while: blanks.contains))
        let word = rest.prefix { !blanks.contains($0) && $0 != 0 }.prefix(8)
        guard let text = String(validating: word, as: UTF8.self), let password = SimpleTextPassword(text) else {
            return nil
        }
        self.password = password
        isCut = rest[word.endIndex...].contains { !blanks.contains($0) && $0 != 0 }
    }
}

/// A statement on an object's state, in its status (`metav1.Condition`).
public struct Condition: Codable, Hashable, Sendable {
    /// What the statement is about, in CamelCase; one condition of a type in a list.
    public var type: String
    /// `True`, `False` or `Unknown`.
    public var status: String
    /// The generation of the object that the statement was made of.
    public var observedGeneration: Int?
    /// Since when the status is what it is.
    public var lastTransitionTime: Timestamp
    /// Why, in CamelCase.
    public var reason: String
    /// Why, for people.
    public var message: String

    /// A condition that is true or false.
    public init(
        _ type: String, _ isTrue: Bool, reason: String, message: String = "", observedGeneration: Int? = nil,
        at moment: Timestamp
    ) {
        self.type = type
        status = isTrue ? "True" : "False"
        self.observedGeneration = observedGeneration
        lastTransitionTime = moment
        self.reason = reason
        self.message = message
    }
}

extension [Condition] {
    /// The condition of a type.
    public subscript(type: String) -> Condition? { first { $0.type == type } }

    /// Puts a condition in the place of the one of its type, whose time of transition stays where the status does.
    public mutating func set(_ condition: Condition) {
        guard let index = firstIndex(where: { $0.type == condition.type }) else { return append(condition) }
        let transition = self[index].lastTransitionTime
        let isSame = self[index].status == condition.status
        self[index] = condition
        if isSame { self[index].lastTransitionTime = transition }
    }
}

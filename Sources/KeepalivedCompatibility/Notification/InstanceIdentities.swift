/// Which instances of two configurations are the same ones, by the rules of the engine.
///
/// An instance is the same one under another name. Where several have one identity, because adverts tell them apart by
/// something else, the name is part of it.
struct InstanceIdentities {
    /// What an instance is recognised by.
    struct Key: Hashable {
        var identity: InstanceNotification.Identity
        /// The name, where several instances have the identity.
        var name: String?
    }

    /// What more than one instance of a configuration has.
    private var shared: Set<InstanceNotification.Identity>

    /// The instances as they were and as they are to be.
    init(of old: [InstanceNotification], and new: [InstanceNotification]) {
        shared = Self.repeated(in: old).union(Self.repeated(in: new))
    }

    /// What an instance of either configuration is recognised by in the other.
    func key(of identity: InstanceNotification.Identity, named name: String) -> Key {
        Key(identity: identity, name: shared.contains(identity) ? name : nil)
    }

    /// What an instance of either configuration is recognised by in the other.
    func key(of instance: InstanceNotification) -> Key { key(of: instance.identity, named: instance.name) }

    private static func repeated(in list: [InstanceNotification]) -> Set<InstanceNotification.Identity> {
        var seen = Set<InstanceNotification.Identity>(minimumCapacity: list.count)
        return Set(list.lazy.map(\.identity).filter { !seen.insert($0).inserted })
    }
}

/// Who has an address: a Service, by way of a group.
///
/// The group belongs to it, for the routers are the group's: where it cannot be read they go on, whatever has become of the
/// Service.
public struct AddressHolder: Hashable, Sendable {
    /// The Service.
    public var service: ObjectName
    /// The group that has the router with the address.
    public var group: ObjectName

    /// A Service that has an address by way of a group.
    public init(_ service: ObjectName, by group: ObjectName) {
        self.service = service
        self.group = group
    }
}

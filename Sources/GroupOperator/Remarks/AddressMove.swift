public import KubernetesAPI

/// That the addresses of a virtual router have come to another node, as the status of its object tells it.
public struct AddressMove: Hashable, Sendable {
    /// The Service whose addresses they are.
    public let service: ObjectKey
    /// What its writer is told.
    public let remark: Remark

    /// The move between two versions of an object; nil where there was none, or where nobody has the addresses now.
    public init?(from old: VirtualRouter, to new: VirtualRouter) {
        guard let node = new.status?.activeNode else { return nil }
        // A node that could not be asked for a while, and had the addresses all the time, counts no transition.
        let wasKnown = old.status?.activeNode == node || old.status?.activeNode == nil && old.status?.transitions != nil
        guard !wasKnown || old.status?.transitions != new.status?.transitions else { return nil }
        service = ObjectKey(new.spec.service.namespace, new.spec.service.name)
        let before = old.status?.activeNode.map { $0 == node ? ", again" : ", before on \($0)" } ?? ""
        remark = Remark(
            isWarning: false, reason: Remark.addressMoved,
            message: "\(new.spec.addresses.joined(separator: ", ")) on \(node) now\(before)")
    }
}

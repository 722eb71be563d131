import VRRP

extension Report: CustomStringConvertible {
    /// One sentence for people, without a full stop, as in
    /// `VI_1: backup → active (the active router was silent), priority 150`.
    public var description: String {
        switch self {
        case .transition(let router, let change, let priority):
            "\(router): \(change.from.rawValue) → \(change.to.rawValue) (\(change.explanation)), priority \(priority)"
        case .handOver(let router, let step):
            "\(router): \(step.sentence)"
        case .faults(let router, let faults):
            faults.isEmpty
                ? "\(router): nothing keeps it from taking part any more"
                : "\(router): cannot take part: \(faults.map(\.description).joined(separator: ", "))"
        case .priorityChanged(let router, let old, let new):
            "\(router): priority \(old) → \(new)"
        case .discarded(let router, let reason, let source):
            "\(router): discarded an advert from \(source): \(reason.explanation) (\(reason.counterName))"
        case .warned(let router, let warnings, let source):
            "\(router): the advert from \(source) \(warnings.explanations.joined(separator: ", and "))"
        case .conflict(let router, .duplicateAddress(let address)):
            "\(router): another router sends adverts from \(address), this router's own address"
        case .conflict(let router, .secondAddressOwner(let address)):
            "\(router): \(address) says that it owns the virtual addresses, as this router does"
        case .addressClaimed(let router, let address, let macAddress):
            "\(router): \(macAddress) says that \(address) is there, while this router is active"
        case .contestWon(let router, let priority):
            "\(router): a router of lower priority or address advertises as well; this one stays active, priority \(priority)"
        case .addressRestored(let router, let address):
            "\(router ?? "static"): \(address) was removed by somebody else and is put back"
        case .addressRefused(let router, let address):
            "\(router ?? "static"): the kernel refused \(address); it is tried again"
        case .routingRestored(let router, let entry):
            "\(router ?? "static"): the \(entry) was removed by somebody else and is put back"
        case .routingRefused(let router, let entry):
            "\(router ?? "static"): the kernel refused the \(entry); it is tried again"
        case .strayRemoved(let router, let address):
            "\(router): \(address) stands here although the router is not active, and is removed"
        case .leftoverRemoved(let address, let interface):
            "\(address) on \(interface) was left behind by a dead process and is removed"
        case .unknownRouter(let identifier, let interface, let source):
            "discarded an advert from \(source) on \(interface): no virtual router here has the identifier \(identifier)"
        }
    }

    /// The name of the virtual router that the report is about; nil where it is about none.
    public var router: String? {
        switch self {
        case .transition(let router, _, _), .handOver(let router, _), .faults(let router, _),
            .priorityChanged(let router, _, _), .contestWon(let router, _), .addressClaimed(let router, _, _),
            .discarded(let router, _, _), .warned(let router, _, _), .conflict(let router, _):
            router
        case .addressRestored(let router, _), .addressRefused(let router, _), .routingRestored(let router, _),
            .routingRefused(let router, _):
            router
        case .strayRemoved(let router, _): router
        case .leftoverRemoved, .unknownRouter: nil
        }
    }
}

import NetworkLab

/// The host that each virtual router is meant to be active on.
struct Ownership {
    let owners: [(router: FloatingRouter, node: Node)]

    init(_ owners: (FloatingRouter, Node)...) { self.owners = owners.map { (router: $0.0, node: $0.1) } }
}

extension Stage {
    /// Waits until every virtual router is active on its host and backup on the others that run vrrpd, and until the
    /// kernels agree: the address is on that host and on no other. Then shows it.
    func expect(_ ownership: Ownership) async throws {
        for (router, owner) in ownership.owners {
            try await watch(until: "\(router.name) to be active on \(owner.name) and backup elsewhere") {
                nodes.allSatisfy { node in
                    node.daemon == nil || node.states[router.name]?.name == (node === owner ? .active : .backup)
                }
            }
            try await watch(until: "\(router.address) to be on \(owner.name) alone") {
                for node in nodes where try await node.holds(router.address) != (node === owner) { return false }
                return true
            }
        }
        showOwnership()
    }

    /// Waits until every virtual router is active on one host and backup on the others that run vrrpd, and until the kernels
    /// agree.
    func waitForOwners() async throws -> [(router: FloatingRouter, node: Node)] {
        var owners: [(router: FloatingRouter, node: Node)] = []
        for router in routers {
            try await watch(until: "\(router.name) to be active on one host and backup elsewhere") {
                let states = nodes.filter { $0.daemon != nil }.map { $0.states[router.name]?.name }
                return states.filter { $0 == .active }.count == 1
                    && states.allSatisfy { $0 == .active || $0 == .backup }
            }
            guard let owner = nodes.first(where: { $0.daemon != nil && $0.states[router.name]?.name == .active }) else {
                continue
            }
            try await watch(until: "\(router.address) to be on \(owner.name) alone") {
                for node in nodes where try await node.holds(router.address) != (node === owner) { return false }
                return true
            }
            owners.append((router, owner))
        }
        return owners
    }

    /// Shows which host every virtual router is active on.
    func showOwnership() {
        var table = Table([Table.Cell(""), Table.Cell("address")] + nodes.map { Table.Cell($0.name) })
        for router in routers {
            let cells = nodes.map { node in
                guard node.daemon != nil, let state = node.states[router.name] else {
                    return node.hasPower ? Table.Cell("stopped", .aside) : Table.Cell("no power", .bad)
                }
                let isActive = state.name == .active
                let name = isActive ? state.name.rawValue.uppercased() : state.name.rawValue
                return Table.Cell("\(name) \(state.priority)", isActive ? .good : .aside)
            }
            table.add([Table.Cell(router.name, .heading), Table.Cell("\(router.address)")] + cells)
        }
        table.show(on: screen)
    }
}

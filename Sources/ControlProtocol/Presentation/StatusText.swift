import VRRP
import VRRPEngine

extension NodeStatus {
    /// The status as a person reads it: the process, a table of the virtual routers, and below it what is wrong.
    public var text: String {
        var lines = [daemon.line(generation: generation)]
        if let error = daemon.lastLoad.error {
            lines.append("The definitions were not loaded at \(daemon.lastLoad.time); those from before stay in force:")
            lines.append("  \(error)")
        }
        lines.append("")
        if virtualRouters.isEmpty {
            lines.append("There are no virtual routers.")
        } else {
            lines += table.lines
        }
        let problems = virtualRouters.flatMap(\.problems) + receivers.flatMap(\.problems)
        if !problems.isEmpty { lines += [""] + problems }
        return lines.joined(separator: "\n") + "\n"
    }

    private var table: TextTable {
        var table = TextTable(headings: [
            "NAME", "INTERFACE", "VRID", "FAMILY", "STATE", "SINCE", "PRIORITY", "ACTIVE ROUTER", "ADDRESSES",
        ])
        for router in virtualRouters { table.add(router.cells) }
        return table
    }
}

extension DaemonStatus {
    fileprivate func line(generation: Int64) -> String {
        "vrrpd \(version), process \(processID), up \(uptime.inWords), \(definitionsFile)"
            + (generation == 0 ? "" : ", generation \(generation)")
    }
}

extension VirtualRouterStatus {
    fileprivate var cells: [String] {
        let activeRouter =
            switch (state, self.activeRouter) {
            case (.active, _): "this node"
            case (_, let router?): "\(router)"
            case (_, nil): "-"
            }
        let priority = priority == definedPriority ? "\(priority)" : "\(priority) (of \(definedPriority))"
        let stateText = handOver.map { "\(state.rawValue), \($0.phase.rawValue)" } ?? state.rawValue
        return [
            name, interface, "\(virtualRouterID)", family.name, stateText, since.inWords, priority, activeRouter,
            addresses.map(\.text).joined(separator: " "),
        ]
    }

    fileprivate var problems: [String] {
        var problems = faults.map { "\(name): \($0)" }
        if waitsForGroup, let syncGroup {
            problems.append("\(name): would take over, but not every member of \(syncGroup) would")
        }
        if state == .active {
            for address in addresses where !address.isPresent {
                problems.append("\(name): \(address.text) is not on its interface")
            }
        }
        return problems
    }
}

extension AddressStatus {
    /// The address with its prefix length and its interface, as far as they are not the usual ones.
    var text: String {
        (prefixLength == address.family.maximumPrefixLength ? "\(address)" : "\(address)/\(prefixLength)")
            + (interface.map { " (\($0))" } ?? "")
    }
}

extension ReceiverStatus {
    fileprivate var problems: [String] {
        foreignRouters.map { router in
            "\(interface): \(router.advertisements) \(family.name) adverts for VRID \(router.virtualRouterID), which is "
                + "not configured here"
        }
    }
}

extension Nanoseconds {
    /// The two largest units of the length: `3h12m`, `12s`.
    var inWords: String {
        let seconds = rawValue / 1_000_000_000
        switch seconds {
        case ..<60: return "\(seconds)s"
        case ..<3600: return "\(seconds / 60)m\(seconds % 60)s"
        case ..<86_400: return "\(seconds / 3600)h\(seconds / 60 % 60)m"
        default: return "\(seconds / 86_400)d\(seconds / 3600 % 24)h"
        }
    }

    /// The length to the millisecond: `3609 ms`.
    var inMilliseconds: String { "\(rawValue / 1_000_000) ms" }
}

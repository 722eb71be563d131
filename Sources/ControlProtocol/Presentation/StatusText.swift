import VRRP
import VRRPEngine

extension NodeStatus {
    /// The status as a person reads it: the process, a table of the virtual routers, and below it what is wrong.
    public var text: String { text(StatusStyle()) }

    /// The status in a style of one's own.
    public func text(_ style: StatusStyle) -> String {
        func warn(_ text: String) -> String { style.isColoured ? TextPaint.odd.painted(text) : text }
        var lines = [daemon.line(generation: generation)]
        if isDrained { lines.append(warn("drained: takes over from nobody alone; ended by vrrpctl undrain")) }
        if let error = daemon.lastLoad.error {
            let time = daemon.lastLoad.time
            lines.append(
                warn(
                    daemon.lastLoad.isInForce
                        ? "The definitions that were loaded at \(time) are in force, but for a part of them:"
                        : "The definitions were not loaded at \(time); those from before stay in force:"))
            lines.append("  \(error)")
        }
        lines.append("")
        if virtualRouters.isEmpty {
            lines.append("There are no virtual routers.")
        } else {
            lines += table(style).lines(isColoured: style.isColoured, columns: style.columns)
        }
        let problems =
            virtualRouters.flatMap(\.problems) + sendFailures.map(\.problem) + receivers.flatMap(\.problems)
        if !problems.isEmpty { lines += [""] + problems.map(warn) }
        return lines.joined(separator: "\n") + "\n"
    }

    private func table(_ style: StatusStyle) -> TextTable {
        let headings = ["NAME", "INTERFACE", "VRID", "FAMILY", "STATE", "SINCE", "PRIORITY", "ACTIVE ROUTER"]
        let further = ["VERSION", "INTERVAL", "SENT", "RECEIVED", "DISCARDED", "TOOK OVER", "REASON"]
        var table = TextTable(headings: headings + (style.isWide ? further : []) + ["ADDRESSES"])
        for router in virtualRouters {
            table.add(router.cells + (style.isWide ? router.furtherCells : []) + [router.addressCell(style)])
        }
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
    /// What a table of few columns lists of the addresses.
    private static let mostAddresses = 3

    fileprivate func addressCell(_ style: StatusStyle) -> TextTable.Cell {
        let shown = style.isWide ? addresses[...] : addresses.prefix(Self.mostAddresses)
        let rest = addresses.count - shown.count
        return TextTable.Cell(shown.map(\.text).joined(separator: " ") + (rest > 0 ? " +\(rest) more" : ""))
    }

    fileprivate var furtherCells: [TextTable.Cell] {
        let discards = DiscardReason.allCases.reduce(0) { $0 + counters[$1.counterName] }
        return [
            "\(version.rawValue)", "\(advertisementInterval.inMilliseconds)", "\(counters["advertisement-sent"])",
            "\(counters["advertisement-rcvd"])", "\(discards)", "\(counters["master-transitions"])",
            "\(reason?.explanation ?? "-")",
        ]
    }

    private var paint: TextPaint {
        if handOver != nil || waitsForGroup { return .odd }
        return switch state {
        case .active: .good
        case .backup: .waiting
        case .initialize: .bad
        }
    }

    fileprivate var cells: [TextTable.Cell] {
        let activeRouter =
            switch (state, self.activeRouter) {
            case (.active, _): "this node"
            case (_, let router?): "\(router)"
            case (_, nil): "-"
            }
        let priority = priority == definedPriority ? "\(priority)" : "\(priority) (of \(definedPriority))"
        let stateText = handOver.map { "\(state.rawValue), \($0.phase.rawValue)" } ?? state.rawValue
        return [
            "\(name)", "\(interface)", "\(virtualRouterID)", "\(family.name)", TextTable.Cell(stateText, paint: paint),
            "\(since.inWords)", "\(priority)", "\(activeRouter)",
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

extension SendFailureStatus {
    fileprivate var problem: String {
        "\(interface): \(packets) packets could not be sent since vrrpd started; its log says why"
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

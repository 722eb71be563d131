public import VIPPlanning
import VRRP

/// A plan as people read it: a line for each virtual router, in columns.
public struct PlanTable: CustomStringConvertible {
    /// The lines, each with its end.
    public let description: String

    /// The routers of a plan.
    public init(_ routers: [PlannedRouter]) {
        let headings = ["GROUP", "SERVICE", "ID", "VERSION", "INTERFACE", "ADDRESSES", "NODES"]
        let rows = [headings] + routers.map(Self.row)
        let widths = headings.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        description = rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()) + "\n"
        }.joined()
    }

    private static func row(_ router: PlannedRouter) -> [String] {
        let interface =
            switch router.interface {
            case .named(let name): name
            case .towards(let address): "towards \(address)"
            }
        return [
            "\(router.group)", "\(router.service)", "\(router.routerID.rawValue)", "\(router.version.rawValue)",
            interface,
            router.addresses.map(\.description).joined(separator: ","),
            router.members.map { "\($0.node) \($0.priority.rawValue)" }.joined(separator: ", "),
        ]
    }
}

public struct Changes {}
/// Temporary.
public struct Planner: Sendable {
    var input = PlanningInput(now: 0)
    var result: Plan?
    public init() {}
    public mutating func set(_ group: AddressGroup) { input.groups.append(group) }
    public mutating func set(_ service: Service) { input.services.append(service) }
    public mutating func set(nodes: [Node]) { input.nodes = nodes }
    public mutating func restore(ledger: RouterIDLedger, of group: ObjectName) { input.ledgers[group] = ledger }
    public mutating func plan(now: Int64) -> Changes { result = Plan(input); return Changes() }
    public func routers(of group: ObjectName) -> [PlannedRouter] { result?.routers.filter { $0.group == group } ?? [] }
    public func ledger(of group: ObjectName) -> RouterIDLedger { result?.ledgers[group] ?? RouterIDLedger() }
    public func findings(on subject: Finding.Subject) -> [Finding] { result?.findings.filter { $0.subject == subject } ?? [] }
}

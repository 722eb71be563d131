import ControlProtocol
import NodeAgent
import StatusServer
import VIPPlanning
import VRRP
import VRRPEngine

/// What the page of a node warns of, made of what the agent knows at one moment.
struct NodeWarnings {
    var node: String
    /// What vrrpd said last; nil before the first time.
    var status: NodeStatus?
    /// The routers as they are planned, by the names of their definitions.
    var planned: [String: PlannedRouter] = [:]
    /// Why vrrpd does not answer; nil while it does, and before the first attempt.
    var engineProblem: String?
    /// Why vrrpd has refused what the agent has written; nil where it has not.
    var refusal: String?
    /// Why the agent could not write the definitions; nil where it could.
    var fileProblem: String?
    /// How late vrrpd was; nil where it was not.
    var lateness: String?
    /// Who else uses the identifier or an address of a router, by the router's name.
    var conflicts: [String: ConflictWatch.Conflict] = [:]
    /// What keeps routers from being what the plan wants.
    var obstacles: [NodeDefinitions.Obstacle] = []
    /// What keeps the source from telling all that there is.
    var sourceTroubles: [SourceTrouble] = []

    /// The warnings, the critical ones first.
    var all: [PageWarning] {
        let ofRouters = engineProblem == nil ? status?.virtualRouters.flatMap(warnings) ?? [] : []
        return (ofEngine + ofRouters + withFaults + ofObstacles + ofSource).shown(of: node)
    }

    private var ofEngine: [PageWarning] {
        var warnings: [PageWarning] = []
        func warn(_ concern: PageConcern, _ text: String, since: WallTime? = nil) {
            warnings.append(PageWarning(concern, subject: node, text: text, since: since.map { PageTime($0) }))
        }
        if let engineProblem { warn(.engineSilent, "vrrpd does not answer: \(engineProblem)") }
        if let fileProblem { warn(.definitionsUnwritten, "The definitions cannot be written: \(fileProblem)") }
        // What one that is silent has said before is not what it would say now.
        let load = engineProblem == nil ? status?.daemon.lastLoad : nil
        if let refusal {
            warn(.definitionsRefused, "vrrpd refuses definitions, and those from before stay in force: \(refusal)")
        } else if let load, let error = load.error {
            if load.isInForce {
                warn(
                    .definitionsPartlyLoaded, "vrrpd has left out a part of its definitions: \(error)", since: load.time
                )
            } else {
                warn(
                    .definitionsRefused, "vrrpd has refused definitions, and those from before stay in force: \(error)",
                    since: load.time)
            }
        }
        if engineProblem == nil, let lateness { warn(.engineLate, lateness) }
        return warnings
    }

    /// What is wrong with a router beside what keeps it out of the election.
    private func warnings(of router: VirtualRouterStatus) -> [PageWarning] {
        var warnings: [PageWarning] = []
        let subject = planned[router.name].map { "Service \($0.service)" } ?? router.name
        let addresses = router.addresses.map(\.address.description).joined(separator: ", ")
        func warn(_ concern: PageConcern, _ text: String, since: WallTime? = nil) {
            warnings.append(
                PageWarning(concern, subject: subject, text: "\(addresses): \(text)", since: since.map { PageTime($0) })
            )
        }
        if let trouble = RouterTrouble.missing(of: router) { warn(.addressesMissing, trouble.sentence(on: node)) }
        if let conflict = conflicts[router.name] {
            warn(.otherRouter, conflict.trouble.sentence(on: node), since: conflict.since)
        }
        if router.waitsForGroup, let group = router.syncGroup {
            warn(.groupNotReady, "\(node) would take over, but not every member of the sync group \(group) would")
        }
        return warnings
    }

    /// The routers that cannot take part, with the first reason, from which others often follow; the page has all of them
    /// with the router. What keeps many out, such as an interface that is down, is said once.
    private var withFaults: [PageWarning] {
        guard engineProblem == nil, let status else { return [] }
        var names: [RouterFault: [String]] = [:]
        var order: [RouterFault] = []
        for router in status.virtualRouters where !router.isWithoutEndpoint(planned[router.name]) {
            guard let fault = router.faults.first else { continue }
            if names[fault] == nil { order.append(fault) }
            names[fault, default: []].append(router.name)
        }
        return order.map { fault in
            let routers = names[fault] ?? []
            return routers.count == 1
                ? PageWarning(.notTakingPart, subject: routers[0], text: "It cannot take part here: \(fault)")
                : PageWarning(
                    .notTakingPart, subject: node, text: "\(routers.count) virtual routers cannot take part: \(fault)")
        }
    }

    private var ofObstacles: [PageWarning] {
        obstacles.map { PageWarning(.notAsPlanned, subject: $0.definition ?? $0.router, text: "\($0.reason)") }
    }

    private var ofSource: [PageWarning] {
        sourceTroubles.map { trouble in
            switch trouble {
            case .unreachable(let problem):
                PageWarning(
                    .serverSilent, subject: node,
                    text: "The API server cannot be followed, and what was in force stays: \(problem)")
            case .unusable(let text): PageWarning(.manifestUnusable, subject: node, text: text)
            }
        }
    }
}

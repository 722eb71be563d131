import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

/// Reports as an engine gives them.
enum Reported {
    static let priority = Priority(rawValue: 100)!

    static func start(_ router: String) -> Report { change(router, .initialize, .backup, .started) }

    static func master(_ router: String) -> Report { change(router, .backup, .active, .activeRouterSilent) }

    static func backup(_ router: String) -> Report {
        change(router, .active, .backup, .higherPriority(IPAddress("192.0.2.2")!, priority: 200))
    }

    static func leave(_ router: String, from state: VirtualRouterState.Name = .active) -> Report {
        change(router, state, .initialize, .shutdown)
    }

    static func fault(_ router: String, _ faults: RouterFault...) -> Report { .faults(router: router, faults) }

    static func repaired(_ router: String) -> Report { .faults(router: router, []) }

    private static func change(
        _ router: String, _ from: VirtualRouterState.Name, _ to: VirtualRouterState.Name, _ reason: TransitionReason
    ) -> Report {
        .transition(router: router, StateChange(from: from, to: to, reason: reason), priority: priority)
    }
}

/// Notices as a person would write them down: the arguments of commands, lines without their end, subjects of mails.
func written(_ notices: [Notice]) -> [String] {
    notices.map { notice in
        switch notice {
        case .run(let command, let queue): "\(queue): \(command.words.joined(separator: " "))"
        case .line(let line): String(line.dropLast())
        case .mail(let mail): mail.subject
        }
    }
}

/// What follows from instances A and B, in the group G where `group` is not nil, and C.
func definitions(
    _ body: String, group: String? = nil, global: String = ""
) throws -> NotificationDefinitions {
    let names = ["A", "B", "C"]
    let instances = names.enumerated().map { instance(body, name: $1, id: $0 + 1, addresses: "192.0.2.\($0 + 1)") }
    let groupText = group.map { "vrrp_sync_group G {\ngroup {\nA\nB\n}\n\($0)\n}\n" } ?? ""
    let configuration = try load("global_defs {\n\(global)\n}\n" + groupText + instances.joined(separator: "\n"))
    precondition(!configuration.hasErrors, "\(configuration.diagnostics)")
    return configuration.notifications
}

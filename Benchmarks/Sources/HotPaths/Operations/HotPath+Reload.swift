import VRRP
import VRRPEngine

extension HotPath {
    /// New definitions against those in force; for as long as it takes, no advert is sent.
    static var reload: [HotPath] {
        [
            HotPath("validate 255 definitions", repetitions: 5) {
                Definitions.material(interfaces: 1, routersOnEach: 255)
            } body: { definitions, count in
                for _ in 0..<count { unlessFailing { try definitions.validate() } }
            },
            apply("255 definitions, none changed", interfaces: 1, priority: .default, repetitions: 5),
            apply("255 definitions, one changed", interfaces: 1, priority: .clampedToBackup(150), repetitions: 5),
            apply("4,080 definitions, none changed", interfaces: 16, priority: .default, repetitions: 1),
            apply("4,080 definitions, one changed", interfaces: 16, priority: .clampedToBackup(150), repetitions: 1),
        ]
    }

    /// Applies definitions that differ from those in force in the priority of one router, or in nothing.
    private static func apply(_ what: String, interfaces: Int, priority: Priority, repetitions: Int) -> HotPath {
        HotPath("apply \(what)", repetitions: repetitions) {
            var workbench = try Workbench(interfaces: interfaces, routersOnEach: 255)
            workbench.advance(to: .zero + .seconds(1))
            let one = Definitions.material(interfaces: interfaces, routersOnEach: 255, firstPriority: priority)
            let other = Definitions.material(interfaces: interfaces, routersOnEach: 255)
            return (workbench: workbench, next: one, afterNext: other)
        } body: { state, count in
            for _ in 0..<count {
                unlessFailing {
                    try state.workbench.engine.apply(
                        state.next, at: state.workbench.now, effects: &state.workbench.effects)
                }
                state.workbench.carryOut()
                swap(&state.next, &state.afterNext)
            }
        }
    }

    /// Does what cannot fail on the material of this module.
    static func unlessFailing(_ body: () throws -> Void) {
        do { try body() } catch { preconditionFailure("\(error)") }
    }
}

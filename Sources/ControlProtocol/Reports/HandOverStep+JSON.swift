import JSONDocument
import VRRP
import VRRPEngine

/// A step of a hand-over as members of its report: `step` says which one, the others belong to it.
extension HandOverStep {
    private enum Kind: String, CaseIterable {
        case offered
        case resigned
        case takenOver = "taken-over"
        case left
    }

    var members: JSONObject {
        switch self {
        case .offered(let priority, let wait):
            [
                "step": .string(Kind.offered.rawValue), "priority": .integer(Int64(priority.rawValue)),
                "waitMilliseconds": wait.jsonMilliseconds,
            ]
        case .resigned(let time, let wait):
            [
                "step": .string(Kind.resigned.rawValue), "afterMilliseconds": time.jsonMilliseconds,
                "waitMilliseconds": wait.jsonMilliseconds,
            ]
        case .takenOver(let successor, let time, let linger):
            [
                "step": .string(Kind.takenOver.rawValue), "successor": successor.json,
                "afterMilliseconds": time.jsonMilliseconds, "waitMilliseconds": linger.jsonMilliseconds,
            ]
        case .left(let isReplaced):
            ["step": .string(Kind.left.rawValue), "replaced": .bool(isReplaced)]
        }
    }

    init(_ reader: JSONReader) throws(JSONFieldError) {
        func after() throws(JSONFieldError) -> Nanoseconds { try reader.member("afterMilliseconds").milliseconds() }
        func wait() throws(JSONFieldError) -> Nanoseconds { try reader.member("waitMilliseconds").milliseconds() }
        switch try reader.member("step").oneOf(Kind.self) {
        case .offered:
            self = .offered(insteadOf: try reader.member("priority").priority(), waiting: try wait())
        case .resigned: self = .resigned(after: try after(), waiting: try wait())
        case .takenOver:
            self = .takenOver(
                by: try reader.member("successor").address(), after: try after(), lingering: try wait())
        case .left: self = .left(isReplaced: try reader.member("replaced").bool())
        }
    }
}

import CLinux
import VRRPEngine

/// What matters of the kernel's news of routes and rules: that somebody else removed one with the mark.
enum RoutingNews {
    /// Whether a message tells that a route or rule with the mark is gone, by the hand of somebody else.
    ///
    /// - Parameter mark: the number that marks routes and rules of this process.
    static func isLoss(_ message: ReceivedNetlinkMessage, ownPorts: UInt32, mark: UInt8) -> Bool {
        guard message.portNumber != ownPorts else { return false }
        return switch message.type {
        case RTM_DELROUTE: markOfRoute(message.payload) == mark
        case RTM_DELRULE: markOfRule(message.payload) == mark
        default: false
        }
    }

    /// The number that a route is marked with; nil where the message is too short.
    static func markOfRoute(_ payload: UnsafeRawBufferPointer) -> UInt8? {
        guard payload.count >= MemoryLayout<rtmsg>.size else { return nil }
        return payload.loadUnaligned(as: rtmsg.self).rtm_protocol
    }

    /// The number that a rule is marked with; nil where it has none.
    static func markOfRule(_ payload: UnsafeRawBufferPointer) -> UInt8? {
        for attribute in NetlinkAttributes(payload, behind: MemoryLayout<fib_rule_hdr>.size)
        where attribute.kind == Int(FRA_PROTOCOL) {
            return attribute.data.first
        }
        return nil
    }
}

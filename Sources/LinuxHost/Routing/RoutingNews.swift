import CLinux
import VRRPEngine

/// What matters of the kernel's news of routes and rules: that somebody else removed one with the mark.
enum RoutingNews {
    /// Whether a message tells that a route or rule with the mark is gone, by the hand of somebody else.
    static func isLoss(_ message: ReceivedNetlinkMessage, ownPorts: UInt32) -> Bool {
        guard message.portNumber != ownPorts else { return false }
        return switch message.type {
        case RTM_DELROUTE: isOwnRoute(message.payload)
        case RTM_DELRULE: isOwnRule(message.payload)
        default: false
        }
    }

    /// Whether a route has the mark.
    static func isOwnRoute(_ payload: UnsafeRawBufferPointer) -> Bool {
        payload.count >= MemoryLayout<rtmsg>.size
            && payload.loadUnaligned(as: rtmsg.self).rtm_protocol == VirtualRoute.ownProtocol
    }

    /// Whether a rule has the mark.
    static func isOwnRule(_ payload: UnsafeRawBufferPointer) -> Bool {
        NetlinkAttributes(payload, behind: MemoryLayout<fib_rule_hdr>.size).contains {
            $0.kind == Int(FRA_PROTOCOL) && $0.data.first == VirtualRoute.ownProtocol
        }
    }
}

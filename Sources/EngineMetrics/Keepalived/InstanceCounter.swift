/// A counter of an instance, by its key in keepalived.json, which also ends the name of its metric.
public enum InstanceCounter: String, Sendable, CaseIterable {
    case advertisementsReceived = "advert_rcvd"
    case advertisementsSent = "advert_sent"
    case becameActive = "become_master"
    case leftActive = "release_master"
    case lengthErrors = "packet_len_err"
    case intervalErrors = "advert_interval_err"
    case hopLimitErrors = "ip_ttl_err"
    case typeErrors = "invalid_type_rcvd"
    case addressListErrors = "addr_list_err"
    case authenticationTypeErrors = "invalid_authtype"
    case authenticationMismatches = "authtype_mismatch"
    case authenticationFailures = "auth_failure"
    case priorityZeroReceived = "pri_zero_rcvd"
    case priorityZeroSent = "pri_zero_sent"

    /// What the counter means, by the words that exist for its metric.
    var help: String {
        switch self {
        case .advertisementsReceived: "Advertisements received"
        case .advertisementsSent: "Advertisements sent"
        case .becameActive: "Became master"
        case .leftActive: "Released master"
        case .lengthErrors: "Packet length errors"
        case .intervalErrors: "Advertisement interval errors"
        case .hopLimitErrors: "TTL errors"
        case .typeErrors: "Invalid type errors"
        case .addressListErrors: "Address list errors"
        case .authenticationTypeErrors: "Authentication invalid"
        case .authenticationMismatches: "Authentication mismatch"
        case .authenticationFailures: "Authentication failure"
        case .priorityZeroReceived: "Priority zero received"
        case .priorityZeroSent: "Priority zero sent"
        }
    }

    /// What vrrpd's control socket calls it; several are added up.
    var controlNames: [String] {
        switch self {
        case .advertisementsReceived: ["advertisement-rcvd"]
        case .advertisementsSent: ["advertisement-sent"]
        case .becameActive: ["master-transitions"]
        case .leftActive: ["active-exits"]
        case .lengthErrors: ["packet-length-errors"]
        case .intervalErrors: ["interval-errors"]
        case .hopLimitErrors: ["ip-ttl-errors"]
        case .typeErrors: ["invalid-type-pkts-rcvd"]
        case .addressListErrors: ["address-list-errors", "address-list-mismatches"]
        case .authenticationTypeErrors: ["invalid-auth-type"]
        case .authenticationMismatches: ["auth-type-mismatch"]
        case .authenticationFailures: ["auth-failures"]
        case .priorityZeroReceived: ["priority-zero-pkts-rcvd"]
        case .priorityZeroSent: ["priority-zero-pkts-sent"]
        }
    }
}

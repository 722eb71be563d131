import Telemetry

/// A counter of a virtual router, by the name of its metric.
enum RouterCounter: String, CaseIterable {
    case advertisementsReceived = "vrrp_advertisements_received_total"
    case advertisementsSent = "vrrp_advertisements_sent_total"
    case priorityZeroReceived = "vrrp_priority_zero_received_total"
    case priorityZeroSent = "vrrp_priority_zero_sent_total"
    case becameActive = "vrrp_became_active_total"
    case leftActive = "vrrp_left_active_total"
    case contestsWon = "vrrp_contests_won_total"
    case secondActive = "vrrp_second_active_advertisements_total"
    case addressConflicts = "vrrp_address_conflicts_total"
    case addressClaims = "vrrp_address_claims_total"
    case announcementsSent = "vrrp_announcements_sent_total"
    case addressesRestored = "vrrp_addresses_restored_total"
    case addressListMismatches = "vrrp_address_list_mismatches_total"
    case intervalMismatches = "vrrp_interval_mismatches_total"

    /// What the control socket calls it.
    var controlName: String {
        switch self {
        case .advertisementsReceived: "advertisement-rcvd"
        case .advertisementsSent: "advertisement-sent"
        case .priorityZeroReceived: "priority-zero-pkts-rcvd"
        case .priorityZeroSent: "priority-zero-pkts-sent"
        case .becameActive: "master-transitions"
        case .leftActive: "active-exits"
        case .contestsWon: "contests-won"
        case .secondActive: "advertisements-while-active"
        case .addressConflicts: "address-conflicts"
        case .addressClaims: "address-claims"
        case .announcementsSent: "announcements-sent"
        case .addressesRestored: "addresses-restored"
        case .addressListMismatches: "address-list-mismatches"
        case .intervalMismatches: "interval-mismatches"
        }
    }

    var description: MetricDescription {
        MetricDescription(rawValue, .counter, labels: RouterFamilies.labels, help: help)
    }

    private var help: String {
        switch self {
        case .advertisementsReceived: "Adverts that passed every check"
        case .advertisementsSent: "Adverts sent, one for each peer when they go by unicast"
        case .priorityZeroReceived: "Adverts of priority 0 received: an active router gave up"
        case .priorityZeroSent: "Adverts of priority 0 sent"
        case .becameActive: "How often the router became active"
        case .leftActive: "How often the router stopped being active"
        case .contestsWon: "Adverts of another router that were heard while active and lost the contest"
        case .secondActive: "Adverts of another active router that were heard while active, won and lost"
        case .addressConflicts: "Adverts in which somebody else claims this router's own address or its ownership"
        case .addressClaims:
            "ARP packets and neighbour advertisements in which somebody else claims an address while active"
        case .announcementsSent: "Gratuitous ARP and unsolicited neighbour advertisements sent"
        case .addressesRestored: "Addresses that somebody else removed from an interface, and that were put back"
        case .addressListMismatches: "Accepted adverts with other addresses than those that are configured"
        case .intervalMismatches: "Accepted adverts with another interval than the one that is configured"
        }
    }
}

/// Why an advert was discarded, by the value of the label and the name of the counter.
enum DiscardLabel: String, CaseIterable {
    case ipHeader = "ip-header"
    case destination
    case source
    case hopLimit = "hop-limit"
    case length
    case version
    case type
    case virtualRouterID = "vrid"
    case checksum
    case addressList = "address-list"
    case interval
    case authenticationType = "authentication-type"
    case authenticationMismatch = "authentication-mismatch"
    case authenticationFailure = "authentication-failure"

    /// What the control socket calls it.
    var controlName: String {
        switch self {
        case .ipHeader: "ip-header-errors"
        case .destination: "destination-errors"
        case .source: "source-errors"
        case .hopLimit: "ip-ttl-errors"
        case .length: "packet-length-errors"
        case .version: "version-errors"
        case .type: "invalid-type-pkts-rcvd"
        case .virtualRouterID: "vrid-errors"
        case .checksum: "checksum-errors"
        case .addressList: "address-list-errors"
        case .interval: "interval-errors"
        case .authenticationType: "invalid-auth-type"
        case .authenticationMismatch: "auth-type-mismatch"
        case .authenticationFailure: "auth-failures"
        }
    }
}

/// The form of an accepted checksum, by the value of the label and the name of the counter.
enum ChecksumLabel: String, CaseIterable {
    case messageOnly = "message-only"
    case pseudoHeader = "pseudo-header"
    case pseudoHeaderOfGroup = "pseudo-header-of-group"

    /// What the control socket calls it.
    var controlName: String { "checksum-\(rawValue)" }
}

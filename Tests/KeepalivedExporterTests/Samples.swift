import EngineMetrics
import KeepalivedExporter
import VRRPEngine

/// Dump files of keepalived 2.2.7 with the lines that matter and some around them.
enum Samples {
    static let data = """
        ------< Global definitions >------
         Router ID = node
        ------< VRRP Topology >------
         VRRP Instance = ns/web
           VRRP Version = 2
           State = BACKUP
           Master priority = 100
           Flags: none
           Wantstate = BACKUP
           Last transition = 1795540179.972262 (Tue Nov 24 17:09:39.972262 2026)
           Interface = eth0
           Virtual Router ID = 51
           Gratuitous ARP delay = 5
           Virtual IP (1):
             192.0.2.100 dev eth0 scope global
           Virtual IP Excluded :
             192.0.2.101/24 brd 192.0.2.255 dev eth1 scope global set
           Tracked scripts :
             ns/web weight 0
           Using smtp notification = no
         VRRP Instance = ns/web/2001:db8::1
           VRRP Version = 3
           Using Native IPv6
           State = MASTER
           Flags:
           Interface = vrrp.52, vmac on eth0
           Virtual Router ID = 52
           Virtual IP (2):
             fe80::64 dev vrrp.52@eth0 scope global deprecated set
             State = FAULT
        ------< VRRP Sockpool >------
         fd_in 15 fd_out = 16
           Interface = eth9
        ------< VRRP Scripts >------
         VRRP Script = ns/web
           Status = GOOD
           State = requested termination
         VRRP Script = new
           Status = BAD

        """

    static let statistics = block("ns/web", from: 1) + block("ns/web/2001:db8::1", from: 101)

    /// Fourteen counters from `first` upwards, in the file's order.
    static func block(_ name: String, from first: Int) -> String {
        """
        VRRP Instance: \(name)
          Advertisements:
            Received: \(first)
            Sent: \(first + 1)
          Became master: \(first + 2)
          Released master: \(first + 3)
          Packet Errors:
            Length: \(first + 4)
            TTL: \(first + 5)
            Invalid Type: \(first + 6)
            Advertisement Interval: \(first + 7)
            Address List: \(first + 8)
          Authentication Errors:
            Invalid Type: \(first + 9)
            Type Mismatch: \(first + 10)
            Failure: \(first + 11)
          Authentication Extension Errors:
            Failure: 4711
          Priority Zero:
            Received: \(first + 12)
            Sent: \(first + 13)

        """
    }

    static let json = """
        [{"data":{"iname":"ns\\/web","vmac_ifname":"","ifp_ifname":"eth0","last_transition":1795540179.972262,"vrid":51,\
        "vipset":false,"state":1,"wantstate":1,"version":2,"garp_delay":5,\
        "vips":["192.0.2.100 dev eth0 scope global"],\
        "evips":["192.0.2.101\\/24 brd 192.0.2.255 dev eth1 scope global set"]},"stats":{\(numbers(1))}},\
        {"data":{"iname":"ns\\/web\\/2001:db8::1","vmac_ifname":"vrrp.52","ifp_ifname":"vrrp.52","vrid":52,"state":2,\
        "vips":["fe80::64 dev vrrp.52@eth0 scope global deprecated set"]},\
        "stats":{\(numbers(101))}}]

        """

    private static func numbers(_ first: Int) -> String {
        // The order of keepalived.stats and of keepalived.json differ in the errors.
        let offsets = [
            "advert_rcvd": 0, "advert_sent": 1, "become_master": 2, "release_master": 3, "packet_len_err": 4,
            "ip_ttl_err": 5, "invalid_type_rcvd": 6, "advert_interval_err": 7, "addr_list_err": 8,
            "invalid_authtype": 9, "authtype_mismatch": 10, "auth_failure": 11, "pri_zero_rcvd": 12,
            "pri_zero_sent": 13,
        ]
        return offsets.map { "\"\($0)\":\(first + $1)" }.joined(separator: ",")
    }

    /// What all of these files say.
    static let records = [
        InstanceRecord(
            name: "ns/web", interface: "eth0", virtualRouterID: 51, state: .backup, counters: counters(1),
            addresses: [
                InstanceAddress(text: "192.0.2.100", interface: "eth0", isExcluded: false),
                InstanceAddress(text: "192.0.2.101/24", interface: "eth1", isExcluded: true),
            ], announcementDelay: 5),
        InstanceRecord(
            name: "ns/web/2001:db8::1", interface: "vrrp.52", virtualRouterID: 52, state: .active,
            counters: counters(101),
            addresses: [InstanceAddress(text: "fe80::64", interface: "vrrp.52", isExcluded: false)]),
    ]

    /// What keepalived.data says of scripts; keepalived.json says nothing of them.
    static let scripts = [
        ScriptRecord(name: "ns/web", isGood: true, phase: .terminating),
        ScriptRecord(name: "new", isGood: false, phase: nil),
    ]

    private static func counters(_ first: UInt64) -> [InstanceCounter: UInt64] {
        [
            .advertisementsReceived: first, .advertisementsSent: first + 1, .becameActive: first + 2,
            .leftActive: first + 3, .lengthErrors: first + 4, .hopLimitErrors: first + 5, .typeErrors: first + 6,
            .intervalErrors: first + 7, .addressListErrors: first + 8, .authenticationTypeErrors: first + 9,
            .authenticationMismatches: first + 10, .authenticationFailures: first + 11,
            .priorityZeroReceived: first + 12,
            .priorityZeroSent: first + 13,
        ]
    }
}

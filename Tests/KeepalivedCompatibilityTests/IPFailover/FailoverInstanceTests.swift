import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("The instances of a container for IP failover")
struct FailoverInstanceTests {
    @Test(
        "Groups take the addresses in order, the first ones one more where they do not come out even",
        arguments: [
            (7, 3, [3, 2, 2]), (7, 0, [1, 1, 1, 1, 1, 1, 1]), (2, 10, [1, 1]), (255, 1, [255]), (4, 2, [2, 2]),
            (0, 3, []),
            (5, 4, [2, 1, 1, 1]),
        ])
    func groups(addresses: Int, groups: Int, sizes: [Int]) {
        let list = (0..<addresses).map { IPAddress.v4(IPv4Address(rawValue: 0x0a00_0000 + UInt32($0))) }
        let result = FailoverInstance.groups(list, count: groups)
        #expect(result.map(\.count) == sizes)
        #expect(result.flatMap(\.self) == list)
    }

    @Test(
        "An excluded identifier moves all that follow on",
        arguments: [
            ("10", "12 13 15", "11 14 16 17"), ("0", "9", "1 2 3 4"), ("9", "10", "11 12 13 14"),
            ("0", "1 3 5 7", "2 4 6 8"),
            ("10", "", "11 12 13 14"), ("251", "", "252 253 254 255"),
        ])
    func identifiers(offset: String, excluded: String, identifiers: String) throws {
        let plan = try failoverPlan([
            "OPENSHIFT_HA_VIRTUAL_IPS": "192.0.2.100-103", "OPENSHIFT_HA_VRRP_ID_OFFSET": offset,
            "HA_EXCLUDED_VRRP_IDS": excluded,
        ])
        #expect(plan.values(of: "virtual_router_id").joined(separator: " ") == identifiers)
        #expect(plan.values(of: "vrrp_instance").last == "OpenShift_IPFailover_VIP_4 {")
    }

    @Test(
        "Identifiers above 255 are refused, whatever they come from",
        arguments: [
            ["OPENSHIFT_HA_VRRP_ID_OFFSET": "252"],
            ["OPENSHIFT_HA_VRRP_ID_OFFSET": "251", "HA_EXCLUDED_VRRP_IDS": "252"],
            ["OPENSHIFT_HA_VIRTUAL_IPS": "10.0.0.0-255", "OPENSHIFT_HA_VRRP_ID_OFFSET": "0"],
            ["OPENSHIFT_HA_VIRTUAL_IPS": "10.0.0.1-250", "OPENSHIFT_HA_VIP_GROUPS": "246"],
        ])
    func tooMany(environment: [String: String]) throws {
        let all = ["OPENSHIFT_HA_VIRTUAL_IPS": "192.0.2.100-103"].merging(environment) { $1 }
        let problems = try failoverProblems(all)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("OPENSHIFT_HA_VRRP_ID_OFFSET") == true)
        #expect(problems.first?.contains("and 255 is the highest") == true)
    }

    @Test("More addresses than an advert holds are refused")
    func tooManyAddresses() throws {
        let problems = try failoverProblems([
            "OPENSHIFT_HA_VIRTUAL_IPS": "10.0.0.0-255", "OPENSHIFT_HA_VIP_GROUPS": "1",
        ])
        #expect(
            problems == [
                "OPENSHIFT_HA_VIP_GROUPS=\"1\": an instance would have 256 addresses, and 255 is the most; allowed are"
                    + " more groups"
            ])
    }

    @Test("Addresses of the other family are in instances behind all others, so that no number changes")
    func families() throws {
        let one = try failoverPlan([
            "OPENSHIFT_HA_VIRTUAL_IPS": "10.0.0.1, 10.0.0.2, 10.0.0.3, 10.0.0.4", "OPENSHIFT_HA_VIP_GROUPS": "2",
        ])
        let both = try failoverPlan([
            "OPENSHIFT_HA_VIRTUAL_IPS": "10.0.0.1, 2001:db8::2, 2001:db8::3, 10.0.0.4", "OPENSHIFT_HA_VIP_GROUPS": "2",
        ])
        #expect(one.values(of: "virtual_router_id") == ["11", "12"])
        #expect(both.values(of: "virtual_router_id") == ["11", "12", "13", "14"])
        let configuration = try load(both.configuration)
        #expect(!configuration.hasErrors)
        #expect(
            configuration.definitions.virtualRouters.map { $0.addresses.map { "\($0.address)" } } == [
                ["10.0.0.1"], ["2001:db8::3"], ["2001:db8::2"], ["10.0.0.4"],
            ])
        #expect(both.notes.contains { $0.hasSuffix("in instances of their own, from number 3 on") })
    }

    /// The priorities that the original gives to the first instances, the random part apart.
    @Test(
        "First and last turns alternate; where it is not the node's turn its priority is low",
        arguments: [
            // idx 1: each turn is the node's own.
            (10, 1, true, [245, 11, 245, 11]), (10, 1, false, [245, 245, 245, 245]),
            // 10 mod 3 + 1 = 2: every second turn.
            (10, 3, true, [12, 245, 12, 11]), (11, 3, false, [13, 13, 244, 13]),
            // 0 and 128 are 128, with turns as for 0.
            (0, 2, true, [127, 129, 127, 129]), (128, 2, true, [127, 129, 127, 129]), (1, 2, true, [3, 254, 3, 2]),
            (127, 1, true, [128, 128, 128, 128]), (255, 2, true, [65, 128, 65, 128]),
        ])
    func priorities(octet: UInt8, replicas: Int, preempts: Bool, priorities: [Int]) {
        var ranks = FailoverSlot(.v4(IPv4Address(192, 0, 2, octet))).ranks(replicas: replicas, preempts: preempts)
        #expect((1...4).map { ranks.next($0).priority } == priorities)
    }

    @Test("No priority is 0, 1 or 255, all are within the ranges of the original, and each start gives the same")
    func ranges() {
        for octet in UInt8.min...UInt8.max {
            let original = Int(octet) % 128
            let slot = FailoverSlot(.v4(IPv4Address(10, 0, 0, octet)))
            for replicas in 1...5 {
                for preempts in [true, false] {
                    var ranks = slot.ranks(replicas: replicas, preempts: preempts)
                    var again = slot.ranks(replicas: replicas, preempts: preempts)
                    for number in 1...30 {
                        let rank = ranks.next(number)
                        #expect(rank == again.next(number))
                        #expect((2...254).contains(rank.priority))
                        let isTurn = number % (original % replicas + 1) == 0
                        #expect(rank.startsAsMaster == (isTurn && preempts))
                        guard original > 0 else { continue }
                        if isTurn {
                            #expect(rank.priority == 255 - original || preempts && rank.priority == original + 1)
                        } else {
                            #expect((original % 64...original % 64 + 31).contains(rank.priority))
                        }
                    }
                }
            }
        }
    }

    @Test("Nodes less than 64 addresses apart never share a priority where neither or each of them has its turn")
    func distinct() {
        for octet in 0..<192 {
            for other in octet + 1..<octet + 64 {
                let slots = [octet, other].map { FailoverSlot(.v4(IPv4Address(10, 0, 0, UInt8($0)))) }
                for replicas in 1...3 {
                    var first = slots[0].ranks(replicas: replicas, preempts: false)
                    var second = slots[1].ranks(replicas: replicas, preempts: false)
                    for number in 1...6 {
                        #expect(first.next(number).priority != second.next(number).priority)
                    }
                }
            }
        }
    }
}

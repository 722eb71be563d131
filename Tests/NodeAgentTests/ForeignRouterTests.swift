import ControlProtocol
import JSONDocument
import KubernetesAPI
import NodeAgent
import Testing

@Suite("Identifiers of others that a node hears")
struct ForeignRouterTests {
    /// What vrrpd says some seconds after the start of the test.
    private func status(_ counts: [Int: Int], at seconds: Int, processID: Int = 10) throws -> NodeStatus {
        let list = counts.map { #"{"virtualRouterID": \#($0.key), "advertisements": \#($0.value)}"# }
        let time = WallTime(millisecondsSinceEpoch: Int64(1_800_000_000 + seconds) * 1000)
        let text = """
            {"time": "\(time)", "generation": 1, "daemon": {"version": "1", "processID": \(processID),
            "uptimeSeconds": \(10_000 + seconds), "definitionsFile": "a", "lastLoad": {"time": "\(time)"}},
            "virtualRouters": [], "receivers": [{"interface": "eth0", "family": "ipv4", "counters": {},
            "foreignRouters": [\(list.joined(separator: ","))]}]}
            """
        return try NodeStatus(JSONReader(try JSONNode.parse(Array(text.utf8))))
    }

    @Test("Those count whose adverts come, from the second look on, until ten minutes after the last")
    func course() throws {
        var watch = ForeignRouterWatch()
        watch.take(try status([7: 900, 9: 3, 0: 1], at: 0))
        #expect(watch.identifiers == [], "nobody knows when that was")
        watch.take(try status([7: 910, 9: 3, 0: 2], at: 10))
        #expect(watch.identifiers == [7])
        // Another process begins to count anew.
        watch.take(try status([9: 1], at: 20, processID: 11))
        #expect(watch.identifiers == [7, 9])
        watch.take(try status([9: 5], at: 609, processID: 11))
        #expect(watch.identifiers == [7, 9])
        watch.take(try status([9: 5], at: 610, processID: 11))
        #expect(watch.identifiers == [9])
        // A clock that goes back leaves nothing for ever.
        watch.take(try status([9: 5], at: -7200, processID: 11))
        #expect(watch.identifiers == [])
    }

    private func write(
        _ identifiers: [Int]?, over status: KubernetesAPI.VirtualRouter.Status?, at seconds: Int64,
        _ memory: inout RouterMemory
    ) throws -> KubernetesAPI.VirtualRouter.Status? {
        let text = """
            {"name": "edge shop/web IPv4", "interface": "eth0", "family": "ipv4", "virtualRouterID": 51, "version": 3,
            "state": "active", "sinceSeconds": \(seconds + 5), "priority": 200, "definedPriority": 200,
            "destinations": [], "advertisementIntervalMilliseconds": 100, "timers": {}, "faults": [], "addresses": [],
            "counters": {"master-transitions": 1}}
            """
        var object = KubernetesAPI.VirtualRouter(
            metadata: ObjectMeta(name: "edge.shop.web.ipv4", namespace: "ingress"),
            spec: .init(
                group: "edge", service: .init(namespace: "shop", name: "web"), virtualRouterID: 51, family: "IPv4",
                version: 3, addresses: ["192.0.2.1"], members: []))
        object.status = status
        let report = RouterReport(
            object: object, node: "n1", router: try VirtualRouterStatus(JSONReader(try JSONNode.parse(text))),
            time: Timestamp(seconds: 1_800_000_000 + seconds), foreignRouterIDs: identifiers)
        guard case .write(let new, _) = report.outcome(&memory) else { return nil }
        memory.wrote()
        return new
    }

    @Test("One router of a node tells them, again when they change, and every five minutes while they do not")
    func telling() throws {
        var memory = RouterMemory()
        let first = try #require(try write([7, 9], over: nil, at: 0, &memory))
        #expect(
            first.foreignRouters == .init(virtualRouterIDs: [7, 9], observed: Timestamp(seconds: 1_800_000_000)))
        #expect(try write([7, 9], over: first, at: 299, &memory) == nil)
        let refreshed = try write([7, 9], over: first, at: 300, &memory)
        #expect(refreshed?.foreignRouters?.observed == Timestamp(seconds: 1_800_000_300))
        let changed = try #require(try write([7], over: first, at: 10, &memory))
        #expect(changed.foreignRouters?.virtualRouterIDs == [7])
        for nothing in [[], nil] as [[Int]?] {
            var memory = memory
            let told = try #require(try write(nothing, over: changed, at: 20, &memory))
            #expect(told.foreignRouters == nil)
        }
    }
}

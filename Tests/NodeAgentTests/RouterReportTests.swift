import ControlProtocol
import JSONDocument
import KubernetesAPI
import NodeAgent
import Testing
import VIPPlanning
import VRRP

@Suite("What an agent writes into the status of a router")
struct RouterReportTests {
    private static let start = Timestamp(seconds: 1_800_000_000)

    /// What vrrpd says of the router.
    private func router(
        _ state: String = "active", since seconds: Int = 5, count: Int = 1, contests: Int = 0, isPresent: Bool = true,
        claims: Int = 0
    ) throws -> VirtualRouterStatus {
        let text = """
            {"name": "edge shop/web IPv4", "interface": "eth0", "family": "ipv4", "virtualRouterID": 51, "version": 3,
            "state": "\(state)", "sinceSeconds": \(seconds), "priority": 200, "definedPriority": 200,
            "destinations": [], "advertisementIntervalMilliseconds": 100, "timers": {}, "faults": [],
            "addresses": [{"address": "192.0.2.100", "prefixLength": 32, "advertised": true, "present": \(isPresent)}],
            "counters": {"master-transitions": \(count), "contests-won": \(contests), "address-claims": \(claims)}}
            """
        return try VirtualRouterStatus(JSONReader(try JSONNode.parse(text)))
    }

    /// A process of vrrpd that started at some time, in seconds after the start of the tests.
    private func process(_ start: Int64) -> EngineProcess {
        // In a container it has the same number whenever it starts.
        let daemon = DaemonStatus(
            version: "1", processID: 1, startTime: nil, uptime: .seconds(50), definitionsFile: "",
            lastLoad: DefinitionsLoad(time: WallTime(millisecondsSinceEpoch: 0)))
        return EngineProcess(
            daemon, at: WallTime(millisecondsSinceEpoch: (Self.start.seconds + start + 50) * 1000))
    }

    private func object(_ status: KubernetesAPI.VirtualRouter.Status? = nil) -> KubernetesAPI.VirtualRouter {
        let spec = KubernetesAPI.VirtualRouter.Spec(
            group: "edge", service: .init(namespace: "shop", name: "web"), virtualRouterID: 51, family: "IPv4",
            version: 3, addresses: ["192.0.2.100"], members: [.init(node: "n1", priority: 200)])
        var metadata = ObjectMeta(name: "edge.web.shop.ipv4", namespace: "ingress")
        metadata.generation = 3
        var object = KubernetesAPI.VirtualRouter(metadata: metadata, spec: spec)
        object.status = status
        return object
    }

    /// One agent's view of the object over time.
    private struct Course {
        var node: String
        var memory = RouterMemory()
        var engineStart: Int64 = -1000
    }

    private func outcome(
        _ course: inout Course, _ status: KubernetesAPI.VirtualRouter.Status?, _ router: VirtualRouterStatus?,
        at seconds: Int64 = 0, silence: String? = nil, _ obstacles: [NodeDefinitions.Obstacle.Reason] = []
    ) -> RouterReport.Outcome {
        course.memory.speak(of: process(course.engineStart))
        return RouterReport(
            object: object(status), node: course.node, router: router,
            time: Timestamp(seconds: Self.start.seconds + seconds), silence: silence, generation: 3,
            obstacles: obstacles
        ).outcome(&course.memory)
    }

    private func write(
        _ course: inout Course, _ status: KubernetesAPI.VirtualRouter.Status?, _ router: VirtualRouterStatus?,
        at seconds: Int64 = 0, silence: String? = nil, _ obstacles: [NodeDefinitions.Obstacle.Reason] = []
    ) throws -> (status: KubernetesAPI.VirtualRouter.Status, isMove: Bool) {
        guard
            case .write(let new, let isMove) = outcome(
                &course, status, router, at: seconds, silence: silence, obstacles)
        else {
            throw Missing()
        }
        course.memory.wrote()
        return (new, isMove)
    }

    private struct Missing: Error {}

    @Test(
        "The first owner names itself, with the time since when; nothing has moved yet; the same again is not written")
    func first() throws {
        var course = Course(node: "n1")
        let (status, isMove) = try write(&course, nil, try router())
        #expect(isMove && status.activeNode == "n1" && status.transitions == 0 && status.conflicts == 0)
        #expect(status.activeSince == Timestamp(seconds: Self.start.seconds - 5) && status.observedGeneration == 3)
        #expect(status.conditions?.map(\.type) == ["Ready", "Conflict", "Degraded"])
        #expect(status.conditions?.map(\.status) == ["True", "False", "False"])
        #expect(outcome(&course, status, try router(since: 65), at: 60) == .nothing)
    }

    @Test("A change of the owner counts up, and the one that was before does not write any more")
    func move() throws {
        var (one, two) = (Course(node: "n1"), Course(node: "n2"))
        let (before, _) = try write(&one, nil, try router())
        #expect(outcome(&two, before, try router("backup"), at: 10) == .nothing)
        let (after, isMove) = try write(&two, before, try router(since: 0), at: 20)
        #expect(isMove && after.activeNode == "n2" && after.transitions == 1)
        #expect(outcome(&one, after, try router("backup", since: 1), at: 21) == .nothing)
        #expect(outcome(&one, after, nil, at: 60) == .nothing)
    }

    @Test("The owner's agent that starts again knows its own status; a step of the clock is no move")
    func restart() throws {
        var course = Course(node: "n1")
        let (status, _) = try write(&course, nil, try router())
        var next = Course(node: "n1")
        #expect(outcome(&next, status, try router(since: 105), at: 100) == .nothing)
        #expect(outcome(&course, status, try router(since: 105), at: 5000) == .nothing)
    }

    @Test("An owner that lost the addresses and has them again counts as a move")
    func again() throws {
        var course = Course(node: "n1")
        let (status, _) = try write(&course, nil, try router())
        let (later, isMove) = try write(&course, status, try router(since: 1, count: 2), at: 30)
        #expect(isMove && later.transitions == 1 && later.activeNode == "n1")
    }

    @Test("Of two that are active the later one is named, and they do not write against each other")
    func contest() throws {
        var (one, two) = (Course(node: "n1"), Course(node: "n2"))
        let (before, _) = try write(&one, nil, try router(since: 60))
        let (after, _) = try write(&two, before, try router(since: 2), at: 10)
        for seconds in stride(from: Int64(11), to: 100, by: 10) {
            let router = try router(since: 60 + Int(seconds))
            #expect(outcome(&one, after, router, at: seconds) == .contested(by: "n2"))
        }
        #expect(one.memory.isContested(at: Timestamp(seconds: Self.start.seconds + 100)))
        #expect(outcome(&two, after, try router(since: 92), at: 100) == .nothing)
    }

    @Test("A node whose clock is behind is named all the same, only later")
    func clocks() throws {
        var (ahead, behind) = (Course(node: "n1"), Course(node: "n2"))
        let (status, _) = try write(&ahead, nil, try router(since: 0), at: 100)
        #expect(outcome(&behind, status, try router(since: 0), at: 20) == .contested(by: "n1"))
        let (later, isMove) = try write(&behind, status, try router(since: 11), at: 31)
        #expect(isMove && later.activeNode == "n2" && later.transitions == 1)
    }

    @Test("An owner whom nobody follows takes its name back after a while, and loses no count")
    func nobody() throws {
        var course = Course(node: "n1")
        let (status, _) = try write(&course, nil, try router())
        #expect(outcome(&course, status, try router("initialize", contests: 2), at: 20) == .nothing)
        let (later, isMove) = try write(&course, status, try router("initialize", contests: 2), at: 31)
        #expect(!isMove && later.activeNode == nil && later.activeSince == nil)
        #expect(later.conditions?["Ready"]?.status == "False" && later.conditions?["Ready"]?.reason == "NoActiveNode")
        #expect(later.conflicts == 2 && later.transitions == 0 && later.observedGeneration == 3)
        #expect(outcome(&course, later, try router("initialize", contests: 2), at: 41) == .nothing)
        // Whoever has the addresses next has got them from somebody.
        let (again, isMoveAgain) = try write(&course, later, try router(since: 1, count: 2, contests: 2), at: 50)
        #expect(isMoveAgain && again.activeNode == "n1" && again.transitions == 1 && again.conflicts == 2)
        #expect(again.conditions?["Ready"]?.status == "True")
    }

    @Test("A node whose vrrpd does not answer, and whom nobody follows, is not ready after a while")
    func silence() throws {
        var course = Course(node: "n1")
        let (status, _) = try write(&course, nil, try router())
        #expect(outcome(&course, status, nil, at: 20, silence: "no answer in 5 s") == .nothing)
        // A single question without an answer is forgotten.
        #expect(outcome(&course, status, try router(since: 26), at: 21) == .nothing)
        #expect(outcome(&course, status, nil, at: 25, silence: "no answer in 5 s") == .nothing)
        #expect(outcome(&course, status, nil, at: 34, silence: "no answer in 5 s") == .nothing)
        let (later, isMove) = try write(&course, status, nil, at: 35, silence: "no answer in 5 s")
        #expect(!isMove && later.activeNode == nil)
        let ready = try #require(later.conditions?["Ready"])
        #expect(ready.status == "False" && ready.reason == "NoActiveNode")
        #expect(ready.message == "vrrpd of n1, which had the addresses, does not answer: no answer in 5 s")
        // It was there all the time, so that nothing has moved.
        let (again, isMoveAgain) = try write(&course, later, try router(since: 55), at: 50)
        #expect(again.activeNode == "n1" && again.conditions?["Ready"]?.status == "True")
        #expect(!isMoveAgain && again.transitions == 0 && again.activeSince == status.activeSince)
        #expect(outcome(&course, again, try router(since: 65), at: 60) == .nothing)
    }

    @Test(
        "After a silence it is a move where the addresses were elsewhere, or were lost and taken again",
        arguments: ["another node", "another time", "another process", "no part"])
    func silenceWithMove(_ between: String) throws {
        var (course, other) = (Course(node: "n1"), Course(node: "n2"))
        var (status, _) = try write(&course, nil, try router())
        #expect(outcome(&course, status, nil, at: 20, silence: "no answer in 5 s") == .nothing)
        status = try write(&course, status, nil, at: 30, silence: "no answer in 5 s").status
        var count = 1
        switch between {
        case "another node":
            status = try write(&other, status, try router(since: 0), at: 40).status
            #expect(status.transitions == 1)
            #expect(outcome(&course, status, nil, at: 41, silence: "no answer in 5 s") == .nothing)
            #expect(outcome(&other, status, try router("backup"), at: 50) == .nothing)
            status = try write(&other, status, try router("backup"), at: 60).status
        case "another time": count = 2
        case "another process": course.engineStart = 60
        default:
            #expect(outcome(&course, status, try router("backup"), at: 40) == .nothing)
            count = 2
        }
        let transitions = status.transitions ?? 0
        let (again, isMove) = try write(&course, status, try router(since: 2, count: count), at: 70)
        #expect(isMove && again.transitions == transitions + 1)
    }

    @Test("A vrrpd that starts again is another one, although its process has the same number")
    func newProcess() throws {
        var course = Course(node: "n1")
        let (status, _) = try write(&course, nil, try router(contests: 4))
        course.engineStart = 10
        let (later, isMove) = try write(&course, status, try router(since: 1, contests: 3), at: 12)
        #expect(isMove && later.transitions == 1 && later.conflicts == 3)
    }

    @Test("Other routers and other hosts are told apart, and both are conflicts")
    func kindsOfConflict() throws {
        var course = Course(node: "n1")
        var (status, _) = try write(&course, nil, try router())
        (status, _) = try write(&course, status, try router(since: 6, claims: 4), at: 1)
        #expect(status.conditions?["Conflict"]?.reason == "AddressClaimed" && status.conflicts == 4)
        #expect(status.conditions?["Conflict"]?.status == "True")
        (status, _) = try write(&course, status, try router(since: 7, contests: 4, claims: 4), at: 2)
        #expect(status.conditions?["Conflict"]?.reason == "OtherRouterHeard" && status.conflicts == 8)
    }

    @Test("Adverts of others add up over restarts of vrrpd; many are a conflict, a few come with every move")
    func conflicts() throws {
        var course = Course(node: "n1")
        var (status, _) = try write(&course, nil, try router(contests: 4))
        #expect(status.conflicts == 0)
        status = try write(&course, status, try router(since: 10, contests: 5), at: 10).status
        #expect(status.conflicts == 1 && status.conditions?["Conflict"]?.status == "False")
        status = try write(&course, status, try router(since: 12, contests: 9), at: 12).status
        #expect(status.conflicts == 5 && status.conditions?["Conflict"]?.status == "True")
        course.engineStart = 19
        status = try write(&course, status, try router(since: 1, contests: 2), at: 20).status
        #expect(status.conflicts == 7)
        status = try write(&course, status, try router(since: 80, contests: 2), at: 100).status
        #expect(status.conditions?["Conflict"]?.status == "False")
    }

    @Test("Whatever numbers an object says, what is counted stays a number")
    func greatestCounts() throws {
        var course = Course(node: "n1")
        var (status, _) = try write(&course, nil, try router())
        (status.transitions, status.conflicts, status.observedGeneration) = (.max, .max, .max)
        let (later, isMove) = try write(&course, status, try router(since: 1, count: 2, contests: 3), at: 30)
        #expect(isMove && later.transitions == .max && later.conflicts == .max && later.observedGeneration == 3)
    }

    @Test("What is wrong with the node's part stands in the conditions")
    func conditions() throws {
        var course = Course(node: "n1")
        let (status, _) = try write(
            &course, nil, try router(isPresent: false), [.optionsRefused, .unreadable("spec.version: no")])
        #expect(status.conditions?["Ready"]?.reason == "AddressesMissing")
        let degraded = status.conditions?["Degraded"]
        #expect(degraded?.status == "True" && degraded?.reason == "Unreadable")
        #expect(degraded?.message.contains("spec.version: no") == true)
    }

    private func trouble(
        _ object: KubernetesAPI.VirtualRouter, isActive: Bool? = false,
        _ obstacles: [NodeDefinitions.Obstacle.Reason], at time: Timestamp
    ) -> [Condition]? {
        NodeTrouble.conditions(on: object, of: "n1.example", isActive: isActive, obstacles, at: time)
    }

    @Test("A node with trouble sets a condition of its own, once, and removes it afterwards")
    func trouble() throws {
        let reason = NodeDefinitions.Obstacle.Reason.noInterface(.named("eth9"))
        let new = try #require(trouble(object(), [reason], at: Self.start))
        #expect(new.map(\.type) == ["n1.example/Degraded"] && new[0].reason == "InterfaceMissing")
        var status = KubernetesAPI.VirtualRouter.Status()
        status.conditions = new
        let later = Timestamp(seconds: Self.start.seconds + 50)
        #expect(trouble(object(status), [reason], at: later) == nil)
        status.conditions?.append(Condition("Ready", true, reason: "Active", at: Self.start))
        #expect(trouble(object(status), [], at: later) == [])
        // The last condition of a list cannot be taken out everywhere.
        status.conditions?.removeLast()
        let last = try #require(trouble(object(status), [], at: later))
        #expect(last.map(\.status) == ["False"] && last[0].lastTransitionTime == later)
        status.conditions = last
        #expect(trouble(object(status), [], at: later) == nil)
        #expect(trouble(object(), [], at: later) == nil)
    }

    @Test("What the active node tells in the status it tells once, also while its vrrpd does not answer")
    func toldTrouble() throws {
        let reason = NodeDefinitions.Obstacle.Reason.optionsRefused
        var course = Course(node: "n1.example")
        let (status, _) = try write(&course, nil, try router(), [reason])
        #expect(trouble(object(status), isActive: true, [reason], at: Self.start) == nil)
        #expect(trouble(object(status), isActive: nil, [reason], at: Self.start) == nil)
        // Nor when its name is gone from the status.
        #expect(outcome(&course, status, nil, at: 20, silence: "no answer", [reason]) == .nothing)
        let (later, _) = try write(&course, status, nil, at: 30, silence: "no answer", [reason])
        #expect(later.activeNode == nil && trouble(object(later), isActive: nil, [reason], at: Self.start) == nil)
        // What the status does not tell is told.
        let other = NodeDefinitions.Obstacle.Reason.noInterface(.named("eth9"))
        #expect(trouble(object(later), isActive: nil, [other], at: Self.start)?.count == 1)
        #expect(trouble(object(later), isActive: false, [reason], at: Self.start)?.count == 1)
        #expect(trouble(object(), isActive: nil, [reason], at: Self.start)?.count == 1)
        var elsewhere = later
        elsewhere.activeNode = "n2.example"
        #expect(trouble(object(elsewhere), isActive: nil, [reason], at: Self.start)?.count == 1)
    }
}

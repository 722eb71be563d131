import GroupOperator
import JSONDocument
import KubernetesAPI
import Testing
import VIPPlanning
import enum VRRP.IPAddress

@Suite("The pieces of the operator")
struct PieceTests {
    @Test("A patch of a status has what differs, takes out what goes, and is none where nothing differs")
    func patch() throws {
        var old = KeepalivedGroup.Status()
        old.routerIDs = ["a/b": 1, "a/c": 2]
        old.nodes = 3
        var new = old
        #expect(try StatusPatch(from: old, to: new, version: "5") == nil)
        new.routerIDs = ["a/b": 1, "a/d": 3]
        new.nodes = nil
        let patch = try #require(try StatusPatch(from: old, to: new, version: "5"))
        let expected: JSONValue = [
            "status": ["nodes": .null, "routerIDs": ["a/c": .null, "a/d": 3]], "metadata": ["resourceVersion": "5"],
        ]
        #expect(patch.body.value == expected)
    }

    @Test("That a node has a Service's address as well is a warning, though the Service keeps it")
    func addressAlsoOfNode() throws {
        let problem = Finding.Problem.addressAlsoOfNode(try #require(IPAddress("192.0.2.7")), node: "node1")
        #expect(Remark(problem).isWarning)
        #expect(!Remark(.addressPending).isWarning)
    }

    @Test("An address that comes to another node, or back to the same, is told on its Service; all else is not")
    func moves() {
        func router(_ node: String?, transitions: Int? = 1, conflicts: Int = 0) -> VirtualRouter {
            let spec = VirtualRouter.Spec(
                group: "edge", service: .init(namespace: "shop", name: "web"), virtualRouterID: 1, family: "IPv4",
                version: 3, addresses: ["192.0.2.80", "192.0.2.81"], members: [])
            let metadata = ObjectMeta(name: "edge.shop.web.ipv4", namespace: "floating")
            var router = VirtualRouter(metadata: metadata, spec: spec)
            router.status = VirtualRouter.Status()
            router.status?.activeNode = node
            router.status?.transitions = transitions
            router.status?.conflicts = conflicts
            return router
        }
        let move = AddressMove(from: router("node1"), to: router("node2", transitions: 2))
        #expect(move?.service == ObjectKey("shop", "web") && move?.remark.isWarning == false)
        #expect(move?.remark.message == "192.0.2.80, 192.0.2.81 on node2 now, before on node1")
        #expect(
            AddressMove(from: router("node1"), to: router("node1", transitions: 2))?.remark.message
                == "192.0.2.80, 192.0.2.81 on node1 now, again")
        #expect(
            AddressMove(from: router(nil, transitions: nil), to: router("node1", transitions: 0))?.remark.message
                == "192.0.2.80, 192.0.2.81 on node1 now")
        #expect(AddressMove(from: router("node1"), to: router("node1", conflicts: 3)) == nil)
        #expect(AddressMove(from: router("node1"), to: router(nil)) == nil)
        #expect(AddressMove(from: router(nil, transitions: 1), to: router("node1", transitions: 1)) == nil)
        #expect(
            AddressMove(from: router(nil, transitions: 1), to: router("node2", transitions: 2))?.remark.message
                == "192.0.2.80, 192.0.2.81 on node2 now")
    }

    @Test("Each thing is told once, again when it comes back, and its end where it was a warning")
    func remarks() {
        let (web, bad) = (Finding.Subject.service(ObjectName("shop", "web")), Remark(reason: "Bad", message: "bad"))
        let worse = Remark(reason: "Worse", message: "worse")
        var memory = RemarkMemory()
        #expect(memory.news(on: web, []) == [])
        #expect(memory.news(on: web, [bad]) == [bad])
        #expect(memory.news(on: web, [bad]) == [])
        #expect(memory.news(on: web, [bad, worse]) == [worse])
        #expect(memory.news(on: web, []).map(\.reason) == ["Mended"])
        #expect(memory.news(on: web, []) == [])
        #expect(memory.news(on: web, [bad]) == [bad])
        memory.forget(web)
        #expect(memory.news(on: web, []) == [])
    }

    @Test("What an earlier process has told is not told again, as far as the server remembers it")
    func recalledRemarks() {
        func event(_ remark: Remark, _ name: String, uid: String = "1", at second: Int64) -> Event {
            var service = Service(metadata: ObjectMeta(name: name, namespace: "shop"))
            service.metadata.uid = uid
            let metadata = ObjectMeta(name: "e", namespace: "shop")
            var event = Event(metadata: metadata, involvedObject: ObjectReference(service))
            event.type = remark.isWarning ? "Warning" : "Normal"
            event.reason = remark.reason
            event.message = remark.message
            event.lastTimestamp = Timestamp(seconds: second)
            return event
        }
        let (bad, worse) = (Remark(reason: "Bad", message: "bad"), Remark(reason: "Worse", message: "worse"))
        let mended = Remark(isWarning: false, reason: "Mended", message: "everything that was wrong is mended")
        let failed = Remark(reason: Remark.processingError, message: "refused")
        let events = [
            event(mended, "again", at: 2), event(bad, "again", at: 1), event(worse, "again", at: 3),
            event(bad, "web", at: 1), event(bad, "fine", at: 1), event(mended, "fine", at: 2),
            event(bad, "new", uid: "0", at: 1), event(failed, "failed", at: 1),
        ]
        var memory = RemarkMemory()
        memory.recall(events) { _, uid in uid == "1" }
        func news(_ name: String, _ remarks: Remark...) -> [Remark] {
            memory.news(on: .service(ObjectName("shop", name)), remarks)
        }
        #expect(news("web", bad, worse) == [worse])
        #expect(news("again", worse) == [] && news("again", bad, worse) == [bad])
        #expect(news("fine") == [] && news("fine", bad) == [bad])
        #expect(news("new", bad) == [bad], "the event is on another object of this name")
        #expect(news("failed") == [], "what has happened once is no state that can be mended")
        #expect(news("web").map(\.reason) == ["Mended"])
    }

    @Test("Command lines of keepalived-operator are understood")
    func arguments() {
        let read = GoArguments.reading([
            "-leader-elect=true", "--metrics-bind-address=127.0.0.1:8080", "-health-probe-bind-address", ":8081",
            "--zap-devel=false", "--zap-time-encoding", "iso8601", "--privileged-pods=false",
        ])
        #expect(
            read.arguments == [
                "--leader-elect", "--metrics-bind-address=127.0.0.1:8080", "--health-probe-bind-address", ":8081",
            ])
        #expect(read.ignored == ["--zap-devel", "--zap-time-encoding"])
    }

    @Test(
        "Names of Secrets are what the API server takes",
        arguments: [
            ("registry", true), ("a.b-c.1", true), ("", false), ("Registry", false), ("a..b", false), ("-a", false),
            ("a-", false), ("a/b", false), ("a b", false), (String(repeating: "a", count: 253), true),
            (String(repeating: "a", count: 254), false),
        ])
    func secretNames(text: String, isName: Bool) {
        #expect((SecretName(text) != nil) == isName)
    }
}

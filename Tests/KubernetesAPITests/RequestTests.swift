import Foundation
import JSONDocument
import KubernetesAPI
import Testing

@Suite("Requests")
struct RequestTests {
    @Test("Paths are those of the API conventions")
    func paths() throws {
        #expect(try APIRequest.list(Service.everywhere).target == "/api/v1/services")
        #expect(
            try APIRequest.get("web", from: Service.inside("shop")).target == "/api/v1/namespaces/shop/services/web")
        #expect(try APIRequest.get("n1", from: Node.inside("ignored")).target == "/api/v1/nodes/n1")
        #expect(
            try APIRequest.get(
                "d",
                from: ResourceType(group: "apps", version: "v1", kind: "Deployment", plural: "deployments")
                    .objects(inside: "a"), .scale
            ).target == "/apis/apps/v1/namespaces/a/deployments/d/scale")
        #expect(try APIRequest.types(besides: PodMonitor.resourceType).target == "/apis/monitoring.coreos.com/v1")
        #expect(
            try APIRequest.list(Lease.inside("a"), limit: 2, continuing: "a+b/=").target
                == "/apis/coordination.k8s.io/v1/namespaces/a/leases?limit=2&continue=a%2Bb%2F%3D")
    }

    @Test(
        "A name cannot lead out of its place in the path",
        arguments: ["", ".", "..", "a/b", "../secrets/x", "a b", "a\n", String(repeating: "a", count: 254)])
    func hostileNames(name: String) {
        #expect(throws: ClientError.self) { try APIRequest.get(name, from: Service.inside("shop")) }
        #expect(throws: ClientError.self) { try APIRequest.list(Service.inside(name)) }
    }

    @Test("A name with a question mark stays a name")
    func encodedNames() throws {
        #expect(try APIRequest.get("a?b#c%2f", from: Service.inside("n")).target.hasSuffix("/services/a%3Fb%23c%252f"))
    }

    @Test("An object of a namespaced type is not asked for without its namespace")
    func missingNamespace() {
        #expect(throws: ClientError.self) { try APIRequest.get("web", from: Service.everywhere) }
        #expect(throws: ClientError.self) {
            try APIRequest.create(service("web", version: 1), in: Service.everywhere, as: FieldManager("t"))
        }
    }

    @Test("Selections are written as the server reads them, and hold of the same labels")
    func selections() throws {
        let requirements: [LabelRequirement] = [
            .equals("app", "web"), .isIn("tier", ["a", "b"]), .isNotIn("zone", ["x"]), .exists("on"), .isMissing("off"),
        ]
        let selection = Selection(labels: requirements, fields: ["metadata.name": "a,b=c\\"])
        let target = try APIRequest.list(Service.everywhere, selection).target
        #expect(
            target.removingPercentEncoding
                == "/api/v1/services?labelSelector=app=web,tier in (a,b),zone notin (x),on,!off"
                + "&fieldSelector=metadata.name=a\\,b\\=c\\\\")
        #expect(requirements.allSatisfy { $0.holds(of: ["app": "web", "tier": "b", "on": ""]) })
        #expect(requirements.filter { $0.holds(of: ["zone": "x", "off": ""]) }.isEmpty)
    }

    @Test("A watch asks for bookmarks and for its end")
    func watch() throws {
        #expect(
            try APIRequest.watch(Service.everywhere, .named("web"), after: "12", forSeconds: 300).target
                == "/api/v1/services?fieldSelector=metadata.name%3Dweb&watch=true&allowWatchBookmarks=true"
                + "&resourceVersion=12&timeoutSeconds=300")
    }

    @Test("A write of a typed object leaves fields alone that it does not know; only one that knows all replaces")
    func unknownFields() throws {
        let json = #"""
            {"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"leader","namespace":"n",
            "labels":{"their":"label"},"futureMeta":[1]},"spec":{"holderIdentity":"a","strategy":"OldestEmulationVersion"}}
            """#
        func body(_ request: APIRequest) throws -> (type: String, text: String) {
            let body = try #require(request.body)
            return (body.contentType, String(decoding: body.data, as: UTF8.self))
        }
        let manager = FieldManager("op")
        // Read as a type and written back: a patch, so that what was not read is not touched.
        var lease = try JSONDecoder().decode(Lease.self, from: Data(json.utf8))
        lease.metadata = ObjectMeta()
        let merge = try APIRequest.merge(lease, into: "leader", in: Lease.inside("n"), as: manager)
        let merged = try body(merge)
        #expect(merge.method == .patch && merged.type == "application/merge-patch+json")
        #expect(!merged.text.contains("strategy") && !merged.text.contains("null") && !merged.text.contains("label"))
        #expect(merged.text.contains(#""holderIdentity":"a""#))
        let apply = try APIRequest.apply(
            service("web", version: 1), in: Service.inside("shop"), as: manager, force: true)
        #expect(apply.method == .patch)
        #expect(try body(apply).type == "application/apply-patch+yaml")
        // There is no replacement of a typed object; the compiler sees to it.
        let object = try JSONDecoder().decode(DynamicObject.self, from: Data(json.utf8))
        let replace = try APIRequest.replace(object, in: Lease.resourceType.objects(inside: "n"), as: manager)
        let replaced = try body(replace).text
        #expect(replace.method == .put)
        #expect(replaced.contains(#""futureMeta":[1]"#) && replaced.contains(#""strategy":"OldestEmulationVersion""#))
    }

    @Test("A deletion can be held to one object of a name")
    func deletion() throws {
        let request = try APIRequest.delete("web", from: Service.inside("n"), uid: "u1")
        #expect(
            request.body.map { String(decoding: $0.data, as: UTF8.self) }
                == #"{"apiVersion":"v1","kind":"DeleteOptions","preconditions":{"uid":"u1"}}"#)
    }

    @Test("A refusal tells what was asked of which server, and what it answered")
    func refusals() throws {
        let request = try APIRequest.apply(
            service("web", version: 1), in: Service.inside("shop"), as: FieldManager("op"), force: false)
        let body = #"""
            {"kind":"Status","status":"Failure","message":"Apply failed with 1 conflict: .spec.type","reason":"Conflict",
            "details":{"causes":[{"reason":"FieldManagerConflict","message":"conflict with \"kubectl\"","field":".spec.type"}]}}
            """#
        let error = ClientError.refused(
            ClientError.Asked(request, of: "https://10.0.0.1:6443"), .init(code: 409, body: Data(body.utf8)))
        #expect(error.isConflict && !error.isTemporary && !error.isAlreadyThere)
        #expect(
            error.description == """
                PATCH https://10.0.0.1:6443/api/v1/namespaces/shop/services/web?fieldManager=op&force=false: the server \
                answered 409 Conflict: Apply failed with 1 conflict: .spec.type
                """)
        guard case .refused(_, let refusal) = error else { return }
        #expect(refusal.causes.map(\.field) == [".spec.type"])
    }

    @Test(
        "When to come back is taken from the header, else from the status, and only within an hour",
        arguments: [("7", 3, 7), (nil, 3, 3), ("Wed, 21 Oct 2026", 3, 3), ("-1", 3, nil), ("99999", 3, nil)]
            as [(String?, Int, Int?)])
    func retryAfter(header: String?, inStatus: Int, expected: Int?) {
        let body = Data(#"{"details":{"retryAfterSeconds":\#(inStatus)}}"#.utf8)
        let refusal = ClientError.Refusal(code: 429, body: body, retryAfter: header)
        #expect(refusal.retryAfter == expected.map { .seconds($0) })
    }

    @Test("An answer of what stands between is told in its own words, up to a limit")
    func foreignAnswer() {
        let refusal = ClientError.Refusal(code: 502, body: Data(String(repeating: "bad gateway ", count: 1000).utf8))
        #expect(refusal.description.hasPrefix("502: bad gateway"))
        #expect(refusal.description.utf8.count < 250)
    }

    @Test("A type that its server takes away, and makes no more objects of, is not served")
    func servedTypes() throws {
        func answer(_ verbs: String) throws -> ServedTypes {
            let text =
                #"{"resources": [{"name": "virtualrouters/status", "kind": "VirtualRouter", "verbs": ["get"]},"#
                + #" {"name": "virtualrouters", "kind": "VirtualRouter"\#(verbs)}]}"#
            return try JSONDecoder().decode(ServedTypes.self, from: Data(text.utf8))
        }
        let type = KubernetesAPI.VirtualRouter.resourceType
        #expect(try answer(#", "verbs": ["create", "get", "list", "patch"]"#).contains(type))
        #expect(try answer("").contains(type))
        #expect(try !answer(#", "verbs": ["delete", "deletecollection", "get", "list", "watch"]"#).contains(type))
        #expect(try !answer("").contains(KeepalivedGroup.resourceType))
    }
}

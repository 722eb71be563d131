import Foundation
import JSONDocument
import KubernetesAPI
import Testing

@Suite("Objects")
struct ObjectTests {
    @Test(
        "Times are read in every form of RFC 3339",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2026-11-24T17:02:20Z", 1_795_539_740_000_000),
            ("2000-02-29T23:59:59.123456789Z", 951_868_799_123_456), ("1969-12-31T23:59:59.5Z", -500_000),
            ("2026-11-24t18:02:20.1+01:00", 1_795_539_740_100_000),
            ("2100-03-01T00:00:00-00:30", 4_107_544_200_000_000),
        ])
    func times(text: String, microseconds: Int64) {
        #expect(Timestamp(text)?.microseconds == microseconds)
    }

    @Test(
        "What is no time is none",
        arguments: [
            "", "2026-11-24", "2026-11-24 17:02:20Z", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z",
            "2026-11-24T24:00:00Z", "2026-11-24T17:02:20", "2026-11-24T17:02:20.Z", "2026-11-24T17:02:20Zx",
            "２026-11-24T17:02:20Z", "2026-11-24T17:02:20+1:00", "-026-11-24T17:02:20Z",
        ])
    func malformedTimes(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test("Every day of eight centuries is written as it is read")
    func days() {
        for day in stride(from: Int64(-135_140), through: 157_000, by: 1) {
            let moment = Timestamp(seconds: day * 86_400 + 12_345)
            #expect(Timestamp(moment.description) == moment)
        }
    }

    @Test("A MicroTime has six digits, a time none")
    func fractions() throws {
        let moment = Timestamp(microseconds: 1_795_539_740_000_012)
        #expect(try text(of: [MicroTime(moment)]) == #"["2026-11-24T17:02:20.000012Z"]"#)
        #expect(try text(of: [moment]) == #"["2026-11-24T17:02:20Z"]"#)
        #expect(try decode([MicroTime].self, #"["2026-11-24T17:02:20.000012Z"]"#) == [MicroTime(moment)])
    }

    @Test("A Service is read from what a server sends, and what it does not use is left out")
    func service() throws {
        let service = try decode(
            Service.self,
            """
            {"kind":"Service","apiVersion":"v1","metadata":{"name":"web","namespace":"shop","uid":"u","resourceVersion":"7",
            "creationTimestamp":"2026-01-01T00:00:00Z","annotations":{"a":"b"},"managedFields":[{"manager":"x"}]},
            "spec":{"type":"LoadBalancer","externalTrafficPolicy":"Local","healthCheckNodePort":31000,
            "ports":[{"port":80}],"externalIPs":["192.0.2.1"],"sessionAffinity":"None"},
            "status":{"loadBalancer":{"ingress":[{"ip":"192.0.2.2","ipMode":"VIP"},{"hostname":"h"}]}}}
            """)
        #expect(service.key == ObjectKey("shop", "web"))
        #expect(service.metadata.annotations == ["a": "b"])
        #expect(service.spec?.healthCheckNodePort == 31000)
        #expect(service.status?.loadBalancer?.ingress?.compactMap(\.ip) == ["192.0.2.2"])
    }

    @Test("An object that is to be applied claims nothing that is not set")
    func leanness() throws {
        var group = KeepalivedGroup(metadata: ObjectMeta(name: "edge", namespace: "vips"))
        group.status = KeepalivedGroup.Status()
        group.status?.routerIDs = ["shop/web": 7]
        let request = try APIRequest.apply(
            group, in: KeepalivedGroup.inside("vips"), .status, as: FieldManager("operator").ofStatus, force: true)
        #expect(
            request.body.map { String(decoding: $0.data, as: UTF8.self) } == """
                {"apiVersion":"redhatcop.redhat.io/v1alpha1","kind":"KeepalivedGroup",\
                "metadata":{"name":"edge","namespace":"vips"},"status":{"routerIDs":{"shop/web":7}}}
                """)
        #expect(
            request.target
                == "/apis/redhatcop.redhat.io/v1alpha1/namespaces/vips/keepalivedgroups/edge/status"
                + "?fieldManager=operator-status&force=true")
    }

    @Test("A Secret's text tells nothing of its values")
    func secret() throws {
        let secret = try decode(
            Secret.self, #"{"metadata":{"name":"s","namespace":"n"},"data":{"password":"aHVudGVyMg=="}}"#)
        #expect(secret.data?["password"] == Data("hunter2".utf8))
        var dump = ""
        Swift.dump(secret, to: &dump)
        for text in ["\(secret)", String(reflecting: secret), dump] {
            #expect(!text.contains("hunter2") && !text.contains("aHVud"))
        }
    }

    @Test("A dynamic object keeps every field, also while its metadata change")
    func dynamicObject() throws {
        let json = """
            {"apiVersion":"v1","kind":"Odd","metadata":{"annotations":{"a":"b"},"futureField":{"x":[1,2.5,null,true]},\
            "labels":{"l":"m"},"name":"o","resourceVersion":"9007199254740993"},"spec":{"big":9223372036854775807,"f":1.5}}
            """
        var object = try decode(DynamicObject.self, json)
        #expect(try text(of: object) == json)
        object.metadata.labels = [:]
        object.metadata.annotations["c"] = "d"
        object["spec", "new", "deep"] = 1
        #expect(object["spec", "new", "deep"] == 1)
        let written = try text(of: object)
        #expect(written.contains(#""futureField":{"x":[1,2.5,null,true]}"#))
        #expect(written.contains(#""annotations":{"a":"b","c":"d"}"#))
        #expect(!written.contains("labels"))
        #expect(written.contains(#""big":9223372036854775807"#))
    }

    @Test("A condition keeps the time of its transition while its status stays")
    func conditions() {
        var conditions: [Condition] = []
        conditions.set(Condition("Ready", true, reason: "A", at: Timestamp(seconds: 1)))
        conditions.set(Condition("Ready", true, reason: "B", at: Timestamp(seconds: 2)))
        #expect(conditions["Ready"]?.reason == "B")
        #expect(conditions["Ready"]?.lastTransitionTime == Timestamp(seconds: 1))
        conditions.set(Condition("Ready", false, reason: "C", at: Timestamp(seconds: 3)))
        #expect(conditions["Ready"]?.lastTransitionTime == Timestamp(seconds: 3))
        #expect(conditions.count == 1)
    }

    @Test("One object of another form takes nothing from the rest of a list")
    func unreadable() throws {
        let list = try decode(
            ObjectList<KeepalivedGroup>.self,
            """
            {"metadata":{"resourceVersion":"5","continue":""},"items":[
            {"metadata":{"name":"a","namespace":"n"},"spec":{"interface":"eth0"}},
            {"metadata":{"name":"b","namespace":"n"},"spec":{"interface":7}},
            {"metadata":{"name":"c","namespace":"n"}}, 17]}
            """)
        #expect(list.items.map(\.metadata.name) == ["a", "c"])
        #expect(list.unreadable.map(\.metadata.name) == ["b", ""])
        #expect(list.unreadable[0].description == "n/b cannot be read: .items[1].spec.interface: this is no String")
        #expect(list.continueToken == nil)
        #expect(try decode(ObjectList<Service>.self, #"{"metadata":{},"items":null}"#).items.isEmpty)
    }
}

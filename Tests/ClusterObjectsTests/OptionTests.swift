import ClusterObjects
import Testing
import VRRP
import VRRPEngine

@Suite("Options of keepalived that people write") struct OptionTests {
    @Test("An option of the router itself is applied")
    func accepted() throws {
        let options = ServiceOptions(#"{"advert_int": "0.5", "garp_master_delay": "3", "nopreempt": ""}"#)
        #expect(options.refusals.isEmpty)
        var router = try definition()
        router.preemption = .immediate
        let isApplied = router.apply(options: options.accepted)
        #expect(isApplied)
        #expect(router.advertisementInterval == AdvertisementInterval(centiseconds: 50))
        #expect(router.preemption == .never)
        #expect(router.announcements.afterBecomingActive.contains(.seconds(3)))
    }

    @Test("What nobody asked for stays as it was")
    func untouched() throws {
        var router = try definition()
        router.announcements.refreshRounds = 7
        router.acceptMode = false
        let before = router
        let isApplied = router.apply(options: ["advert_int": "2"])
        #expect(isApplied)
        #expect(router.advertisementInterval == AdvertisementInterval(centiseconds: 200))
        router.advertisementInterval = before.advertisementInterval
        #expect(router == before)
    }

    @Test(
        "An option that is not applied has a reason",
        arguments: [
            (
                #"{"notify_master": "/bin/rm -rf /"}"#,
                "notify_master is not applied, because it would run a program on the nodes"
            ),
            (#"{"virtual_router_id": "7"}"#, "virtual_router_id is not applied, because the operator decides it"),
            (#"{"interface": "eth1"}"#, "interface is not applied, because the operator decides it"),
            (
                #"{"promote_secondaries": ""}"#,
                "promote_secondaries is not applied, because it would change more than the virtual router"
            ),
            (#"{"advert_in": "1"}"#, "advert_in is no keyword of vrrp_instance; is advert_int meant?"),
            (
                #"{"garp_master_repeat": "50"}"#,
                "garp_master_repeat: \"50\" is not allowed; allowed is at most 20 announcements at once, and a refresh every second"
            ),
            (
                #"{"advert_int": "1\n} vrrp_script x { script /bin/sh"}"#,
                "advert_int has a keyword or a value that does not fit into a line of keepalived.conf"
            ),
            (
                #"{"advert_int": "1 } x {"}"#,
                "advert_int has a keyword or a value that does not fit into a line of keepalived.conf"
            ),
            (#"{"advert_int": 1}"#, "verbatimconfig is not a JSON object whose values are texts"),
            ("advert_int 1", "verbatimconfig is not a JSON object whose values are texts"),
        ])
    func refused(annotation: String, sentence: String) {
        let options = ServiceOptions(annotation)
        #expect(options.accepted.isEmpty)
        #expect(options.refusals.map(\.description) == [sentence])
    }

    @Test("What an older operator has let through of the whole interface has no effect on a node")
    func wholeInterface() throws {
        var router = try definition()
        let before = router
        let isApplied = router.apply(options: ["promote_secondaries": ""])
        #expect(isApplied && router == before)
    }

    @Test("One option that is refused does not take another with it")
    func others() {
        let options = ServiceOptions(#"{"advert_int": "1", "notify": "x"}"#)
        #expect(options.accepted == ["advert_int": "1"])
        #expect(options.refusals.count == 1)
    }

    @Test("A wrong value is refused in the words of the reader, without a place that is made up")
    func wrongValue() throws {
        let refusal = try #require(ServiceOptions(["advert_int": "many"]).refusals.first)
        #expect(refusal.description.hasPrefix("advert_int: many is not allowed"))
    }

    @Test("What a group says of all instances is said of each router")
    func group() {
        let options = GroupOptions([
            "vrrp_version": "3", "vrrp_garp_master_refresh": "30", "script_user": "root", "vrrp_iptables": "x",
        ])
        #expect(options.version == .v3)
        #expect(options.accepted == ["garp_master_refresh": "30"])
        #expect(options.refusals.map(\.keyword) == ["script_user", "vrrp_iptables"])
    }

    @Test("More options than anybody needs are none")
    func tooMany() {
        let options = ServiceOptions(Dictionary(uniqueKeysWithValues: (0..<65).map { ("advert_int\($0)", "1") }))
        #expect(options.accepted.isEmpty)
        #expect(options.refusals.map(\.description) == ["there are more than 64 options"])
    }

    private func definition() throws -> VirtualRouterDefinition {
        VirtualRouterDefinition(
            name: "router", interface: "eth0", family: .ipv4,
            virtualRouterID: try #require(VirtualRouterID(rawValue: 1)),
            addresses: [VirtualAddress(try #require(IPAddress("192.0.2.1")))])
    }
}

import ClusterObjects
import Testing
import VIPPlanning
import VRRP

@Suite("The text that remembers groups which were deleted")
struct DepartedGroupsRecordTests {
    private func identifier(_ number: UInt8) -> VirtualRouterID { VirtualRouterID(rawValue: number)! }

    @Test("It reads back as it was written, with the names of fields that people know")
    func written() throws {
        let groups = [
            DepartedGroup(
                interface: .named("eth0"), nodes: ["b", "a"], quarantine: [identifier(255): 600, identifier(7): 1]),
            DepartedGroup(
                interface: .towards(IPAddress("2001:db8::1")!), nodes: [], quarantine: [identifier(1): 1_800_000_000]),
        ]
        let text = DepartedGroupsRecord.text(of: groups)
        #expect(
            text == #"[{"interface":"eth0","nodes":["a","b"],"#
                + #""quarantinedRouterIDs":{"7":"1970-01-01T00:00:01Z","255":"1970-01-01T00:10:00Z"}},"#
                + #"{"interfaceFromIP":"2001:db8::1","nodes":[],"quarantinedRouterIDs":{"1":"2027-01-15T08:00:00Z"}}]"#)
        #expect(try DepartedGroupsRecord.groups(in: text) == groups)
        #expect(DepartedGroupsRecord.text(of: []) == "[]")
        #expect(try DepartedGroupsRecord.groups(in: "[]").isEmpty)
    }

    @Test("Of too many groups for one ConfigMap the last ones are kept, in their order")
    func tooMany() throws {
        let nodes = Set((0..<254).map { "\($0)." + String(repeating: "x", count: 240) })
        let groups = (1...64).map { number in
            DepartedGroup(interface: .named("eth\(number)"), nodes: nodes, quarantine: [identifier(1): 600])
        }
        let text = DepartedGroupsRecord.text(of: groups)
        #expect(text.utf8.count <= 768 << 10)
        let kept = try DepartedGroupsRecord.groups(in: text)
        #expect(kept.count >= 10 && kept == groups.suffix(kept.count))
    }

    @Test("A later version may say more")
    func unknownMember() throws {
        let text = #"[{"interface":"eth0","nodes":["a"],"reason":"deleted","quarantinedRouterIDs":{}}]"#
        #expect(
            try DepartedGroupsRecord.groups(in: text)
                == [DepartedGroup(interface: .named("eth0"), nodes: ["a"], quarantine: [:])])
    }

    @Test(
        "What somebody has put in its place is refused with the reason",
        arguments: [
            ("", "expected a value, found the end of the text"),
            ("{}", "allowed is an array"),
            (#"[{"nodes":[],"quarantinedRouterIDs":{}}]"#, "names no interface"),
            (#"[{"interface":"a/b","nodes":[],"quarantinedRouterIDs":{}}]"#, "names no interface"),
            (#"[{"interfaceFromIP":"here","nodes":[],"quarantinedRouterIDs":{}}]"#, "allowed is an IP address"),
            (#"[{"interface":"eth0","quarantinedRouterIDs":{}}]"#, "[0].nodes is missing"),
            (
                #"[{"interface":"eth0","nodes":[1],"quarantinedRouterIDs":{}}]"#,
                "[0].nodes[0] is 1; allowed is a string"
            ),
            (
                #"[{"interface":"eth0","nodes":[],"quarantinedRouterIDs":{"0":"2027-01-15T08:00:00Z"}}]"#,
                "its name must be a number from 1 to 255"
            ),
            (
                #"[{"interface":"eth0","nodes":[],"quarantinedRouterIDs":{"256":"2027-01-15T08:00:00Z"}}]"#,
                "its name must be a number from 1 to 255"
            ),
            (
                #"[{"interface":"eth0","nodes":[],"quarantinedRouterIDs":{"1":"later"}}]"#,
                "allowed is a time of the form 2026-01-31T09:30:00Z"
            ),
            ("[" + String(repeating: " ", count: 768 << 10) + "]", "786432"),
        ] as [(String, String)])
    func refused(text: String, reason: String) {
        let error = #expect(throws: (any Error).self) { _ = try DepartedGroupsRecord.groups(in: text) }
        #expect("\(error.map { "\($0)" } ?? "")".contains(reason), "\(error.map { "\($0)" } ?? "")")
    }
}

import Glibc
import Testing
import VRRPEngine

@testable import KeepalivedCompatibility

@Suite("The file of a container for IP failover")
struct FailoverFileTests {
    private static let folder =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Fixtures/ipfailover"

    static let names = [
        "defaults", "documented", "documented-other-node", "nopreempt-unicast", "customised", "many-addresses",
        "excluded-identifiers", "both-families", "ipv6-node", "no-addresses",
    ]

    private static func text(_ name: String) throws -> String {
        String(decoding: try FileSystemSource().read("\(folder)/\(name)").octets, as: UTF8.self)
    }

    /// The plan for a node and an environment that stand in a file.
    private static func plan(_ name: String) throws -> FailoverPlan {
        var node = NodeFacts(interfaces: [], outwardInterface: nil)
        var environment: [String: String] = [:]
        for line in try text("\(name).env").split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ").map(String.init)
            switch words[0] {
            case "interface":
                let index = Int32(node.interfaces.count + 2)
                node.interfaces.append(try .interface(words[1], Array(words.dropFirst(2)), index: index))
            case "outward": node.outwardInterface = words[1]
            default:
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else { throw Malformed(text: String(line)) }
                environment[String(parts[0])] = String(parts[1])
            }
        }
        return try FailoverPlan(environment: environment, node: node)
    }

    @Test("Each environment gives its file, which VRRP_WRITE_FIXTURES=1 writes anew", arguments: names)
    func golden(name: String) throws {
        let plan = try Self.plan(name)
        if getenv("VRRP_WRITE_FIXTURES") != nil {
            let file = try #require(fopen("\(Self.folder)/\(name).conf", "w"))
            fputs(plan.configuration, file)
            fclose(file)
        }
        #expect(plan.configuration == (try Self.text("\(name).conf")))
    }

    /// Keywords of the file that concern people and programs, and not the election.
    private static let notifications: Set<String> = [
        "max_auto_priority", "notification_email", "notification_email_from", "smtp_server", "smtp_connect_timeout",
        "notify",
    ]

    @Test("Each file is read without an error, and without a warning that is not expected", arguments: names)
    func isRead(name: String) throws {
        let plan = try Self.plan(name)
        let configuration = try load(plan.configuration)
        let unexpected = configuration.diagnostics.filter { diagnostic in
            if diagnostic.severity == .warning, Self.notifications.contains(diagnostic.keyword ?? "") { return false }
            // The addresses of IPv6 are those that the administrator wants; a link-local one is not for this to make up.
            return !diagnostic.description.contains("link-local")
        }
        #expect(unexpected == [])
        #expect(throws: Never.self) { try configuration.definitions.validate() }
        let addresses = configuration.definitions.virtualRouters.flatMap { $0.addresses.map(\.address) }
        #expect(Set(addresses) == Set(plan.addresses))
        #expect(addresses.count == plan.addresses.count)
        #expect(configuration.definitions.virtualRouters.allSatisfy { $0.interface == plan.interface })
    }

    @Test(
        "The real keepalived takes each file",
        .enabled(if: KeepalivedCheck.isPossible, "needs root, keepalived and an interface"),
        arguments: names)
    func keepalivedTakesIt(name: String) throws {
        let plan = try Self.plan(name)
        let folder = try Folder()
        let interface = try #require(KeepalivedCheck.interface)
        // It looks for the interface and for the scripts.
        let text = plan.configuration.replacing(" \(plan.interface)\n", with: " \(interface)\n")
            .replacing("/etc/keepalive/mycheckscript.sh", with: "/bin/true")
            .replacing("/etc/keepalive/mynotifyscript.sh", with: "/bin/true")
        folder.write(text, to: "k.conf")
        let check = KeepalivedCheck(folder: folder.path, configurationID: "node")
        // Scripts run as root, as in the original, and it says so.
        let complaints = check.output.split(separator: "\n").filter { !$0.contains("SECURITY VIOLATION") }
        #expect(complaints == [])
        #expect(Verdict(exitStatus: try #require(check.exitStatus), output: check.output) != .refused)
    }

    @Test("An excluded identifier is nowhere in the file")
    func excluded() throws {
        let plan = try failoverPlan([
            "OPENSHIFT_HA_VRRP_ID_OFFSET": "8", "HA_EXCLUDED_VRRP_IDS": "9",
            "OPENSHIFT_HA_VIRTUAL_IPS": "192.0.2.100-102",
        ])
        #expect(plan.values(of: "virtual_router_id") == ["10", "11", "12"])
    }
}

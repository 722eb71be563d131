import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

extension NodeFacts {
    /// A node with the one interface `eth0`, which leads to the world.
    static func node(_ addresses: String...) throws -> NodeFacts {
        NodeFacts(interfaces: [try .interface("eth0", addresses)], outwardInterface: "eth0")
    }
}

extension HostInterface {
    /// An interface with addresses as `ip address` writes them.
    static func interface(_ name: String, _ addresses: [String], index: Int32 = 2) throws -> HostInterface {
        var interface = HostInterface(index: index, name: name, isRunning: true, macAddress: nil)
        interface.addresses = try addresses.map { text in
            let parts = text.split(separator: "/")
            guard parts.count == 2, let address = IPAddress(parts[0]), let length = UInt8(parts[1]) else {
                throw Malformed(text: text)
            }
            return HostAddress(address, prefixLength: length)
        }
        return interface
    }
}

/// A text of a test that is not what it should be.
struct Malformed: Error {
    let text: String
}

/// The plan for an environment on the node 192.0.2.10, with one address unless the environment says otherwise.
func failoverPlan(_ environment: [String: String], on node: NodeFacts? = nil) throws -> FailoverPlan {
    try FailoverPlan(
        environment: ["OPENSHIFT_HA_VIRTUAL_IPS": "192.0.2.100"].merging(environment) { $1 },
        node: try node ?? .node("192.0.2.10/24"))
}

/// What is wrong with an environment, a sentence each; empty where it can be used.
func failoverProblems(_ environment: [String: String], on node: NodeFacts? = nil) throws -> [String] {
    do {
        _ = try failoverPlan(environment, on: node)
        return []
    } catch let error as EnvironmentError {
        return error.problems.map(\.description)
    }
}

extension FailoverPlan {
    /// The lines of the configuration without blanks around them.
    var lines: [String] { configuration.split(separator: "\n").map { String($0.drop { $0 == " " }) } }

    /// The values of a keyword, in order.
    func values(of keyword: String) -> [String] {
        lines.filter { $0.hasPrefix("\(keyword) ") }.map { String($0.dropFirst(keyword.count + 1)) }
    }
}

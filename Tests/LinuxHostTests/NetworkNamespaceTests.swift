import Glibc
import NetworkLab
import Testing

@testable import LinuxHost
import enum LinuxHost.NetworkNamespace

@Suite("Network namespaces", .needs([.root]))
struct NetworkNamespaceTests {
    /// What happens to a thread of its own that enters a namespace, and the interfaces that it sees then.
    private func outcome(ofEntering name: String, keeping capabilities: [Capability]? = nil) async throws
        -> (failure: NetworkNamespace.Failure?, interfaces: String)
    {
        try await Namespace.onOwnThread {
            if let capabilities { try Capabilities.drop(keeping: capabilities) }
            var failure: NetworkNamespace.Failure?
            do throws(NetworkNamespace.Failure) { try NetworkNamespace.enter(name) } catch { failure = error }
            return (failure, try shell("ip -o link show"))
        }
    }

    @Test("A namespace is entered by its name and by its path")
    func enter() async throws {
        let name = "vrrpd-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        try shell("ip netns add \(name) && ip -n \(name) link add marker type veth peer name other")
        defer { _ = try? shell("ip netns delete \(name)") }
        for text in [name, "/run/netns/\(name)"] {
            let (failure, interfaces) = try await outcome(ofEntering: text)
            #expect(failure == nil)
            #expect(interfaces.contains("marker@other"))
        }
    }

    @Test("What is no namespace is refused with a sentence")
    func refused() async throws {
        let missing = try await outcome(ofEntering: "no-such-namespace")
        #expect(missing.failure == .missing(path: "/run/netns/no-such-namespace"))
        #expect(missing.failure?.description == "there is no network namespace /run/netns/no-such-namespace")
        for path in ["/etc/passwd", "/proc/self/ns/uts", "/dev/null", "/run"] {
            #expect(try await outcome(ofEntering: path).failure == .notANamespace(path: path))
        }
    }

    @Test("The right that is missing is named")
    func privilege() async throws {
        let failure = try await outcome(ofEntering: "/proc/self/ns/net", keeping: [.networkAdministration]).failure
        #expect(
            failure?.description
                == "CAP_SYS_ADMIN is missing, which is needed to enter a network namespace: run as root or grant the"
                + " capability")
    }
}

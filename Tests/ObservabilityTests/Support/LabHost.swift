import Foundation
import NetworkLab
import Testing
import class NetworkLab.Host

/// A host of a lab with the real `vrrpd` and `vrrp-agent`, whose virtual routers come from a folder of manifests.
struct LabHost {
    let host: NetworkLab.Host
    /// Both live as long as they are held.
    private let agent: LabProcess
    private let daemon: LabProcess

    /// Where the agent serves its page, for a browser on the same host.
    static let page = "http://127.0.0.1:9650/"

    /// Starts both programs.
    ///
    /// - Parameter number: the last octet of the host's own address; its name is `node` and this number.
    init(_ lab: Lab, _ number: Int, manifests: String) async throws {
        host = try await lab.host("node\(number)", addresses: ["192.0.2.\(number)/24", "2001:db8::\(number)/64"])
        let state = "\(host.directory)/state"
        try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
        agent = try await host.start(
            Programs.vrrpAgent,
            [
                "--manifests", manifests, "--node", host.name, "--state-directory", state, "--control-socket",
                "/run/vrrpd.sock", "--metrics-address", "127.0.0.1:9650",
            ])
        let definitions = "\(state)/definitions.json"
        let end = ContinuousClock.now + .seconds(20)
        while !FileManager.default.fileExists(atPath: definitions) {
            guard ContinuousClock.now < end else {
                throw LabError.timedOut(waitingFor: definitions, within: .seconds(20), context: agent.output)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        daemon = try await host.start(
            Programs.vrrpd,
            [
                "-n", "-l", "-p", "/run/vrrpd.pid", "--control-socket", "/run/vrrpd.sock", "--definitions", definitions,
            ])
    }

    /// Whether the kernel has the address on the interface.
    func holds(_ address: String) async throws -> Bool {
        try await host.addresses().contains { $0.prefix { $0 != "/" } == address }
    }
}

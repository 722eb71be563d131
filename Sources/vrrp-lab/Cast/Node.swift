import Foundation
import NetworkLab
import VRRP
import class NetworkLab.Host

/// One of the three hosts, with its vrrpd, maybe an agent, and what these have said so far.
final class Node {
    let name: String
    let host: Host
    /// The Ethernet address of its interface, which announcements come from.
    let hardwareAddress: MACAddress
    /// The addresses that its adverts come from, IPv4 and IPv6.
    let ownAddresses: [IPAddress]

    /// The running vrrpd; nil while there is none.
    private(set) var daemon: LabProcess?
    /// The running agent; nil while there is none.
    private(set) var agent: LabProcess?
    /// All of both that were ever started.
    private(set) var processes: [LabProcess] = []
    /// The state of each virtual router, by its name.
    private(set) var states: [String: RouterState] = [:]
    /// Whether the host has its interface.
    var hasPower = true
    private var lastDaemon: LabProcess?
    private var linesRead = 0

    init(name: String, host: Host, interface: InterfaceDefinition) {
        self.name = name
        self.host = host
        hardwareAddress = interface.hardwareAddress
        ownAddresses = interface.addresses.compactMap { IPAddress($0.prefix { $0 != "/" }) }
    }

    /// Starts vrrpd with the lines of the configuration that are this host's.
    func start(configuration: String) async throws { try await startDaemon(["-i", name, "-f", configuration]) }

    /// Starts an agent that reads a folder of manifests.
    func startAgent(manifests: String) async throws {
        let directory = "\(host.directory)/state"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let process = try await host.start(
            Programs.vrrpAgent,
            [
                "--manifests", manifests, "--node", name, "--state-directory", directory,
                "--control-socket", Self.controlSocket, "--metrics-address", "127.0.0.1:9650",
            ])
        agent = process
        processes.append(process)
        definitions = "\(directory)/definitions.json"
    }

    /// Starts vrrpd with the definitions that the agent has written.
    func startDaemon() async throws {
        guard let definitions else { preconditionFailure("the agent comes first") }
        try await startDaemon(["--definitions", definitions])
    }

    /// The file of definitions that the agent writes; nil without an agent.
    private(set) var definitions: String?

    private static let controlSocket = "/run/vrrpd.sock"

    private func startDaemon(_ configuration: [String]) async throws {
        let process = try await host.start(
            Programs.vrrpd,
            ["-n", "-l", "-D", "-p", "/run/vrrpd.pid", "--control-socket", Self.controlSocket] + configuration)
        daemon = process
        lastDaemon = process
        processes.append(process)
        states = [:]
        linesRead = 0
    }

    /// Sends vrrpd a signal that ends it, and returns it; its end is no accident from now on. An agent goes with it.
    func dismissDaemon(by signal: Int32) -> LabProcess? {
        agent?.signal(signal)
        agent = nil
        let process = daemon
        daemon = nil
        process?.signal(signal)
        return process
    }

    /// What vrrpd has logged about changes of state since this was asked last, and notes them.
    func newTransitions(of routers: [FloatingRouter]) -> [(time: Timestamp, transition: Transition)] {
        // What is not asked for yet is left for later.
        guard !routers.isEmpty, let lines = lastDaemon?.lines.entries() else { return [] }
        let news = lines[linesRead...].compactMap { line in
            Transition(logLine: line.text, of: routers).map { (line.time, $0) }
        }
        linesRead = lines.count
        for (_, transition) in news { states[transition.router] = transition.to }
        return news
    }

    /// Whether the kernel of the host has the address on its interface.
    func holds(_ address: IPAddress) async throws -> Bool {
        guard hasPower else { return false }
        return try await host.addresses().contains { IPAddress($0.prefix { $0 != "/" }) == address }
    }
}

import NetworkLab
import VRRP

/// One of the three hosts, with its vrrpd and what that has said so far.
final class Node {
    let name: String
    let host: Host
    /// The Ethernet address of its interface, which announcements come from.
    let hardwareAddress: MACAddress
    /// The addresses that its adverts come from, IPv4 and IPv6.
    let ownAddresses: [IPAddress]

    /// The running vrrpd; nil while there is none.
    private(set) var daemon: LabProcess?
    /// All that were ever started.
    private(set) var daemons: [LabProcess] = []
    /// The state of each virtual router, by its name.
    private(set) var states: [String: RouterState] = [:]
    /// Whether the host has its interface.
    var hasPower = true
    private var linesRead = 0

    init(name: String, host: Host, interface: InterfaceDefinition) {
        self.name = name
        self.host = host
        hardwareAddress = interface.hardwareAddress
        ownAddresses = interface.addresses.compactMap { IPAddress($0.prefix { $0 != "/" }) }
    }

    /// Starts vrrpd with the lines of the configuration that are this host's.
    func start(configuration: String) async throws {
        let process = try await host.start(
            Programs.vrrpd,
            [
                "-n", "-l", "-D", "-i", name, "-f", configuration, "-p", "/run/vrrpd.pid",
                "--control-socket", "/run/vrrpd.sock",
            ])
        daemon = process
        daemons.append(process)
        states = [:]
        linesRead = 0
    }

    /// Sends vrrpd a signal that ends it, and returns it; its end is no accident from now on.
    func dismissDaemon(by signal: Int32) -> LabProcess? {
        let process = daemon
        daemon = nil
        process?.signal(signal)
        return process
    }

    /// What vrrpd has logged about changes of state since this was asked last, and notes them.
    func newTransitions() -> [(time: Timestamp, transition: Transition)] {
        guard let lines = daemons.last?.lines.entries() else { return [] }
        let news = lines[linesRead...].compactMap { line in
            Transition(logLine: line.text).map { (line.time, $0) }
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

import NetworkLab
import Synchronization
import VRRP

/// Two nodes that both run a daemon, and a client, on one or more segments.
final class Bed: Sendable {
    let lab: Lab
    /// The node that is to be active, and the one that waits.
    let nodes: [NetworkLab.Host]
    let client: NetworkLab.Host?
    /// All daemons that were started: they live for as long as the network, unless they are killed.
    private let daemons = Mutex<[RunningDaemon]>([])

    private init(lab: Lab, nodes: [NetworkLab.Host], client: NetworkLab.Host?) {
        self.lab = lab
        self.nodes = nodes
        self.client = client
    }

    /// The Ethernet address of a node's first interface, from which it sends.
    static let hardwareAddresses = [
        MACAddress(rawValue: 0x02_00_00_00_0a_00), MACAddress(rawValue: 0x02_00_00_00_0b_00),
    ]
    /// The priorities of the nodes.
    static let priorities: [UInt8] = [150, 100]

    /// Builds the network, lets `body` use it, and takes it down.
    ///
    /// - Parameters:
    ///   - interfaces: how many interfaces each node has; each pair has a segment of its own.
    ///   - hasClient: whether there is a third host; what the nodes send then costs more, because the bridge copies it.
    static func with<Result: Sendable>(
        interfaces: Int = 1, hasClient: Bool = false, _ body: (Bed) async throws -> Result
    ) async throws -> Result {
        try await Lab.with { lab in
            var nodes: [NetworkLab.Host] = []
            for (place, hardwareAddress) in hardwareAddresses.enumerated() {
                let host = try await lab.host(
                    ["a", "b"][place], addresses: ["10.0.0.\(place + 1)/8"],
                    options: HostOptions(hardwareAddress: hardwareAddress))
                nodes.append(host)
            }
            for number in 1..<max(1, interfaces) {
                try await lab.addSegment("lan\(number)")
                for (place, host) in nodes.enumerated() {
                    let hardwareAddress = MACAddress(rawValue: hardwareAddresses[place].rawValue | UInt64(number))
                    try await lab.addInterface(
                        "eth\(number)", to: host, addresses: ["10.\(number).0.\(place + 1)/16"],
                        segment: "lan\(number)", hardwareAddress)
                }
            }
            let client = hasClient ? try await lab.host("client", addresses: ["10.0.0.9/8"]) : nil
            return try await body(Bed(lab: lab, nodes: nodes, client: client))
        }
    }

    /// Starts a daemon on one of the nodes, with the node's priority.
    func start(_ contestant: Contestant, on node: Int, _ routers: RouterSet) async throws -> RunningDaemon {
        let daemon = try await RunningDaemon.start(
            contestant, on: nodes[node], routers.with(priority: Self.priorities[node]).text)
        daemons.withLock { $0.append(daemon) }
        return daemon
    }

    /// Starts a daemon on both nodes at once.
    func start(_ contestant: Contestant, _ routers: RouterSet) async throws -> [RunningDaemon] {
        async let first = start(contestant, on: 0, routers)
        async let second = start(contestant, on: 1, routers)
        return [try await first, try await second]
    }

    /// Listens to the first segment, for adverts and announcements alone.
    func listen() async throws -> WireLog {
        WireLog(try await lab.tap { $0.isARP || WireEvent($0) != nil })
    }
}

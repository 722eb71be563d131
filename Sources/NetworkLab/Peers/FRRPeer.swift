import Foundation

/// FRR's vrrpd, with the zebra that it needs, on a host of the lab.
public final class FRRPeer: Sendable {
    /// The states of a virtual router, as FRR names them in its log.
    public enum State: String, Sendable {
        case initialize = "Initialize"
        case backup = "Backup"
        case master = "Master"
    }

    /// FRR's vrrpd, with its log.
    public let process: LabProcess
    private let zebra: LabProcess
    private let host: Host

    private init(process: LabProcess, zebra: LabProcess, host: Host) {
        self.process = process
        self.zebra = zebra
        self.host = host
    }

    /// What must be there to run one.
    public static let prerequisites = Prerequisite.lab + [.macvlan, .frr]

    /// Makes the devices with the virtual MAC addresses and starts zebra and vrrpd.
    ///
    /// On a host where they ran before, it makes the devices anew.
    ///
    /// - Parameter interface: where all of `routers` run.
    public static func start(
        on host: Host, interface: String = "eth0", routers: [FRRVirtualRouter]
    ) async throws -> FRRPeer {
        let (index, leftovers) = try await host.namespace.perform {
            let index = Int(if_nametoindex(interface))
            return (index, routers.map { $0.device(on: index) }.filter { if_nametoindex($0) != 0 })
        }
        let commands =
            leftovers.map { "link del dev \($0)" }
            + routers.flatMap { $0.deviceCommands(interface: interface, index: index) }
        try await host.run("ip", ["-batch", "-"], input: commands.joined(separator: "\n") + "\n")

        let directory = "\(host.directory)/frr"
        // The daemons become the user frr, as they do in production.
        try FileManager.default.createDirectory(
            atPath: "\(host.runDirectory)/frr", withIntermediateDirectories: true,
            attributes: [.ownerAccountName: "frr", .groupOwnerAccountName: "frr"])
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try "log stdout debugging\n".write(toFile: "\(directory)/zebra.conf", atomically: true, encoding: .utf8)
        try configuration(interface: interface, routers: routers)
            .write(toFile: "\(directory)/vrrpd.conf", atomically: true, encoding: .utf8)

        // The socket of a zebra that was killed would be taken for that of the new one.
        try? FileManager.default.removeItem(atPath: "\(host.runDirectory)/frr/zserv.api")
        let zebra = try await start("zebra", on: host, directory: directory)
        try await waitForFile("\(host.runDirectory)/frr/zserv.api", of: zebra)
        let vrrpd = try await start("vrrpd", on: host, directory: directory)
        return FRRPeer(process: vrrpd, zebra: zebra, host: host)
    }

    /// Waits until the virtual router that is being watched enters a state; a state entered before `position` does
    /// not count.
    public func waitForState(
        _ state: State, after position: Journal<LabProcess.Line>.Position = .start, within timeout: Duration
    ) async throws {
        try await process.waitForLine(containing: "-> \(state.rawValue)", after: position, within: timeout)
    }

    /// What `show vrrp json` answers.
    public func status() async throws -> String {
        try await host.run("vtysh", ["--vty_socket", "/run/frr", "-d", "vrrpd", "-c", "show vrrp json"])
    }

    /// Lets vrrpd give its addresses up and end, and zebra after it.
    public func stop() async throws {
        for program in [process, zebra] {
            program.signal(SIGTERM)
            _ = try await program.waitForExit(within: .seconds(10))
        }
    }

    /// Kills vrrpd and zebra at once: nobody is told.
    public func kill() {
        process.killSession()
        zebra.killSession()
    }

    private static func start(_ daemon: String, on host: Host, directory: String) async throws -> LabProcess {
        try await host.start(
            "\(Programs.frrDirectory)/\(daemon)",
            [
                "--vty_socket", "/run/frr", "-z", "/run/frr/zserv.api", "-f", "\(directory)/\(daemon).conf", "-i",
                "/run/frr/\(daemon).pid", "-P", "0", "--log", "stdout", "--log-level", "debug",
            ])
    }

    private static func waitForFile(_ path: String, of process: LabProcess) async throws {
        let start = ContinuousClock.now
        while !FileManager.default.fileExists(atPath: path) {
            guard start.duration(to: .now) < .seconds(10), process.exitStatus == nil else {
                throw LabError.timedOut(waitingFor: "file \(path)", within: .seconds(10), context: process.output)
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    private static func configuration(interface: String, routers: [FRRVirtualRouter]) -> String {
        let lines = routers.flatMap(\.configuration).map { " \($0)" }
        return (["log stdout debugging", "debug vrrp", "!", "interface \(interface)"] + lines + ["!", ""])
            .joined(separator: "\n")
    }
}

import ArgumentParser
import ControlProtocol
import Glibc
import JSONDocument
import VRRP

/// `vrrpctl drain`.
struct DrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain", abstract: "Hands all virtual routers of this node over to others, and keeps them there.",
        discussion: """
            Each address stays here until another node has it. A drained node takes over only what no other node has; an \
            address that no other node takes stays. It lasts until vrrpctl undrain or a restart of vrrpd, over reloads.
            """)

    @Option(
        help: ArgumentHelp(
            "Wait so long for all of them to be elsewhere; the exit status is 1 where they are not.",
            valueName: "seconds"))
    var wait: Int?

    @Flag(help: "Print what came of it as one JSON object.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func validate() throws {
        if let wait, !(0...86_400).contains(wait) { throw ValidationError("--wait is 0 to 86400 seconds") }
    }

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        var outcome = try client.setDrained(true)
        if let wait { try follow(&outcome, until: .now + .seconds(wait), &client) }
        report(outcome)
        if wait != nil, !outcome.holding.isEmpty { throw ExitCode.failure }
    }

    /// Asks again until everything has left that can, or the time is over, however long an answer takes.
    private func follow(
        _ outcome: inout DrainOutcome, until end: ContinuousClock.Instant, _ client: inout ControlClient
    ) throws {
        while !outcome.isOver {
            usleep(100_000)
            let left = end - .now
            guard left > .zero else { return }
            do throws(ControlClientError) {
                outcome = try client.drained(timeout: .milliseconds(max(Int64(left / .milliseconds(1)), 1)))
            } catch .timedOut {
                return
            }
            guard outcome.isDrained else { throw ControlClientError.refused("the node is not drained any more") }
        }
    }

    private func report(_ outcome: DrainOutcome) {
        if json { return print(outcome.json.text(pretty: true)) }
        guard !outcome.holding.isEmpty else { return print("Drained: this node holds no address.") }
        if !outcome.keeping.isEmpty {
            let names = outcome.keeping.joined(separator: ", ")
            print("Kept: \(names), because an address of each, or of its sync group, is the node's own.")
        }
        guard !outcome.isOver else { return }
        let leaving = outcome.holding.filter { !outcome.keeping.contains($0) }
        print("Draining: this node still holds \(leaving.joined(separator: ", ")).")
        print("vrrpctl explain says why, vrrpctl watch shows how they go.")
    }
}

/// `vrrpctl undrain`.
struct UndrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undrain", abstract: "Lets the virtual routers of this node take part again as they are defined.")

    @Flag(help: "Print what came of it as one JSON object.")
    var json = false

    @OptionGroup var controlSocket: ControlSocketOption

    func run() throws {
        var client = try ControlClient(path: controlSocket.path)
        let outcome = try client.setDrained(false)
        print(json ? outcome.json.text(pretty: true) : "This node takes part again.")
    }
}

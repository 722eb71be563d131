import ArgumentParser
import ControlProtocol

/// `vrrp-agent`: one a node, beside vrrpd.
@main
struct VRRPAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrp-agent",
        abstract: "Turns virtual routers into definitions for the vrrpd of this node, and tells what it does.",
        version: programVersion, subcommands: [RunCommand.self, PlanCommand.self], defaultSubcommand: RunCommand.self)
}

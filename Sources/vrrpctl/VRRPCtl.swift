import ArgumentParser
import ControlProtocol

/// What a person types to see what vrrpd does.
@main
struct VRRPCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrpctl", abstract: "Shows what vrrpd does, and what it would make of a packet.",
        version: programVersion,
        subcommands: [
            StatusCommand.self, WatchCommand.self, ReloadCommand.self, TrackCommand.self, DecodeCommand.self,
        ])
}

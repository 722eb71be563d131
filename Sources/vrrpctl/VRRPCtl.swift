import ArgumentParser
import ControlProtocol

/// What a person types to see what vrrpd does, and to tell it what to do.
@main
struct VRRPCtl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vrrpctl", abstract: "Shows what vrrpd does and why, and tells it what to do.",
        version: programVersion, subcommands: [ManualCommand.self, CompletionsCommand.self],
        groupedSubcommands: [
            CommandGroup(
                name: "Observation",
                subcommands: [
                    StatusCommand.self, WatchCommand.self, EventsCommand.self, ExplainCommand.self, CaptureCommand.self,
                ]),
            CommandGroup(
                name: "Control",
                subcommands: [ReloadCommand.self, DrainCommand.self, UndrainCommand.self, TrackCommand.self]),
            CommandGroup(
                name: "Offline",
                subcommands: [CheckCommand.self, ConvertCommand.self, DecodeCommand.self]),
        ])
}

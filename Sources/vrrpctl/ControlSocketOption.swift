import ArgumentParser
import ControlProtocol

/// The option of every command that talks to vrrpd.
struct ControlSocketOption: ParsableArguments {
    @Option(name: .customLong("control-socket"), help: ArgumentHelp("The socket of vrrpd.", valueName: "path"))
    var path = ControlEndpoint.defaultPath
}

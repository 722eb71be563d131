import NetworkLab

/// The program around the demonstration: what it is asked for, what it needs, how it ends.
struct Program {
    private let interruption = Interruption()

    private static let help = """
        usage: vrrp-lab [--help]

        Shows a failover: three hosts in network namespaces on a bridge run vrrpd with
        deploy/examples/keepalived.conf, a fourth one pings the addresses. One host loses its
        power, comes back, and is stopped in order; what it costs is measured on the wire.

        Needs root. Takes some 20 seconds, changes nothing on this machine outside of the
        namespaces, and removes all of it at the end, also on Ctrl-C. Exit status: 0 when all
        that it shows has happened, 1 when something has not, 2 when it cannot run here.

        Environment: NO_COLOR turns colours off; VRRP_BIN_DIR names the directory of vrrpd,
        which is looked for beside vrrp-lab otherwise.

        """

    /// Runs the program to its end and returns its exit status.
    func run(arguments: [String]) async -> Int32 {
        let screen = Screen()
        switch arguments.first {
        case nil: return await demonstrate(on: screen)
        case "--help", "-h":
            screen.write(Self.help)
            return 0
        case .some(let argument):
            Screen.complain("there is no option \(argument); try vrrp-lab --help")
            return 2
        }
    }

    private func demonstrate(on screen: Screen) async -> Int32 {
        let shortcomings = Demonstration.shortcomings
        guard shortcomings.isEmpty, let configuration = ExampleConfiguration.find() else {
            for sentence in shortcomings { Screen.complain(sentence) }
            return 2
        }
        let demonstration = Task { try await Demonstration(screen: screen, configuration: configuration).run() }
        interruption.whenReceived { demonstration.cancel() }
        do {
            try await demonstration.value
            return 0
        } catch DemonstrationError.leftBehind(let things) {
            Screen.complain("\(DemonstrationError.leftBehind(things))")
            return 1
        } catch {
            if let signal = interruption.signal {
                Screen.complain("interrupted; everything is cleaned up")
                return 128 + signal
            }
            Screen.complain("\(error)")
            return 1
        }
    }
}

import NetworkLab

/// The program around the demonstration: what it is asked for, what it needs, how it ends.
struct Program {
    private let interruption = Interruption()

    private static let help = """
        usage: vrrp-lab [--help] [manifests | keepalived]

        Shows a failover: three hosts in network namespaces on a bridge share addresses, a
        fourth one pings them; what happens is measured on the wire.

        manifests   The hosts run vrrpd and vrrp-agent with the folder deploy/examples/manifests.
                    One loses its power, and manifests are edited, well and badly. The default.
        keepalived  The hosts run vrrpd with deploy/examples/keepalived.conf. One loses its
                    power, comes back, and is stopped in order.

        Needs root. Takes some 20 seconds, changes nothing on this machine outside of the
        namespaces, and removes all of it at the end, also on Ctrl-C. Exit status: 0 when all
        that it shows has happened, 1 when something has not, 2 when it cannot run here.

        Environment: NO_COLOR turns colours off; VRRP_BIN_DIR names the directory of the
        programs, which are looked for beside vrrp-lab otherwise.

        """

    /// Runs the program to its end and returns its exit status.
    func run(arguments: [String]) async -> Int32 {
        let screen = Screen()
        switch arguments.first {
        case nil: return await demonstrate(.manifests, on: screen)
        case "--help", "-h":
            screen.write(Self.help)
            return 0
        case .some(let argument):
            if let scenario = Scenario(rawValue: argument) { return await demonstrate(scenario, on: screen) }
            Screen.complain("there is no option \(argument); try vrrp-lab --help")
            return 2
        }
    }

    private func demonstrate(_ scenario: Scenario, on screen: Screen) async -> Int32 {
        let shortcomings = Demonstration.shortcomings(of: scenario)
        guard shortcomings.isEmpty, let example = scenario.findExample() else {
            for sentence in shortcomings { Screen.complain(sentence) }
            return 2
        }
        let demonstration = Task {
            try await Demonstration(screen: screen, scenario: scenario, example: example).run()
        }
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

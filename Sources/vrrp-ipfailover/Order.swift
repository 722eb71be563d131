/// What the program is asked to do, by its name and its arguments.
struct Order {
    /// What there is to do.
    enum Action {
        /// Run keepalived until a signal comes.
        case run
        /// Remove what a container may have left on its node.
        case remove
        /// Write the configuration to standard output.
        case show
        /// Say how the program is used.
        case help
    }

    private(set) var action = Action.run
    /// The daemon that is run.
    private(set) var keepalived = "/usr/sbin/keepalived"
    /// A file that may assign KEEPALIVED_OPTIONS.
    private(set) var optionsFile = "/etc/sysconfig/keepalived"

    /// An argument that cannot be understood.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads the arguments, whose first one is the name that the program was called by.
    init(_ arguments: [String]) throws(Problem) {
        if arguments.first?.split(separator: "/").last == "remove-failover.sh" { action = .remove }
        var rest = arguments.dropFirst()
        while let option = rest.popFirst() {
            switch option {
            case "--remove": action = .remove
            case "--print": action = .show
            case "--help", "-h": action = .help
            case "--keepalived", "--options-file":
                guard let path = rest.popFirst(), path.hasPrefix("/") else {
                    throw Problem(description: "\(option) needs an absolute path")
                }
                if option == "--keepalived" { keepalived = path } else { optionsFile = path }
            default: throw Problem(description: "there is no option \(option); --help tells which there are")
            }
        }
    }

    static let help = """
        usage: vrrp-ipfailover [--print | --remove] [--keepalived PATH] [--options-file PATH]

        The entry point of a container for IP failover. Reads OPENSHIFT_HA_* and the other
        variables of OpenShift's image from the environment, writes keepalived.conf, runs
        keepalived, and removes the virtual addresses at the end. Called by the name
        remove-failover.sh it removes what a container may have left on its node.

          --print              write the configuration to standard output, and end
          --remove             what remove-failover.sh does
          --keepalived PATH    the daemon (/usr/sbin/keepalived)
          --options-file PATH  may assign KEEPALIVED_OPTIONS (/etc/sysconfig/keepalived)

        HUP, INT and TERM end it with status 0; a second one at once. Status 1: something does
        not work, or keepalived has ended by itself. Status 2: the environment cannot be used.

        """
}

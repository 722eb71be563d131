import ControlProtocol
import KeepalivedCompatibility

extension ManualPage {
    /// The page of vrrpd: its options are those that it takes.
    static var daemon: ManualPage {
        var page = ManualPage(of: "vrrpd", section: 8, purpose: "VRRP daemon, with keepalived's command line")
        let options = KeepalivedCommandLine.options
        page.begin("SYNOPSIS")
        page.line(".Nm vrrpd")
        page.line(".Op Ar option ...")
        page.begin("DESCRIPTION")
        page.write(
            """
            Takes part in virtual routers, versions 3 and 2 of VRRP, over IPv4 and IPv6: one host has the addresses of a virtual \
            router, and when it is gone another one has them. What they are stands in a keepalived.conf or, with --definitions, in \
            a definitions.json.

            Called keepalived it stands in for it. Long options may be shortened as far as they stay unique.
            """)
        page.begin("OPTIONS")
        page.list(options.filter { $0.effect == .works }.map { ($0.term, "\($0.summary).") })
        page.line(".Pp")
        page.write("These are taken so that command lines of keepalived keep working, and have no effect:")
        page.list(
            options.compactMap { option in
                guard case .none(let reason) = option.effect else { return nil }
                return (option.term, "\(option.summary): \(reason).")
            })
        page.line(".Pp")
        page.write("With these the program does not start:")
        page.list(
            options.compactMap { option in
                guard case .refused(let reason) = option.effect else { return nil }
                return (option.term, "\(option.summary): \(reason).")
            })
        page.begin("SIGNALS")
        page.list([
            ("Dv SIGHUP", "Reads the configuration again; what does not differ goes on undisturbed."),
            ("Dv SIGTERM , SIGINT", "Hands over to other hosts and ends; the second one ends at once."),
            ("Dv SIGUSR1", "Writes the state of all instances to keepalived.data."),
            ("Dv SIGUSR2", "Writes the counters of all instances to keepalived.stats."),
        ])
        page.begin("FILES")
        page.list([
            ("Pa /etc/keepalived/keepalived.conf", "The configuration, unless another one is named."),
            ("Pa \(ControlEndpoint.defaultPath)", "The socket that vrrpctl asks on."),
        ])
        page.begin("ENVIRONMENT")
        page.list([
            (
                "Ev NOTIFY_SOCKET",
                "The socket of a service manager that is told of the start, of reloads and of the end."
            ),
            ("Ev TMPDIR", "The folder of keepalived.data and keepalived.stats; /tmp without it."),
        ])
        page.begin("EXIT STATUS")
        page.list([
            ("0", "Stopped in order, or there is a vrrpd already. With -t there is nothing to say."),
            ("1", "An argument is wrong, or the system refused something."),
            ("2", "The configuration has errors."),
            ("4", "A right is missing. With -t the configuration cannot be used."),
            ("5", "With -t: the configuration can be used, and something has to be said."),
            ("6", "The configuration cannot be read. With -t nothing but the rights of scripts has to be said."),
        ])
        page.begin("SEE ALSO")
        page.line(".Xr vrrpctl 8")
        return page
    }
}

extension OptionDescription {
    /// The option as a term of mdoc.
    fileprivate var term: String {
        let flags = [short.map { "Fl \($0)" }, long.map { "Fl -\(ManualPage.escaped($0))" }].compactMap { $0 }
            .joined(separator: " , ")
        return switch value {
        case .none: flags
        case .required(let name, _): "\(flags) Ar \(name)"
        case .optional(let name, _): "\(flags) Op Ar \(name)"
        }
    }
}

extension KeepalivedCommandLine {
    /// What `-h` prints on standard error.
    ///
    /// - Parameter program: the name that the program was called by.
    public static func usage(program: String) -> String {
        let rows = CommandLineOption.all.map { (option: $0.spelling, summary: $0.usageSummary) }
        let width = (rows.map(\.option.count).max() ?? 0) + 2
        let lines = rows.map { row in
            "  " + row.option + String(repeating: " ", count: width - row.option.count) + row.summary
        }
        return "Usage: \(program) [OPTION...]\n" + lines.joined(separator: "\n") + "\n"
    }

    /// What `-v` prints on standard error.
    ///
    /// Exporters read the version behind `Keepalived v` to know what dump files look like, and look for `--enable-json`;
    /// so a program that is called `keepalived` names the release whose files it writes.
    ///
    /// - Parameters:
    ///   - version: the version of the program, as `0.1.0`.
    ///   - name: what it is called by.
    public static func versionText(version: String, calledBy name: ProgramName = .vrrpd) -> String {
        switch name {
        case .vrrpd: "vrrpd \(version)\n"
        case .keepalived:
            """
            Keepalived v2.2.7 (01/16,2022), its dump files and command line as vrrpd \(version) of swift-vrrp has them

            configure options: --enable-json

            """
        }
    }
}

extension CommandLineOption {
    /// The option as the usage shows it: `-f, --use-file=FILE`.
    fileprivate var spelling: String {
        let name = long.map { "--\($0)" }
        let spelled =
            switch (short, name) {
            case (let short?, let name?): "-\(short), \(name)"
            case (let short?, nil): "-\(short)"
            case (nil, let name?): "    \(name)"
            case (nil, nil): ""
            }
        return switch value {
        case .none: spelled
        case .required(let name): "\(spelled)=\(name)"
        case .optional(let name): "\(spelled)[=\(name)]"
        }
    }

    fileprivate var usageSummary: String {
        switch effect {
        case .set: summary
        case .ignored: "\(summary) (no effect)"
        case .refused: "\(summary) (refused)"
        }
    }
}

import Glibc
import KeepalivedCompatibility
import LinuxHost

/// What keepalived is started with.
struct KeepalivedArguments {
    private static let variable = "KEEPALIVED_OPTIONS"

    /// The arguments behind the name of the program.
    let words: [String]

    /// Takes KEEPALIVED_OPTIONS from the file, where there is one that assigns it, else from the environment.
    ///
    /// keepalived looks for its configuration in the usual place, so it is told of any other; the options may say
    /// otherwise, because the last one counts.
    init(_ order: Order, configurationPath: String) {
        var options = getenv(Self.variable).map { String(cString: $0) } ?? ""
        if let file = try? FileSystemSource().read(order.optionsFile) {
            switch OptionsFile.value(of: Self.variable, in: String(decoding: file.octets, as: UTF8.self)) {
            case .value(let value): options = value
            case .nothing: break
            case .needsShell(let line):
                complain(
                    "\(order.optionsFile):\(line): \(Self.variable) is not used, because only a shell could say what it"
                        + " is; allowed is a plain text, in quotes where it has blanks")
            }
        }
        let isUsual = configurationPath == "/etc/keepalived/keepalived.conf"
        words =
            (isUsual ? [] : ["-f", configurationPath]) + options.split(whereSeparator: \.isWhitespace).map(String.init)
            + ["-n", "--log-console"]
    }
}

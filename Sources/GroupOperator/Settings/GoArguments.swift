/// A command line in the style of Go's programs, as the manifests of keepalived-operator have it, in that of this one.
public enum GoArguments {
    /// Options of keepalived-operator that have no meaning here; each takes a value.
    private static let ignored: Set = ["zap-devel", "zap-stacktrace-level", "zap-time-encoding"]
    /// Options that are on or off.
    private static let switches: Set = ["leader-elect", "privileged-pods"]

    /// What was understood.
    public struct Result: Hashable, Sendable {
        /// The arguments that are left.
        public var arguments: [String] = []
        /// Options without effect, with their dashes.
        public var ignored: [String] = []
    }

    /// Reads a command line: one dash is as good as two, a switch may have a value behind a `=`.
    public static func reading(_ arguments: [String]) -> Result {
        var result = Result()
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-"), argument != "-", argument != "--" else {
                result.arguments.append(argument)
                continue
            }
            let parts = argument.drop { $0 == "-" }.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            let value = parts.count > 1 ? String(parts[1]) : nil
            // A single letter is a short option of this program.
            let written = name.count > 1 ? "--\(name)" : argument
            if ignored.contains(name) {
                result.ignored.append(written)
                // Go's switches have their value behind a `=` or none; of the others it may be the next argument.
                if value == nil, name != "zap-devel" { _ = rest.popFirst() }
            } else if switches.contains(name), let value {
                switch value {
                case "true", "1", "t", "T", "TRUE", "True": result.arguments.append(written)
                case "false", "0", "f", "F", "FALSE", "False": break
                default: result.arguments.append("\(written)=\(value)")
                }
            } else {
                result.arguments.append(value.map { "\(written)=\($0)" } ?? written)
            }
        }
        return result
    }
}

import ControlProtocol
public import Telemetry
public import VRRPEngine

/// What the command line of the exporter says.
public struct ExporterOptions: Sendable, Equatable {
    /// Where to listen.
    public var listenAddress = ListenAddress(host: nil, port: 9650)
    /// The path that metrics are served under.
    public var telemetryPath = "/metrics"
    /// Whether the daemon is asked for keepalived.json instead of the two text files.
    public var prefersJSON = false
    /// The file with the number of the daemon; nil where it is looked for by its name.
    public var pidFile: String?
    /// The socket of vrrpd, which is asked before dump files are; empty asks nobody.
    public var controlSocket = ControlEndpoint.defaultPath
    /// From which level on lines are logged.
    public var logLevel = LogLevel.info
    /// Whether the version is to be printed, and nothing else done.
    public var showsVersion = false
    /// Whether the flags are to be explained, and nothing else done.
    public var showsUsage = false

    /// The options of no arguments.
    public init() {}

    /// Reads the arguments behind the program's name.
    public init(_ arguments: [String]) throws(ExporterOptionError) {
        var reader = FlagReader(arguments)
        while let flag = reader.next() {
            switch flag.name {
            case "web.listen-address":
                let text = try reader.value(of: flag)
                do { listenAddress = try ListenAddress(text) } catch {
                    throw .wrongValue(flag.name, text, allowed: ListenAddressError.allowed)
                }
            case "web.telemetry-path":
                telemetryPath = try reader.value(of: flag)
                guard telemetryPath.hasPrefix("/") else {
                    throw .wrongValue(flag.name, telemetryPath, allowed: "a path that begins with /")
                }
            case "ka.json": prefersJSON = try reader.truth(of: flag)
            case "ka.pid-path": pidFile = try reader.value(of: flag)
            case "vrrpd.control-socket": controlSocket = try reader.value(of: flag)
            case "log.level":
                let text = try reader.value(of: flag)
                guard let level = LogLevel(rawValue: text) else {
                    throw .wrongValue(flag.name, text, allowed: LogLevel.allowed)
                }
                logLevel = level
            case "version": showsVersion = try reader.truth(of: flag)
            case "h", "help": showsUsage = true
            default: throw .unknown(flag.name)
            }
        }
    }

    /// The flags with their meaning.
    public static let usage = """
        Usage of keepalived_exporter:
          -ka.json
            \tAsk for keepalived.json instead of keepalived.data and keepalived.stats
          -ka.pid-path string
            \tFile with the number of the daemon (default: look for its name)
          -log.level string
            \tLog lines from this level on: \(LogLevel.allowed) (default "info")
          -version
            \tPrint the version and exit
          -vrrpd.control-socket string
            \tSocket of vrrpd, which is asked first; "" asks for dump files alone (default "\(ControlEndpoint.defaultPath)")
          -web.listen-address string
            \tAddress to listen on for the web interface and metrics (default ":9650")
          -web.telemetry-path string
            \tPath under which to expose metrics (default "/metrics")

        """
}

import KeepalivedExporter
import Telemetry
import Testing
import VRRPEngine

@Suite("The exporter's command line")
struct ExporterOptionTests {
    @Test("Flags are written as in Go: with one dash or two, with = or as the next word")
    func forms() throws {
        var expected = ExporterOptions()
        expected.listenAddress = ListenAddress(host: "127.0.0.1", port: 9000)
        expected.telemetryPath = "/m"
        expected.prefersJSON = true
        expected.logLevel = .warning
        let lines = [
            [
                "-web.listen-address", "127.0.0.1:9000", "-web.telemetry-path", "/m", "-ka.json", "-log.level",
                "warning",
            ],
            ["--web.listen-address=127.0.0.1:9000", "--log.level=warning", "--ka.json=T", "-web.telemetry-path=/m"],
            [
                "-log.level=warning", "-ka.json", "--web.telemetry-path", "/m", "-web.listen-address=127.0.0.1:9000",
                "rest", "-unknown",
            ],
            [
                "-log.level=warning", "-ka.json=1", "--web.telemetry-path", "/m", "-web.listen-address=127.0.0.1:9000",
                "--", "-unknown",
            ],
        ]
        for line in lines { #expect(try ExporterOptions(line) == expected, "\(line)") }
    }

    @Test("mehdy's flag for the pid file is known, and an empty socket is one that nobody is to ask")
    func daemon() throws {
        let options = try ExporterOptions(["-ka.pid-path", "/run/keepalived.pid", "-vrrpd.control-socket="])
        #expect(options.pidFile == "/run/keepalived.pid" && options.controlSocket.isEmpty)
    }

    @Test("The operator's command line is that of no flags")
    func defaults() throws {
        #expect(
            try ExporterOptions(["-web.listen-address", ":9650", "-web.telemetry-path", "/metrics"])
                == ExporterOptions())
        #expect(try ExporterOptions(["-version"]).showsVersion && ExporterOptions(["--help"]).showsUsage)
    }

    @Test("A wrong command line says what is wrong and what is allowed")
    func errors() {
        let cases: [([String], String)] = [
            (["-web.port=1"], "flag provided but not defined: -web.port"),
            (["--web.listen-address"], "flag needs an argument: -web.listen-address"),
            (
                ["-web.listen-address", "9650"],
                "-web.listen-address is \"9650\"; allowed is HOST:PORT, [IPv6]:PORT or :PORT, with a port from 0 to 65535"
            ),
            (
                ["-web.telemetry-path=metrics"],
                "-web.telemetry-path is \"metrics\"; allowed is a path that begins with /"
            ),
            (
                ["-log.level=loud"],
                "-log.level is \"loud\"; allowed is debug, info, notice, warning, error"
            ),
            (["-ka.json=maybe"], "-ka.json is \"maybe\"; allowed is true or false"),
        ]
        for (arguments, sentence) in cases {
            let error = #expect(throws: ExporterOptionError.self) { try ExporterOptions(arguments) }
            #expect(error?.description == sentence)
        }
    }
}

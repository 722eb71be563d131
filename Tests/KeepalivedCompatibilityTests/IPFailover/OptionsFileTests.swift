import Testing

@testable import KeepalivedCompatibility

@Suite("A file of variables for a service")
struct OptionsFileTests {
    @Test(
        "The last plain assignment counts, as a shell would read it",
        arguments: [
            ("", .nothing), ("# KEEPALIVED_OPTIONS=\"-D\"\n", .nothing), ("MY_KEEPALIVED_OPTIONS=-D", .nothing),
            ("KEEPALIVED_OPTIONS=\"-D\"\n", .value("-D")),
            ("KEEPALIVED_OPTIONS=\"-D -S 1\" # both\r\n", .value("-D -S 1")),
            ("  export KEEPALIVED_OPTIONS='-D'\n", .value("-D")), ("KEEPALIVED_OPTIONS=", .value("")),
            ("KEEPALIVED_OPTIONS=-D\nKEEPALIVED_OPTIONS=-l\n", .value("-l")),
            ("KEEPALIVED_OPTIONS=a\\ b\"c\\d\\\"\"'\\'", .value("a bc\\d\"\\")),
            ("A=1\nKEEPALIVED_OPTIONS=$OTHER", .needsShell(line: 2)),
            ("KEEPALIVED_OPTIONS=\"-D `id`\"", .needsShell(line: 1)),
            ("KEEPALIVED_OPTIONS=\"-D", .needsShell(line: 1)), ("KEEPALIVED_OPTIONS=-D -S", .needsShell(line: 1)),
            ("KEEPALIVED_OPTIONS=-D; reboot", .needsShell(line: 1)), ("KEEPALIVED_OPTIONS=-D\\", .needsShell(line: 1)),
            ("KEEPALIVED_OPTIONS=$A\nKEEPALIVED_OPTIONS=-D", .value("-D")),
            ("KEEPALIVED_OPTIONS='$(id)'", .value("$(id)")),
        ] as [(String, OptionsFile.Finding)])
    func assignments(text: String, finding: OptionsFile.Finding) {
        #expect(OptionsFile.value(of: "KEEPALIVED_OPTIONS", in: text) == finding)
    }
}

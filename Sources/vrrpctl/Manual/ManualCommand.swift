import ArgumentParser
import Glibc
import JSONDocument

/// `vrrpctl manual`, for `make install`: manual pages, made of the same words as `--help`.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Prints the manual page of vrrpctl, vrrpd or another program.",
        shouldDisplay: false)

    @Argument(help: "vrrpctl, vrrpd, or - for the program whose --experimental-dump-help is on standard input.")
    var program = Program.vrrpctl

    /// Whose page is printed.
    enum Program: String, ExpressibleByArgument, CaseIterable {
        case vrrpctl, vrrpd
        case dumped = "-"
    }

    func run() throws {
        let page =
            switch program {
            case .vrrpctl: try Self.page(Array(VRRPCtl._dumpHelp().utf8))
            case .vrrpd: ManualPage.daemon
            case .dumped: try Self.page(Self.standardInput())
            }
        print(page.text, terminator: "")
    }

    private static func standardInput() throws -> [UInt8] {
        var octets: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(STDIN_FILENO, &part, part.count)
            guard count != 0 else { return octets }
            guard count > 0 else { throw ValidationError("standard input cannot be read") }
            octets += part[..<count]
        }
    }

    private static func page(_ dump: [UInt8]) throws -> ManualPage {
        try ManualPage(JSONReader(try JSONNode.parse(dump)).member("command"))
    }
}

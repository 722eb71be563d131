import Glibc

@testable import KeepalivedCompatibility

extension CorpusCase {
    /// The files of `Tests/Fixtures/keepalived`, and the samples of Debian's package where it is installed.
    static let files: [CorpusCase] = {
        let root = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return cases(matching: "/\(root)/Tests/Fixtures/keepalived/*.conf")
            + cases(matching: "/usr/share/doc/keepalived/samples/keepalived.conf.*")
    }()

    private static func cases(matching pattern: String) -> [CorpusCase] {
        let source = FileSystemSource()
        return ((try? source.paths(matching: pattern)) ?? []).compactMap { path in
            guard let file = try? source.read(path) else { return nil }
            let name = String(path.split(separator: "/").last ?? "")
            return CorpusCase(
                name: "file: \(name)", text: String(decoding: file.octets, as: UTF8.self), difference: differences[name]
            )
        }
    }

    private static let differences: [String: Difference] = [
        "boilerplate.conf": .lessIsSaid,
        "mistakes.conf": .wrongValueIsRefused,
        "operator-no-pods.conf": .wrongValueIsRefused,
        "operator-rendered.conf": .lessIsSaid,
        "keepalived.conf.HTTP_GET.port": .keywordWithoutEffect,
        "keepalived.conf.IPv6": .keywordWithoutEffect,
        "keepalived.conf.PING_CHECK": .keywordWithoutEffect,
        "keepalived.conf.SMTP_CHECK": .keywordWithoutEffect,
        "keepalived.conf.conditional_conf": .wrongValueIsRefused,
        "keepalived.conf.vrrp.localcheck": .hostIsNotExamined,
        "keepalived.conf.UDP_CHECK": .keywordWithoutEffect,
        "keepalived.conf.inhibit": .keywordWithoutEffect,
        "keepalived.conf.misc_check": .keywordWithoutEffect,
        "keepalived.conf.misc_check_arg": .keywordWithoutEffect,
        "keepalived.conf.quorum": .keywordWithoutEffect,
        "keepalived.conf.sample": .keywordWithoutEffect,
        "keepalived.conf.status_code": .keywordWithoutEffect,
        "keepalived.conf.virtual_server_group": .keywordWithoutEffect,
        "keepalived.conf.virtualhost": .keywordWithoutEffect,
        "ipfailover.conf": .lessIsSaid,
        "keepalived.conf.vrrp.sync": .hostIsNotExamined,
        "keepalived.conf.track_interface": .hostIsNotExamined,
        "keepalived.conf.vrrp.routes": .hostIsNotExamined,
        "keepalived.conf.vrrp.rules": .wrongValueIsRefused,
        "keepalived.conf.vrrp.static_ipaddress": .hostIsNotExamined,
    ]
}

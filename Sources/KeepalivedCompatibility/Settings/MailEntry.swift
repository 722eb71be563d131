/// How the parts of a mail are written in the configuration.
enum MailEntry {
    /// The address of a mailbox, as it stands in an envelope; without the name of its owner, `Name <address>`.
    static let address = ValueFormat<String>(allowed: "a mail address of at most 254 octets in ASCII") { text in
        var address = Substring(text)
        if address.utf8.last == greaterThan, let start = address.utf8.lastIndex(of: lessThan) {
            address = Substring(address.utf8[start...].dropFirst().dropLast())
        }
        let isAddress =
            (1...254).contains(address.utf8.count)
            && address.utf8.allSatisfy { isVisible($0) && $0 != lessThan && $0 != greaterThan }
        return isAddress ? String(address) : nil
    }

    /// The name of a host, or its address.
    static let host = ValueFormat<String>(allowed: "a host's name or address") { text in
        (1...253).contains(text.utf8.count) && text.utf8.allSatisfy(isVisible) ? text : nil
    }

    private static let port = ValueFormat<Int>.integer(1...65_535)
    private static let lessThan = UInt8(ascii: "<")
    private static let greaterThan = UInt8(ascii: ">")

    /// What may stand behind `smtp_server`, for people.
    static let allowedServer = "a host's name or address, and a port"

    /// The server; nil, and reported, where the words name none.
    static func server(_ statement: Statement, _ log: inout DiagnosticLog) -> Located<MailServer>? {
        statement.expectNoBlock(&log)
        statement.expectValues(atMost: 2, &log)
        guard let name = statement.values.first else {
            log.error(statement.place, statement.keyword, .valueMissing(allowed: allowedServer))
            return nil
        }
        guard let name = host.read(name) else {
            log.error(statement.place, statement.keyword, .notAllowed(value: name, allowed: host.allowed))
            return nil
        }
        var server = MailServer(host: name)
        if let text = statement.values.dropFirst().first {
            guard let number = port.read(text) else {
                log.error(
                    statement.place, statement.keyword, .notAllowed(value: text, allowed: "a port, \(port.allowed)"))
                return nil
            }
            server.port = UInt16(number)
        }
        return Located(server, at: statement.place, text: name)
    }

    /// Whether an octet is a printable one of ASCII other than a blank: nothing else may get into a command of SMTP.
    private static func isVisible(_ octet: UInt8) -> Bool { (0x21...0x7e).contains(octet) }
}

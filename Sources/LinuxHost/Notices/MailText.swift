import CLinux
import Glibc

/// A mail as it goes over the wire: lines that end as those of mails do, with a dot put before those that begin with one.
struct MailText: Equatable {
    /// The octets, up to the line that ends the mail, which is not among them.
    let octets: [UInt8]

    /// The longest subject and list of recipients, in octets: a line of a mail has at most 998.
    private static let longestText = 900

    /// A mail of now.
    init(subject: String, body: String, _ route: MailRoute) {
        self.init(subject: subject, body: body, route, date: Self.date())
    }

    /// A mail of the given date.
    init(subject: String, body: String, _ route: MailRoute, date: String) {
        let lines = [
            "Date: \(date)", "From: \(route.sender)", "Subject: \(Self.line(subject, limit: Self.longestText))",
            "X-Mailer: Keepalived", "To: \(Self.list(route.recipients))", "",
            Self.line(body, limit: Self.longestText), "",
        ]
        octets = lines.flatMap { line in Array((line.hasPrefix(".") ? "." : "").utf8) + Array(line.utf8) + [13, 10] }
    }

    /// A text that stays on its line.
    private static func line(_ text: String, limit: Int) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            guard line.utf8.count < limit else { break }
            line.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7f ? "?" : scalar)
        }
        return line
    }

    /// Recipients as keepalived lists them, on one line; on further ones where it would be too long.
    private static func list(_ recipients: [String]) -> String {
        var list = ""
        var length = 0
        for recipient in recipients {
            let isTooLong = length + recipient.utf8.count > longestText
            let separator = list.isEmpty ? "" : isTooLong ? ",\r\n " : ", "
            length = (isTooLong ? 0 : length) + separator.utf8.count + recipient.utf8.count
            list += separator + recipient
        }
        return list
    }

    private static func date() -> String {
        var now = time(nil)
        var parts = tm()
        localtime_r(&now, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            let length = strftime(start, buffer.count, "%a, %d %b %Y %H:%M:%S %z", &parts)
            return length > 0 ? String(cString: start) : ""
        }
    }
}

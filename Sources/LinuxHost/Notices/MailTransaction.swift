/// What a client of SMTP says (RFC 5321, in the form of HELO). A value without clock or I/O.
struct MailTransaction {
    /// What follows a reply.
    enum Step: Equatable {
        /// Send this and wait for the next reply.
        case send([UInt8])
        /// The server has taken the mail; send this and go.
        case done([UInt8])
        /// The server will not take it.
        case failed(MailFailure)
    }

    private enum Awaited {
        case greeting, hello, sender
        case recipient(Int)
        case data, end
    }

    private let route: MailRoute
    private let text: MailText
    private var awaited = Awaited.greeting
    private var acceptedCount = 0

    /// A transaction that waits for the greeting.
    init(_ text: MailText, by route: MailRoute) {
        self.text = text
        self.route = route
    }

    /// Takes the code of a reply in.
    mutating func take(_ code: Int) -> Step {
        switch awaited {
        case .greeting:
            return proceed(code == 220, .greeting, to: .hello, "HELO \(route.clientName)")
        case .hello:
            return proceed(code == 250, .hello, to: .sender, "MAIL FROM:<\(route.sender)>")
        case .sender:
            guard code == 250 else { return .failed(.sender) }
            return askForRecipient(0)
        case .recipient(let place):
            if code == 250 || code == 251 { acceptedCount += 1 }
            guard place + 1 == route.recipients.count else { return askForRecipient(place + 1) }
            // Those who are known get it, as a mistake in one address concerns the others least of all.
            return proceed(acceptedCount > 0, .recipients, to: .data, "DATA")
        case .data:
            guard code == 354 else { return .failed(.data) }
            awaited = .end
            return .send(text.octets + Array(".\r\n".utf8))
        case .end:
            return code == 250 ? .done(Array("QUIT\r\n".utf8)) : .failed(.data)
        }
    }

    private mutating func askForRecipient(_ place: Int) -> Step {
        awaited = .recipient(place)
        return .send(Array("RCPT TO:<\(route.recipients[place])>\r\n".utf8))
    }

    private mutating func proceed(
        _ isRight: Bool, _ failure: MailFailure, to next: Awaited, _ command: String
    ) -> Step {
        guard isRight else { return .failed(failure) }
        awaited = next
        return .send(Array("\(command)\r\n".utf8))
    }
}

/// Why a mail could not be handed over; the numbers are exit statuses.
enum MailFailure: Int32, Error, CustomStringConvertible {
    case other = 1
    case lookup, connection, reply, greeting, hello, sender, recipients, data

    /// The failure that the end of the sending process tells of; nil for none.
    init?(_ outcome: ScriptOutcome) {
        switch outcome {
        case .exited(status: 0): return nil
        case .exited(let status): self = MailFailure(rawValue: status) ?? .other
        case .timedOut: self = .reply
        case .killed, .notStarted: self = .other
        }
    }

    var description: String {
        switch self {
        case .other: "the process that sends it failed"
        case .lookup: "its name is unknown"
        case .connection: "it cannot be reached"
        case .reply: "it does not answer in time, or not as a mail server does"
        case .greeting: "it takes no mails at the moment"
        case .hello: "it does not take HELO"
        case .sender: "it refuses the sender"
        case .recipients: "it refuses all recipients"
        case .data: "it refuses the mail itself"
        }
    }
}

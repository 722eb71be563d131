import JSONDocument
public import VRRP

/// One thing to tell somebody outside of the program.
public enum OutgoingNotice: Hashable, Sendable {
    /// Run a command, behind what was given to the same queue before.
    case run(RunnableCommand, queue: String)
    /// Write a line, given with its end, to every FIFO.
    case line(String)
    /// Send a mail with this subject and this text, one line each.
    case mail(subject: String, body: String)
}

/// Where notices go.
public struct NoticeRoutes: Hashable, Sendable {
    /// The FIFOs that lines are written to.
    public var fifos: [NoticeFIFO] = []
    /// How mails are sent; nil where they are not.
    public var mail: MailRoute?

    /// Nowhere.
    public init() {}
}

/// A FIFO that lines are written to.
public struct NoticeFIFO: Hashable, Sendable {
    /// Its absolute path.
    public var path: String
    /// Whom it is given to where it has to be made.
    public var account: ScriptAccount
    /// What reads it; the path is added to its arguments.
    public var reader: RunnableCommand?

    /// A FIFO.
    public init(path: String, account: ScriptAccount, reader: RunnableCommand? = nil) {
        self.path = path
        self.account = account
        self.reader = reader
    }
}

/// Where mails go and whom they are from.
public struct MailRoute: Hashable, Sendable {
    /// The name or the address of the server.
    public var host: String
    /// Its port.
    public var port: UInt16
    /// The name of this host in what it says to the server.
    public var clientName: String
    /// Whom mails are from.
    public var sender: String
    /// Whom they go to, at least one.
    public var recipients: [String]
    /// How long each answer of the server may take.
    public var timeout: Nanoseconds

    /// A way for mails.
    public init(
        host: String, port: UInt16, clientName: String, sender: String, recipients: [String], timeout: Nanoseconds
    ) {
        self.host = host
        self.port = port
        self.clientName = clientName
        self.sender = sender
        self.recipients = recipients
        self.timeout = timeout
    }
}

extension OutgoingNotice {
    var json: JSONObject {
        switch self {
        case .run(let command, let queue): ["command": .object(command.json), "queue": .string(queue)]
        case .line(let line): ["line": .string(line)]
        case .mail(let subject, let body): ["subject": .string(subject), "body": .string(body)]
        }
    }

    init(fields: inout JSONFields) throws(JSONFieldError) {
        if let line = try fields.optional("line") {
            self = .line(try line.string())
        } else if let subject = try fields.optional("subject") {
            self = .mail(subject: try subject.string(), body: try fields.required("body").string())
        } else {
            self = .run(
                try fields.required("command").object(RunnableCommand.init(fields:)),
                queue: try fields.required("queue").string())
        }
    }
}

extension NoticeRoutes {
    var json: JSONObject {
        ["fifos": .array(fifos.map { .object($0.json) }), "mail": mail.map { .object($0.json) } ?? .null]
    }

    init(fields: inout JSONFields) throws(JSONFieldError) {
        fifos = try fields.required("fifos").objects(NoticeFIFO.init(fields:))
        mail = try fields.optional("mail")?.object(MailRoute.init(fields:))
    }
}

extension NoticeFIFO {
    fileprivate var json: JSONObject {
        [
            "path": .string(path), "account": .object(account.json),
            "reader": reader.map { .object($0.json) } ?? .null,
        ]
    }

    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        path = try fields.required("path").string()
        account = try fields.required("account").object(ScriptAccount.init(fields:))
        reader = try fields.optional("reader")?.object(RunnableCommand.init(fields:))
    }
}

extension MailRoute {
    fileprivate var json: JSONObject {
        [
            "host": .string(host), "port": .integer(Int64(port)), "clientName": .string(clientName),
            "sender": .string(sender), "recipients": .array(recipients.map(JSONValue.string)),
            "timeout": .integer(timeout.rawValue),
        ]
    }

    fileprivate init(fields: inout JSONFields) throws(JSONFieldError) {
        host = try fields.required("host").string()
        port = try fields.required("port").integer()
        clientName = try fields.required("clientName").string()
        sender = try fields.required("sender").string()
        recipients = try fields.required("recipients").elements(count: 1...Int.max) {
            (element) throws(JSONFieldError) in try element.string()
        }
        timeout = Nanoseconds(try fields.required("timeout").integer(in: 1...Int64.max))
    }
}

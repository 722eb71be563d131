/// One thing that is due: somebody is to be told something.
public enum Notice: Hashable, Sendable {
    /// Run a command, behind what was given to the same queue before.
    case run(NotificationCommand, queue: String)
    /// Write a line, given with its end, to every FIFO.
    case line(String)
    /// Send a mail.
    case mail(Mail)
}

/// A mail; whom it is from and goes to is the same for all.
public struct Mail: Hashable, Sendable {
    /// The subject, one line.
    public var subject: String
    /// The text, one line.
    public var body: String
}

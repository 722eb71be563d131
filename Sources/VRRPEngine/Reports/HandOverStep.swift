public import VRRP

/// A step of a router that hands over before it leaves.
public enum HandOverStep: Hashable, Sendable {
    /// It advertises the lowest priority instead of its own and waits for a better router.
    case offered(insteadOf: Priority, waiting: Nanoseconds)
    /// Nobody was better within the time, and it gave up with priority 0.
    case resigned(after: Nanoseconds, waiting: Nanoseconds)
    /// Another router is active.
    case takenOver(by: IPAddress, after: Nanoseconds, lingering: Nanoseconds)
    /// The addresses are given up.
    case left(isReplaced: Bool)
}

extension HandOverStep {
    /// The step as a sentence for people whose subject, the name of the router, stands before it.
    var sentence: String {
        switch self {
        case .offered(let priority, let wait):
            "hands over: advertises priority 1 instead of \(priority) for at most \(wait.inWords)"
        case .resigned(let time, let wait):
            "nobody has taken over within \(time.inWords): gives up with priority 0, and keeps the addresses for at most "
                + wait.inWords
        case .takenOver(let successor, let time, let linger):
            "\(successor) has taken over after \(time.inWords); the addresses stay for \(linger.inWords)"
        case .left(isReplaced: true): "has left, its addresses are removed"
        case .left(isReplaced: false): "has left, its addresses are removed although nobody has taken over"
        }
    }
}

extension Nanoseconds {
    /// The length to the millisecond: `250 ms`, `3.609 s`, `1.25 s`, `5 s`.
    var inWords: String {
        let (seconds, rest) = (rawValue / 1_000_000).quotientAndRemainder(dividingBy: 1000)
        guard seconds > 0 else { return "\(rest) ms" }
        guard rest > 0 else { return "\(seconds) s" }
        var digits = String(rest + 1000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        return "\(seconds).\(digits) s"
    }
}

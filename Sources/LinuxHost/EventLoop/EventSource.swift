/// What a file descriptor in the event loop belongs to.
enum EventSource: Hashable {
    /// The deadline of the engine.
    case deadline
    /// Signals.
    case signals
    /// News of interfaces and addresses.
    case interfaces
    /// Received adverts; the number is the receiver's.
    case receiver(UInt32)
    /// New connections to the control socket.
    case controlListener
    /// A connection to the control socket; the number is the client's.
    case controlClient(UInt32)
    /// Work that ended on another thread.
    case background
    /// The connection between the engine's process and the script runner.
    case scripts
    /// A script that runs, in the script runner; the number is the script's.
    case scriptProcess(UInt32)
    /// A process that delivers a notice, in the script runner; the number is the process's.
    case noticeProcess(UInt32)

    /// News of routes and rules.
    case routing

    /// The source as the kernel keeps it for us: the kind in the high half, the number in the low one.
    var token: UInt64 {
        switch self {
        case .deadline: 0 << 32
        case .signals: 1 << 32
        case .interfaces: 2 << 32
        case .receiver(let number): 3 << 32 | UInt64(number)
        case .controlListener: 4 << 32
        case .controlClient(let number): 5 << 32 | UInt64(number)
        case .background: 6 << 32
        case .scripts: 7 << 32
        case .scriptProcess(let number): 8 << 32 | UInt64(number)
        case .noticeProcess(let number): 9 << 32 | UInt64(number)
        case .routing: 10 << 32
        }
    }

    /// The source of a token; nil for a number that ``token`` does not make.
    init?(token: UInt64) {
        let number = UInt32(truncatingIfNeeded: token)
        switch token >> 32 {
        case 0: self = .deadline
        case 1: self = .signals
        case 2: self = .interfaces
        case 3: self = .receiver(number)
        case 4: self = .controlListener
        case 5: self = .controlClient(number)
        case 6: self = .background
        case 7: self = .scripts
        case 8: self = .scriptProcess(number)
        case 9: self = .noticeProcess(number)
        case 10: self = .routing
        default: return nil
        }
    }
}

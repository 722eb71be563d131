public import VRRP

/// Something that went wrong on the node and that the host gets over.
public enum HostWarning: Hashable, Sendable {
    /// Adverts or announcements could not be sent; told at most once a second, with how many since.
    case sendingFailed(interface: String, SystemCallError, count: Int)
    /// Received packets could not be read.
    case receivingFailed(interface: String, SystemCallError)
    /// The host does not hear adverts on an interface; it tries again each second.
    case listeningFailed(interface: String, AddressFamily, SystemCallError)
    /// The kernel refused to change an address, an interface or the packet filter.
    case configurationFailed(NetlinkError)
    /// A setting of an interface could not be written.
    case settingRefused(SystemCallError)
    /// News of interfaces and addresses were lost, and everything was read anew.
    case interfaceNewsLost
    /// News of interfaces and addresses cannot be read.
    case interfaceNewsFailed(SystemCallError)
    /// The engine was waked up this long after its deadline; what was received meanwhile was read first.
    case late(by: Nanoseconds)
    /// Signals cannot be read.
    case signalsFailed(SystemCallError)
    /// The process that runs scripts has ended; all scripts count as bad until the program is started again.
    case scriptRunnerEnded(SystemCallError)
    /// Files and processes cannot be followed; what is known of them stays as it is.
    case trackingFailed(SystemCallError)
    /// The control socket does not work as it should.
    case controlSocketFailed(SystemCallError)
}

extension HostWarning: CustomStringConvertible {
    /// One sentence without a full stop.
    public var description: String {
        switch self {
        case .sendingFailed(let interface, let error, let count):
            "\(count) packets could not be sent on \(interface): \(error)"
        case .receivingFailed(let interface, let error): "adverts on \(interface) could not be read: \(error)"
        case .listeningFailed(let interface, let family, let error):
            "adverts of IPv\(family.rawValue) on \(interface) are not heard: \(error)"
        case .configurationFailed(let error): "the kernel refused to \(error)"
        case .settingRefused(let error): "a setting of an interface was refused: \(error)"
        case .interfaceNewsLost: "too much changed at once on the interfaces; everything was read anew"
        case .interfaceNewsFailed(let error): "changes of interfaces cannot be followed: \(error)"
        case .late(let delay):
            "the process was stopped or starved: it is \(delay.rawValue / 1_000_000) ms late and listens first"
        case .signalsFailed(let error): "signals could not be read: \(error)"
        case .scriptRunnerEnded(let error):
            "the process that runs scripts has ended, and all of them count as bad until the program is started again:"
                + " \(error)"
        case .trackingFailed(let error): "tracked files and processes cannot be followed: \(error)"
        case .controlSocketFailed(let error): "the control socket failed: \(error)"
        }
    }
}

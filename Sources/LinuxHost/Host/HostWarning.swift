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
    /// Changes of routes and rules cannot be followed.
    case routingNewsFailed(SystemCallError)
    /// Routes and rules that a dead process left behind were removed.
    case routingLeftoversRemoved(count: Int)
    /// None of the tags can be had that tell processes on this node from each other.
    case noOwnerTag
    /// The engine was waked up this long after its deadline; what was received meanwhile was read first.
    case late(by: Nanoseconds)
    /// Signals cannot be read.
    case signalsFailed(SystemCallError)
    /// The process that runs scripts has ended; all scripts count as bad until the program is started again.
    case scriptRunnerEnded(SystemCallError)
    /// Somebody could not be told something, as a sentence.
    case noticeFailed(String)
    /// So many notices were lost because the process that delivers them does not keep up.
    case noticesLost(Int)
    /// Files and processes cannot be followed; what is known of them stays as it is.
    case trackingFailed(SystemCallError)
    /// Nobody hears who else claims the virtual addresses.
    case claimsUnheard(SystemCallError)
    /// The control socket does not work as it should.
    case controlSocketFailed(SystemCallError)
    /// There is no control socket.
    case controlSocketMissing(SystemCallError)
    /// The number of the process is not written into one of the further files.
    case pidFileMissing(PidFile.Failure)
    /// The process was late and has taken a higher real-time priority.
    case priorityRaised(to: Int32)
    /// The process was late and cannot take a higher real-time priority.
    case priorityNotRaised(PrivilegeError)
    /// A crash leaves no core dump.
    case noCoreDumps(SystemCallError)
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
        case .routingNewsFailed(let error): "changes of routes and rules cannot be followed: \(error)"
        case .routingLeftoversRemoved(let count):
            "\(count) routes and rules were left behind by a dead process and are removed"
        case .noOwnerTag:
            "there are 16 processes like this one here already, or it may not bind the names that tell them from each other:"
                + " what a dead one leaves behind stays"
        case .late(let delay):
            "the process was stopped or starved: it is \(delay.rawValue / 1_000_000) ms late and listens first"
        case .signalsFailed(let error): "signals could not be read: \(error)"
        case .scriptRunnerEnded(let error):
            "the process that runs scripts has ended: all of them count as bad, and nobody is told of changes, until the"
                + " program is started again: \(error)"
        case .noticeFailed(let sentence): sentence
        case .noticesLost(let count): "\(count) notices were lost: the process that delivers them does not keep up"
        case .trackingFailed(let error): "tracked files and processes cannot be followed: \(error)"
        case .claimsUnheard(let error): "others who claim the virtual addresses are not heard: \(error)"
        case .controlSocketFailed(let error): "the control socket failed: \(error)"
        case .controlSocketMissing(let error): "vrrpctl cannot ask this process, which has no control socket: \(error)"
        case .pidFileMissing(let error): "the number of the process is not written everywhere: \(error)"
        case .priorityRaised(let priority): "the process runs with real-time priority \(priority) from now on"
        case .priorityNotRaised(let error): "the process cannot raise its priority: \(error)"
        case .noCoreDumps(let error): "a crash would leave no core dump: \(error)"
        }
    }
}

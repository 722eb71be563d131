public import VRRP

/// Something that the engine decided although no state changed, for people who look for the reason of what came later.
public enum Decision: Hashable, Sendable {
    /// A backup waits for the active router, newly or in another way than before: its Active_Down_Timer is armed with this
    /// time. At most once a second for each router.
    case activeDownTimerArmed(router: String, heard: HeardAdvert?, interval: Nanoseconds)
    /// A backup discards the adverts of a router that is worse, so that its Active_Down_Timer runs out. At most once a second
    /// for each router.
    case preempts(router: String, HeardAdvert, after: Nanoseconds)
    /// The Active_Down_Timer of a backup has run out.
    case activeDownTimerExpired(router: String, HeardAdvert?, silence: Nanoseconds?)
    /// A packet on an interface belongs to no virtual router and is no advert that one could have; at most once in ten seconds
    /// for each reason, interface and family.
    case refused(interface: String, DiscardReason, source: IPAddress)
}

extension Decision: CustomStringConvertible {
    /// One sentence for people, without a full stop.
    public var description: String {
        switch self {
        case .activeDownTimerArmed(let router, let heard?, let interval):
            "\(router): follows \(heard.source), priority \(heard.priority); takes over when it is silent for \(interval.inWords)"
        case .activeDownTimerArmed(let router, nil, let interval):
            "\(router): listens; takes over when nobody is heard for \(interval.inWords)"
        case .preempts(let router, let heard, let wait):
            "\(router): discards the adverts of \(heard.source), whose priority \(heard.priority) is lower; takes over in \(wait.inWords)"
        case .activeDownTimerExpired(let router, let heard?, let silence?):
            "\(router): the Active_Down_Timer has run out, \(silence.inWords) after the last advert of \(heard.source)"
        case .activeDownTimerExpired(let router, _, _):
            "\(router): the Active_Down_Timer has run out, and nobody was heard"
        case .refused(let interface, let reason, let source):
            "\(interface): discarded a packet from \(source) for no virtual router here: \(reason.explanation) (\(reason.counterName))"
        }
    }
}

import NetworkLab

/// Something that the demonstration was to show did not happen.
enum DemonstrationError: Error {
    /// What was waited for, as in `web to be active on node2`.
    case didNotHappen(String, within: Duration)
    /// A program ended by itself, on a host.
    case ended(String, String, ExitStatus)
    /// The agent did not come to what the manifests say.
    case unexpectedPlan(String)
    /// A vrrpd that was asked to stop ended in another way than by returning 0.
    case stoppedBadly(String, ExitStatus)
    /// A vrrpd that was asked to stop did not offer a better router to take over before.
    case didNotOffer(String)
    /// A vrrpd gave up by an advert of priority 0, although it was killed or had a better router to hand over to.
    case resigned(String)
    /// A take-over took much longer than the protocol allows.
    case tooLate(String, took: Duration, prescribed: Duration)
    /// Things of the lab are still there after its end.
    case leftBehind([String])
}

extension DemonstrationError: CustomStringConvertible {
    /// A sentence without a full stop.
    var description: String {
        switch self {
        case .didNotHappen(let what, let time): "waited \(time) in vain for \(what)"
        case .ended(let program, let node, let status): "\(program) on \(node) ended by itself: \(status)"
        case .unexpectedPlan(let what): "the agent has planned something else: \(what)"
        case .stoppedBadly(let node, let how): "vrrpd on \(node) was asked to stop, but: \(how)"
        case .didNotOffer(let node): "vrrpd on \(node) ended without having advertised a lower priority"
        case .resigned(let node): "vrrpd on \(node) gave up by an advert of priority 0"
        case .tooLate(let router, let took, let prescribed):
            "the take-over of \(router) took \(took.inMilliseconds); the timers ask for \(prescribed.inMilliseconds)"
        case .leftBehind(let things): "left behind: " + things.joined(separator: ", ")
        }
    }
}

import KubernetesAPI
import VIPPlanning
import VRRP

extension AdvertisementInterval {
    /// Reads an interval such as `100ms`; nil where the text is none, or no whole number of hundredths of a second.
    init?(durationText: String) {
        let centisecond: Int64 = 10_000_000
        guard let duration = DurationText.parse(durationText), duration.rawValue % centisecond == 0 else { return nil }
        self.init(centiseconds: Int(duration.rawValue / centisecond))
    }

    /// The interval as objects write it.
    var durationText: String { DurationText.text(duration) }
}

extension InterfaceChoice {
    /// Reads `spec.interface` and `spec.interfaceFromIP` of a group or a router; the latter goes before the former.
    static func reading(_ interface: String?, towards text: String?) -> Result<InterfaceChoice, FieldProblem> {
        if let text, !text.isEmpty {
            let problem = FieldProblem("spec.interfaceFromIP", text, allowed: "an IP address")
            return IPAddress(text).map { .success(.towards($0)) } ?? .failure(problem)
        }
        let name = interface ?? ""
        // IFNAMSIZ with its terminating octet, and what the kernel's dev_valid_name() refuses.
        let isName =
            (1...15).contains(name.utf8.count) && name != "." && name != ".."
            && !name.contains { $0 == "/" || $0 == ":" || $0.isWhitespace }
        let problem = FieldProblem("spec.interface", name, allowed: "the name of an interface, 1 to 15 octets")
        return isName ? .success(.named(name)) : .failure(problem)
    }
}

extension PreemptionPolicy {
    private static let longestDelay = Nanoseconds.seconds(86_400)

    /// Reads `spec.preemption` of a group or a router; without it addresses stay.
    static func reading(_ preemption: KeepalivedGroup.Preemption?) -> Result<PreemptionPolicy, FieldProblem> {
        guard let preemption else { return .success(.sticky) }
        switch preemption.mode {
        case "Sticky": return .success(.sticky)
        case "Immediate": return .success(.immediate)
        case "Delayed":
            let text = preemption.delay ?? ""
            guard let delay = DurationText.parse(text), delay > .zero, delay <= longestDelay,
                delay.rawValue % 1_000_000 == 0
            else {
                let allowed = "\(DurationText.allowed), in whole milliseconds, from 1ms to 24h"
                return .failure(FieldProblem("spec.preemption.delay", text, allowed: allowed))
            }
            return .success(.delayed(delay))
        default:
            let allowed = "Sticky, Delayed or Immediate"
            return .failure(FieldProblem("spec.preemption.mode", preemption.mode, allowed: allowed))
        }
    }

    /// The policy as objects write it.
    var object: KeepalivedGroup.Preemption {
        switch self {
        case .sticky: KeepalivedGroup.Preemption(mode: "Sticky")
        case .delayed(let delay): KeepalivedGroup.Preemption(mode: "Delayed", delay: DurationText.text(delay))
        case .immediate: KeepalivedGroup.Preemption(mode: "Immediate")
        }
    }
}

public import KubernetesAPI
public import VIPPlanning

/// Remembers what each object has been told, so that it is told once.
public struct RemarkMemory: Sendable {
    private var told: [Finding.Subject: Set<Remark>] = [:]

    /// Nobody has been told anything.
    public init() {}

    /// What an object has not been told yet of all that is to be said of it now.
    ///
    /// An object of which nothing is wrong any more is told that, once.
    public mutating func news(on subject: Finding.Subject, _ remarks: [Remark]) -> [Remark] {
        let former = told[subject] ?? []
        told[subject] = remarks.isEmpty ? nil : Set(remarks)
        let news = remarks.filter { !former.contains($0) }
        guard news.isEmpty, remarks.isEmpty, former.contains(where: \.isWarning) else { return news }
        return [Remark(isWarning: false, reason: Self.mended, message: "everything that was wrong is mended")]
    }

    /// Takes up what an earlier process has told, as far as the server still has its events.
    ///
    /// - Parameters:
    ///   - events: Events of this operator.
    ///   - isPresent: Whether an object is there, and has this `uid`.
    public mutating func recall(_ events: [Event], where isPresent: (Finding.Subject, String?) -> Bool) {
        for event in events.sorted(by: { ($0.lastTimestamp?.microseconds ?? 0) < ($1.lastTimestamp?.microseconds ?? 0) }
        ) {
            guard let subject = Finding.Subject(event.involvedObject), isPresent(subject, event.involvedObject.uid),
                let reason = event.reason, let message = event.message, !Remark.passing.contains(reason)
            else { continue }
            guard reason != Self.mended else {
                told[subject] = nil
                continue
            }
            let remark = Remark(isWarning: event.type == "Warning", reason: reason, message: message)
            told[subject, default: []].insert(remark)
        }
    }

    private static let mended = "Mended"

    /// An object is gone.
    public mutating func forget(_ subject: Finding.Subject) { told[subject] = nil }
}

extension Finding.Subject {
    /// The object that an event is about; nil of a kind that the operator says nothing of.
    fileprivate init?(_ object: ObjectReference) {
        let name = ObjectName(object.namespace ?? "", object.name ?? "")
        switch object.kind {
        case KeepalivedGroup.resourceType.kind: self = .group(name)
        case KubernetesAPI.Service.resourceType.kind: self = .service(name)
        default: return nil
        }
    }
}

public import VIPPlanning

/// Remembers what each object has been told, so that it is told once.
public struct RemarkMemory: Sendable {
    private var told: [Finding.Subject: [Remark]] = [:]

    /// Nobody has been told anything.
    public init() {}

    /// What an object has not been told yet of all that is to be said of it now.
    ///
    /// An object of which nothing is wrong any more is told that, once.
    public mutating func news(on subject: Finding.Subject, _ remarks: [Remark]) -> [Remark] {
        let former = told[subject] ?? []
        told[subject] = remarks.isEmpty ? nil : remarks
        let news = remarks.filter { !former.contains($0) }
        guard news.isEmpty, remarks.isEmpty, former.contains(where: \.isWarning) else { return news }
        return [Remark(isWarning: false, reason: "Mended", message: "everything that was wrong is mended")]
    }

    /// An object is gone.
    public mutating func forget(_ subject: Finding.Subject) { told[subject] = nil }
}

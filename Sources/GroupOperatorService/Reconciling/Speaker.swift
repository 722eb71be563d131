import GroupOperator
import KubernetesAPI
import KubernetesClient
import Synchronization
import VIPPlanning

/// Tells the writers of objects, by Events on what they wrote, what is the matter with it; each thing once.
final class Speaker: Sendable {
    private let recorder: EventRecorder
    private let memory = Mutex(RemarkMemory())

    init(_ client: APIClient) {
        recorder = EventRecorder(client, source: Event.Source(component: OperatorNames.eventSource))
    }

    /// Writes what is told until the task is cancelled; can run once.
    func run() async { await recorder.run() }

    /// Takes up what an earlier process has told of objects that are there still, so that a start repeats nothing. Events that
    /// the server has forgotten, after an hour as a rule, are told again.
    func recall(from client: APIClient, _ copies: ClusterCopies) async throws {
        let isOurs = Selection(fields: ["source": OperatorNames.eventSource])
        let events = try await client.list(Event.everywhere, isOurs).items
        memory.withLock { memory in
            memory.recall(events) { subject, uid in
                switch subject {
                case .group(let name): copies.groups[name.key]?.metadata.uid == uid
                case .service(let name): copies.services[name.key]?.metadata.uid == uid
                }
            }
        }
    }

    /// Tells what is new of all that is to be said of an object now.
    func tell<Object: Resource>(_ object: Object, _ subject: Finding.Subject, _ remarks: [Remark]) {
        for remark in memory.withLock({ $0.news(on: subject, remarks) }) { tell(object, remark) }
    }

    /// Tells something that happens, each time.
    func tell<Object: Resource>(_ object: Object, _ remark: Remark) {
        recorder.record(object, isWarning: remark.isWarning, reason: remark.reason, message: remark.message)
    }

    /// Tells that the operator could not do its work for a group, as keepalived-operator does.
    func tell(failures: [String], of group: KeepalivedGroup) {
        for failure in failures {
            recorder.record(group, isWarning: true, reason: Remark.processingError, message: failure)
        }
    }

    /// An object is gone.
    func forget(_ subject: Finding.Subject) { memory.withLock { $0.forget(subject) } }
}

/// Turns what happens into writes of Events: the same again counts up, much of the same becomes one, and of what is too much
/// at a time the count and the last message are written later.
///
/// The rules and numbers are those of client-go, which forgets what is too much unless the same comes again. A value without
/// I/O and clock.
public struct EventAggregation: Sendable {
    /// After how many different messages of one kind, within ``window``, they become one event.
    static let similarLimit = 10
    /// How long messages count as similar, in seconds.
    static let window: Int64 = 600
    /// The most bytes of a message.
    static let messageLimit = 1024
    /// How many events are remembered.
    static let memory = 4096

    private let source: Event.Source
    private var known: [Identity: Known] = [:]
    private var similar: [Kind: Similar] = [:]
    private var budgets: [ObjectReference: TokenBucket] = [:]
    /// What has happened and is not written yet, of objects that had too many events.
    private var withheld: [ObjectReference: Set<Identity>] = [:]
    private var serial: Int64 = 0

    /// Nothing has happened yet.
    public init(source: Event.Source) { self.source = source }

    /// Something that happens.
    public struct Occurrence: Hashable, Sendable {
        /// To which object.
        public var object: ObjectReference
        /// Whether somebody should look at it.
        public var isWarning: Bool
        /// What, in CamelCase.
        public var reason: String
        /// What, for people.
        public var message: String

        /// Something that happens to an object.
        public init<Object: Resource>(_ object: Object, isWarning: Bool = false, reason: String, message: String) {
            self.object = ObjectReference(object)
            // Versions of one object are the same object here.
            self.object.resourceVersion = nil
            self.isWarning = isWarning
            self.reason = reason
            self.message = message
        }
    }

    /// What to write.
    public enum Write: Hashable, Sendable {
        /// A new event.
        case create(Event)
        /// A change of an event; where it is gone, the event is to be created anew.
        case update(Patch, of: Event)
    }

    /// What changes of an event that happens again.
    public struct Patch: Codable, Hashable, Sendable {
        /// How often it happened.
        public var count: Int
        /// When it happened last.
        public var lastTimestamp: Timestamp
        /// The message, which differs among similar events.
        public var message: String
    }

    /// Takes something that happens; nil where there was too much of it, so that it is to be written later.
    public mutating func record(
        _ occurrence: Occurrence, at now: ContinuousClock.Instant, _ wallClock: Timestamp
    ) -> Write? {
        forgetOld()
        return write(note(occurrence, wallClock), at: now)
    }

    /// After which time ``writeWithheld(at:)`` has something; nil where nothing is withheld.
    public func pause(at now: ContinuousClock.Instant) -> Duration? {
        withheld.keys.lazy.map { budgets[$0]?.wait(at: now) ?? .zero }.min()
    }

    /// What was too much and may be written now: of each object what happened last.
    public mutating func writeWithheld(at now: ContinuousClock.Instant) -> [Write] {
        var writes: [Write] = []
        for (object, identities) in withheld where budgets[object]?.wait(at: now) ?? .zero == .zero {
            let times = identities.map { ($0, known[$0]?.lastUse.microseconds ?? 0) }
            let last = times.max { $0.1 < $1.1 }?.0
            if let last, let write = write(last, at: now) { writes.append(write) }
        }
        return writes
    }

    /// Writes what has happened, where the object has not had too many events.
    private mutating func write(_ identity: Identity, at now: ContinuousClock.Instant) -> Write? {
        let object = identity.kind.object
        guard var entry = known[identity] else { return nil }
        guard budgets[object, default: TokenBucket(capacity: 25, refillInterval: .seconds(300))].take(at: now) else {
            withheld[object, default: []].insert(identity)
            return nil
        }
        withheld[object]?.remove(identity)
        if withheld[object]?.isEmpty == true { withheld[object] = nil }
        defer {
            entry.isWritten = true
            known[identity] = entry
        }
        guard entry.isWritten else { return .create(entry.event) }
        let patch = Patch(
            count: entry.event.count ?? 1, lastTimestamp: entry.lastUse, message: entry.event.message ?? "")
        return .update(patch, of: entry.event)
    }

    /// Counts what happens, and says which event it belongs to.
    private mutating func note(_ occurrence: Occurrence, _ wallClock: Timestamp) -> Identity {
        let kind = Kind(object: occurrence.object, isWarning: occurrence.isWarning, reason: occurrence.reason)
        var message = Self.cut(occurrence.message)
        var identity = Identity(kind: kind, message: message)
        if isOneOfMany(kind, message, wallClock) {
            identity.message = nil
            message = Self.cut("(combined from similar events): \(message)")
        }

        if var entry = known[identity] {
            entry.event.count = (entry.event.count ?? 1) + 1
            entry.event.lastTimestamp = wallClock
            entry.event.message = message
            entry.lastUse = wallClock
            known[identity] = entry
            return identity
        }
        var event = Event(metadata: metadata(for: occurrence.object, wallClock), involvedObject: occurrence.object)
        event.reason = occurrence.reason
        event.message = message
        event.type = occurrence.isWarning ? "Warning" : "Normal"
        event.source = source
        event.firstTimestamp = wallClock
        event.lastTimestamp = wallClock
        event.count = 1
        known[identity] = Known(event: event, lastUse: wallClock)
        return identity
    }

    private struct Kind: Hashable, Sendable {
        var object: ObjectReference
        var isWarning: Bool
        var reason: String
    }

    private struct Identity: Hashable, Sendable {
        var kind: Kind
        /// Nil for the one event that many similar ones become.
        var message: String?
    }

    private struct Known: Sendable {
        var event: Event
        var lastUse: Timestamp
        /// Whether the server has it.
        var isWritten = false
    }

    private struct Similar: Sendable {
        var messages: Set<String>
        var last: Timestamp
    }

    private mutating func isOneOfMany(_ kind: Kind, _ message: String, _ now: Timestamp) -> Bool {
        var entry = similar[kind] ?? Similar(messages: [], last: now)
        if now.seconds - entry.last.seconds > Self.window { entry.messages = [] }
        entry.last = now
        // The last place stands for all further messages.
        if entry.messages.count < Self.similarLimit { entry.messages.insert(message) }
        similar[kind] = entry
        return entry.messages.count >= Self.similarLimit
    }

    /// A name that no other event has, as far as one program can know.
    private mutating func metadata(for object: ObjectReference, _ now: Timestamp) -> ObjectMeta {
        serial += 1
        let suffix = "." + String(now.microseconds &* 1000 &+ serial % 1000, radix: 16)
        var name = String((object.name ?? "object").prefix(253 - suffix.utf8.count))
        // What a long name was cut to may not end in the middle of a separator.
        while let last = name.last, last == "-" || last == "." { name.removeLast() }
        return ObjectMeta(name: name + suffix, namespace: object.namespace ?? "default")
    }

    private mutating func forgetOld() {
        if known.count > Self.memory {
            let uses = known.values.map(\.lastUse).sorted()
            let limit = uses[uses.count / 4]
            known = known.filter { $0.value.lastUse > limit }
            withheld = withheld.mapValues { $0.filter { known[$0] != nil } }.filter { !$0.value.isEmpty }
        }
        if similar.count > Self.memory {
            let uses = similar.values.map(\.last).sorted()
            let limit = uses[uses.count / 4]
            similar = similar.filter { $0.value.last > limit }
        }
        if budgets.count > Self.memory { budgets = [:] }
    }

    private static func cut(_ message: String) -> String {
        guard message.utf8.count > messageLimit else { return message }
        var text = String(message.prefix(messageLimit))
        while text.utf8.count > messageLimit - 3 { text.removeLast() }
        return text + "…"
    }
}

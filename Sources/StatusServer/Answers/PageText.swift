import JSONDocument
import NIOCore

/// What the page's script reads: made of a snapshot once, and sent to many, each at its own time.
struct PageText: Sendable {
    /// All but the beginning, shared by all who read it, with the end of an event.
    private let rest: ByteBuffer

    private static let end = "\n\n"
    /// So much is copied behind a beginning, which most pages go into as a whole.
    private static let longestCopy = 16 << 10

    init(_ snapshot: PageSnapshot) {
        var octets: [UInt8] = []
        snapshot.json.write(into: &octets)
        // The beginning has the brace.
        var rest = ByteBuffer(bytes: octets.dropFirst())
        rest.writeString(Self.end)
        self.rest = rest
    }

    /// What a text begins with.
    ///
    /// - Parameter now: The moment at which it is sent, by which the reader's clock is judged.
    private func beginning(_ now: PageTime) -> String { "{\"now\":\(now.millisecondsSinceEpoch)," }

    /// An event, in two parts. JSON has no line ends of its own, so that it is one line of it.
    func event(now: PageTime = .now) -> (beginning: ByteBuffer, rest: ByteBuffer) {
        var event = ByteBuffer(string: "data: \(beginning(now))")
        var rest = rest
        if var copy = rest.readSlice(length: min(rest.readableBytes, Self.longestCopy)) { event.writeBuffer(&copy) }
        return (event, rest)
    }

    /// A document.
    func document(now: PageTime = .now) -> ByteBuffer {
        var document = ByteBuffer(string: beginning(now))
        document.writeImmutableBuffer(rest)
        // One line end is enough for it.
        document.moveWriterIndex(to: document.writerIndex - 1)
        return document
    }
}

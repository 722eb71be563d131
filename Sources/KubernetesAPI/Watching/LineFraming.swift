/// Cuts a stream of bytes into lines: what a watch sends, one event a line.
public struct LineFraming: Sendable {
    /// The most bytes that a line may have.
    public let limit: Int
    private var bytes: [UInt8] = []
    /// Where the line that is next begins.
    private var start = 0
    /// Up to where no line feed was found.
    private var searched = 0

    /// Lines up to that many bytes.
    public init(limit: Int) { self.limit = limit }

    /// A line is longer than ``LineFraming/limit``.
    public struct LineTooLong: Error, Hashable, Sendable {}

    /// Takes more bytes of the stream.
    public mutating func append(_ more: some Collection<UInt8>) {
        if start > 0 {
            bytes.removeFirst(start)
            searched -= start
            start = 0
        }
        bytes.append(contentsOf: more)
    }

    /// The next line without its end; nil until it has arrived. Empty lines are left out.
    public mutating func next() throws(LineTooLong) -> [UInt8]? {
        while let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) {
            var line = bytes[start..<end]
            start = end + 1
            searched = start
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            guard line.count <= limit else { throw LineTooLong() }
            if !line.isEmpty { return Array(line) }
        }
        searched = bytes.count
        guard bytes.count - start <= limit else { throw LineTooLong() }
        return nil
    }
}

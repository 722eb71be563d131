/// What became of a stream of probes.
public struct PingReport: Sendable {
    /// A stretch of time in which no answer came.
    public struct Gap: Sendable {
        /// The last answer before the silence, or the start of the stream.
        public let start: Timestamp
        /// The first answer after it, or the end of the stream.
        public let end: Timestamp
        /// How long the silence was.
        public var length: Duration { end - start }
    }

    /// How many probes were sent.
    public let sent: Int
    /// How many of them were answered, each counted once.
    public let answered: Int
    /// When the answers came, in order.
    public let answers: [Timestamp]
    /// When the stream began and ended.
    public let start: Timestamp, end: Timestamp

    /// How many probes were never answered. The last one may still have been under way at the end.
    public var lost: Int { sent - answered }

    /// The longest time without an answer, start and end of the stream included.
    public var longestGap: Gap {
        let points = [start] + answers + [end]
        let gaps = zip(points, points.dropFirst()).map { Gap(start: $0, end: $1) }
        return gaps.max { $0.length < $1.length } ?? Gap(start: start, end: end)
    }
}

/// Reads what `ping -D -n` of iputils writes.
struct PingOutput {
    private(set) var answers: [Timestamp] = []
    private(set) var answered = 0
    private(set) var sent: Int?

    init(_ lines: [String]) {
        var seen: Set<Int> = []
        var round = 0
        var last = 0
        for line in lines {
            if let (time, sequence) = Self.answer(line) {
                // The number on the wire has 16 bits; a big step back is a new round and not a late answer.
                if last - sequence > 32_768 { round += 65_536 }
                last = sequence
                answers.append(time)
                if seen.insert(round + sequence).inserted { answered += 1 }
            } else if let match = line.firstMatch(of: /^([0-9]+) packets transmitted/) {
                sent = Int(match.1)
            }
        }
        answers.sort()
    }

    /// The time and number of an answer: `[1700000000.123456] 64 bytes from 192.0.2.1: icmp_seq=5 ttl=64 time=0.05 ms`.
    private static func answer(_ line: String) -> (time: Timestamp, sequence: Int)? {
        guard line.hasPrefix("["), line.contains(" bytes from "), let close = line.firstIndex(of: "]"),
            let label = line.firstRange(of: "icmp_seq=")
        else { return nil }
        let time = line[line.index(after: line.startIndex)..<close].split(separator: ".")
        guard time.count == 2, time[1].count == 6, let seconds = Int64(time[0]), let microseconds = Int64(time[1]),
            let sequence = Int(line[label.upperBound...].prefix { $0.isNumber })
        else { return nil }
        return (Timestamp(nanoseconds: seconds * 1_000_000_000 + microseconds * 1_000), sequence)
    }
}

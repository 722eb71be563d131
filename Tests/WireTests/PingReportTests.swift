import Testing

@testable import NetworkLab

@Suite("What is read from ping")
struct PingReportTests {
    @Test("Answers are counted once each, also when the sequence number starts anew")
    func countsAnswers() {
        let output = PingOutput([
            "PING 192.0.2.1 (192.0.2.1) 56(84) bytes of data.",
            "[1700000000.000001] 64 bytes from 192.0.2.1: icmp_seq=65535 ttl=64 time=0.05 ms",
            "[1700000000.002001] 64 bytes from 192.0.2.1: icmp_seq=0 ttl=64 time=0.05 ms",
            "[1700000000.002501] 64 bytes from 192.0.2.1: icmp_seq=0 ttl=64 time=0.05 ms (DUP!)",
            "[1700000000.004001] From 192.0.2.9 icmp_seq=1 Destination Host Unreachable",
            "[1700000000.006001] 64 bytes from 192.0.2.1: icmp_seq=2 ttl=64 time=0.05 ms",
            "4 packets transmitted, 3 received, +1 errors, 25% packet loss, time 6ms",
        ])
        #expect(output.sent == 4)
        #expect(output.answered == 3)
        #expect(output.answers.first == Timestamp(nanoseconds: 1_700_000_000_000_001_000))
    }

    @Test("The longest gap includes the time before the first answer and after the last one")
    func longestGap() {
        func report(_ answers: [Int64]) -> PingReport {
            PingReport(
                sent: 5, answered: answers.count, answers: answers.map(Timestamp.init(nanoseconds:)),
                start: Timestamp(nanoseconds: 0), end: Timestamp(nanoseconds: 100))
        }
        #expect(report([10, 20, 70, 90]).longestGap.length == .nanoseconds(50))
        #expect(report([60, 70, 90]).longestGap.start == Timestamp(nanoseconds: 0))
        #expect(report([10, 20]).longestGap.end == Timestamp(nanoseconds: 100))
        #expect(report([]).longestGap.length == .nanoseconds(100))
        #expect(report([10, 20]).lost == 3)
    }
}

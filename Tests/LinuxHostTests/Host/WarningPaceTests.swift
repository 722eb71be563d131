import Glibc
@testable import LinuxHost
import Testing
import VRRP

@Suite("Warnings that come again and again")
struct WarningPaceTests {
    @Test("The same reason is told once in ten seconds, then with how often it came, whatever its numbers are")
    func pace() {
        var pace = WarningPace()
        var told: [String] = []
        for step in 0..<2_500 as Range<Int64> {
            let time = Instant(0) + .milliseconds(step * 10)
            pace.sentence(for: .late(by: .milliseconds(20 + step)), at: time).map { told.append($0) }
        }
        #expect(
            told == [
                "the process was stopped or starved: it is 20 ms late and listens first",
                "the process was stopped or starved: it is 1020 ms late and listens first; so it was 999 more times in the 10 s "
                    + "before",
                "the process was stopped or starved: it is 2020 ms late and listens first; so it was 999 more times in the 10 s "
                    + "before",
            ])
    }

    @Test("Another reason is told at once, and one that was quiet for long is told as it was at first")
    func reasons() {
        var pace = WarningPace()
        let error = SystemCallError("recvmmsg", errorNumber: ENOBUFS)
        let first = HostWarning.receivingFailed(interface: "eth0", error)
        #expect(pace.sentence(for: first, at: Instant(0)) == "\(first)")
        #expect(pace.sentence(for: first, at: Instant(1)) == nil)
        let second = HostWarning.receivingFailed(interface: "eth1", error)
        #expect(pace.sentence(for: second, at: Instant(2)) == "\(second)")
        #expect(pace.sentence(for: second, at: Instant(2) + .seconds(10)) == "\(second)")
    }

    @Test("However many reasons there are, what is remembered of them stays small, and each new one is told")
    func bound() {
        var pace = WarningPace()
        for number in 0..<100_000 {
            #expect(pace.sentence(for: .noticeFailed("no \(number)"), at: Instant(0)) != nil)
        }
        #expect((1...WarningPace.capacity).contains(pace.rememberedReasons))
    }
}

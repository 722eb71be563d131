import ControlProtocol
import Testing
import VRRP

@Suite("Civil times of moments")
struct CivilClockTests {
    private static let start = WallTime("2026-11-30T12:00:00.000Z")!
    private static let moment = Instant(7_000_300_000)

    /// Both clocks so many nanoseconds after the start, that of civil time ahead by some more.
    private static func reading(
        after nanoseconds: Int64, ahead: Int64 = 0
    ) -> (civil: WallTime, monotonic: Instant) {
        let milliseconds = start.millisecondsSinceEpoch + (nanoseconds + ahead) / 1_000_000
        return (WallTime(millisecondsSinceEpoch: milliseconds), Instant(moment.rawValue + nanoseconds))
    }

    @Test("A moment has one time, at whatever part of a millisecond the clocks are read")
    func sameTime() {
        var clock = CivilClock()
        for step in 0..<5000 as Range<Int64> {
            let reading = Self.reading(after: step * 1_234_567, ahead: step * 40_000)
            #expect(clock.time(of: Self.moment, by: reading) == Self.start)
        }
    }

    @Test("A clock that is set tells other times from then on", arguments: [3600, -3600] as [Int64])
    func step(seconds: Int64) {
        var clock = CivilClock()
        #expect(clock.time(of: Self.moment, by: Self.reading(after: 0)) == Self.start)
        let reading = Self.reading(after: 1_000_000, ahead: seconds * 1_000_000_000)
        let time = clock.time(of: Self.moment, by: reading)
        #expect(time.millisecondsSinceEpoch - Self.start.millisecondsSinceEpoch == seconds * 1000)
    }

    @Test("A clock that is led away is followed, half a second at a time")
    func drift() {
        var clock = CivilClock()
        var times: Set<WallTime> = []
        for second in 0..<100_000 as Range<Int64> {
            let nanoseconds = second * 1_000_000_000
            let reading = Self.reading(after: nanoseconds, ahead: nanoseconds / 20_000)
            let time = clock.time(of: reading.monotonic, by: reading)
            #expect(abs(time.millisecondsSinceEpoch - reading.civil.millisecondsSinceEpoch) <= 501)
            times.insert(clock.time(of: Self.moment, by: reading))
        }
        // Five seconds in all.
        #expect((9...11).contains(times.count), "\(times.count)")
    }
}

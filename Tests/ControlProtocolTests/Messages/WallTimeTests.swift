import ControlProtocol
import Testing

@Suite("Wall time")
struct WallTimeTests {
    @Test(
        "A moment is written as RFC 3339 and read back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (1_795_376_219_250, "2026-11-22T19:36:59.250Z"),
        ] as [(Int64, String)])
    func text(milliseconds: Int64, text: String) {
        let time = WallTime(millisecondsSinceEpoch: milliseconds)
        #expect(time.description == text)
        #expect(WallTime(text) == time)
    }

    @Test(
        "Every day around the turns of centuries is written and read back",
        arguments: [
            ("1898", "1902-02-09"), ("1998", "2002-02-08"), ("2098", "2102-02-09"), ("2398", "2402-02-08"),
        ])
    func days(firstYear: String, lastDay: String) throws {
        let start = try #require(WallTime("\(firstYear)-01-01T00:00:00.001Z"))
        var previous = ""
        for day in 0..<1500 as Range<Int64> {
            let time = WallTime(millisecondsSinceEpoch: start.millisecondsSinceEpoch + day * 86_400_000)
            #expect(WallTime(time.description) == time)
            #expect(previous < time.description)
            previous = time.description
        }
        #expect(previous == lastDay + "T00:00:00.001Z")
    }

    @Test(
        "Anything else is no time",
        arguments: [
            "", "2026-11-22", "2026-11-22T20:16:59Z", "2026-11-22 20:16:59.250Z", "2026-13-22T20:16:59.250Z",
            "2026-02-29T20:16:59.250Z", "2026-11-31T20:16:59.250Z", "2026-11-00T20:16:59.250Z",
            "2026-11-22T24:16:59.250Z", "2026-11-22T20:60:59.250Z", "2026-11-22T20:16:60.250Z",
            "+026-11-22T20:16:59.250Z", "2026-11-22T20:16:59.250+",
        ])
    func refusal(text: String) { #expect(WallTime(text) == nil) }
}

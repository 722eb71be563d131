import Testing

@testable import ProcessFigures

@Suite("What the kernel says about a process")
struct ProcessFiguresTests {
    @Test("The fields are those of proc(5), whatever the program is called")
    func fields() throws {
        let text =
            "12 (a ) (b) S 1 12 12 0 -1 4194560 500 0 0 0 250 50 0 0 20 0 4 0 1000 9000000 300 18446744073709551615 1"
        let statistics = try #require(ProcessStatistics(text, ticksPerSecond: 100, pageSize: 4096))
        #expect(statistics.processorSeconds == 3 && statistics.residentOctets == 1_228_800)
        #expect(statistics.virtualOctets == 9_000_000 && statistics.startAfterBoot == 10)
        for wrong in ["", "12 (a", "12 (a) S 1 2"] {
            #expect(ProcessStatistics(wrong, ticksPerSecond: 100, pageSize: 4096) == nil)
        }
    }

    @Test("Of this process all is known, and it can be")
    func current() throws {
        let figures = try #require(ProcessFigures.current)
        #expect(figures.processorSeconds > 0 && figures.residentOctets > 1 << 20)
        #expect(figures.virtualOctets >= figures.residentOctets)
        let (open, most) = (try #require(figures.openDescriptors), try #require(figures.mostDescriptors))
        #expect(open >= 3 && open <= most)
    }
}

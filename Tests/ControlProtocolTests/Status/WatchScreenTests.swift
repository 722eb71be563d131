import Testing
import VRRP
import VRRPEngine

@testable import ControlProtocol

@Suite("What is watched on a terminal")
struct WatchScreenTests {
    private static let time = WallTime(millisecondsSinceEpoch: 1_795_376_219_250)

    private static func screen(events: Int = 0) throws -> WatchScreen {
        let daemon = DaemonStatus(
            version: "0.1.0", processID: 4711, startTime: time, uptime: .seconds(9),
            definitionsFile: "/etc/vrrpd/d.json",
            lastLoad: DefinitionsLoad(time: time))
        var screen = WatchScreen(NodeStatus(try SampleEngine().snapshot, daemon: daemon, time: time))
        for number in 0..<events {
            let report = Report.faults(router: "router-\(number)", [])
            screen.take(TimedReport(time: time, report: report))
        }
        return screen
    }

    /// The lines of a frame as they are seen.
    private static func lines(_ frame: String) -> [String] {
        frame.replacing(/\u{1b}\[[0-9;]*[A-Za-z]/, with: "").split(separator: "\r\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    @Test("A frame is drawn over the one before, and ends what was longer there")
    func frame() throws {
        let frame = try Self.screen().frame(.init(rows: 40, columns: 120), isColoured: false)
        #expect(frame.hasPrefix("\u{1b}[Hvrrpd 0.1.0, process 4711") && frame.hasSuffix("\u{1b}[J"))
        let lines = frame.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.dropLast().allSatisfy { $0.hasSuffix("\u{1b}[K") })
    }

    @Test(
        "Everything fits, whatever size the terminal has",
        arguments: [(1, 1), (2, 10), (5, 30), (12, 60), (24, 80), (200, 300)])
    func size(rows: Int, columns: Int) throws {
        for events in [0, 1, 500] {
            let frame = try Self.screen(events: events).frame(.init(rows: rows, columns: columns), isColoured: true)
            let lines = Self.lines(frame)
            #expect(lines.count <= rows && lines.allSatisfy { $0.count <= columns }, "\(lines)")
        }
    }

    @Test("Events stand below the status, the newest last, and some of them on every terminal")
    func events() throws {
        let high = Self.lines(try Self.screen(events: 3).frame(.init(rows: 40, columns: 120), isColoured: false))
        #expect(
            high.suffix(4).map { $0.split(separator: " ").dropFirst().first ?? "" } == [
                "", "router-0:", "router-1:", "router-2:",
            ])
        let low = Self.lines(try Self.screen(events: 100).frame(.init(rows: 10, columns: 120), isColoured: false))
        #expect(low.last?.contains("router-99:") == true && low.contains { $0.contains("lines more") })
        #expect(low.filter { $0.contains("router-") }.count == 5)
    }

    @Test("A line that is cut says so, and ends its paint")
    func cut() {
        #expect(TerminalLine.cut("\u{1b}[31mabcdef\u{1b}[0m", to: 4) == "\u{1b}[31mabc\u{1b}[0m…")
        #expect(TerminalLine.cut("\u{1b}[31mabcd\u{1b}[0m", to: 4) == "\u{1b}[31mabcd\u{1b}[0m")
        #expect(TerminalLine.cut("abc", to: 0) == "" && TerminalLine.cut("abc\u{1b}[31", to: 3) == "abc\u{1b}[31")
    }

    @Test("The last cell of a table goes on below itself where a terminal is narrow, or stands below its row")
    func wrapping() {
        var table = TextTable(headings: ["NAME", "ADDRESSES"])
        table.add(["web", "192.0.2.100/24 192.0.2.101/24 192.0.2.102/24"])
        #expect(
            table.lines(isColoured: false, columns: 40) == [
                "NAME  ADDRESSES", "web   192.0.2.100/24 192.0.2.101/24", "      192.0.2.102/24",
            ])
        #expect(
            table.lines(isColoured: false, columns: 25) == [
                "NAME", "    ADDRESSES", "web", "    192.0.2.100/24", "    192.0.2.101/24", "    192.0.2.102/24",
            ])
        #expect(table.lines(isColoured: false).count == 2)
    }
}

import Logging
import Testing

@testable import ProgramLog

@Suite("Lines of a log")
struct LogLineTests {
    @Test("A line of the log in JSON has zap's members, and stays one line whatever it says")
    func logLines() {
        let line = JSONLogLine(
            level: "info", time: "2026-11-29T12:00:00.000Z", message: "group \"edge\"\nis new",
            fields: ["namespace": "floating", "group": "edge", "msg": "another"])
        #expect(
            "\(line)"
                == #"{"level":"info","ts":"2026-11-29T12:00:00.000Z","msg":"group \"edge\"\nis new","group":"edge","#
                + #""namespace":"floating"}"#)
    }

    @Test("Behind the text stands what it says to programs; its own word counts before the logger's")
    func keyValues() {
        func event(_ metadata: Logger.Metadata?) -> LogEvent {
            LogEvent(
                level: .notice, message: "text", metadata: metadata, source: "", file: "", function: "", line: 0)
        }
        #expect(event(nil).line(with: [:]) == "text")
        #expect(event(["b": "x y", "a": "1"]).line(with: ["a": "2", "c": "3"]) == #"text a=1 b="x y" c=3"#)
        let fields = event(["a": "1"]).fields(with: ["a": "2", "c": "3"])
        #expect(fields == ["a": "1", "c": "3"])
    }
}

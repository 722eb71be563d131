import ControlProtocol
import JSONDocument
import Testing
import VRRP
import VRRPEngine

@Suite("Explanations for people and programs")
struct ExplanationStatusTests {
    private static func explanation(_ name: String, of engine: Engine) throws -> ExplanationStatus {
        let now = Instant(10_500_000_000)
        return ExplanationStatus(try #require(engine.explain(.router(name), at: now).first), at: now)
    }

    @Test("An explanation is the same on the other side of the socket", arguments: ["active", "backup", "broken"])
    func roundTrip(name: String) throws {
        var sample = try SampleEngine()
        sample.engine.drain(HandOverPlan(), at: Instant(10_400_000_000), effects: &sample.effects)
        let explanation = try Self.explanation(name, of: sample.engine)
        #expect(try ControlAnswer(line: ControlAnswer.explain([explanation]).line) == .explain([explanation]))
    }

    @Test("A backup is explained in words")
    func backup() throws {
        #expect(
            try Self.explanation("backup", of: SampleEngine().engine).text == """
                backup: backup for 9s because it started and listens first
                  addresses   192.0.2.102/24 is not here
                  active      192.0.2.20 with the priority 200, for 8s
                  priority    100
                  next        this node 3609 ms after the active router's last advert, or 609 ms after it gives up
                              a backup with a higher priority would be earlier; backups do not speak
                  blocked by  192.0.2.20 is active with the priority 200, which is not lower

                """)
    }

    @Test("An active router and a broken one are explained in words")
    func others() throws {
        let active = try Self.explanation("active", of: SampleEngine().engine).text
        #expect(active.hasPrefix("active: active for 9s because it owns the addresses\n"), "\(active)")
        #expect(active.contains("  active      this node, for 9s\n"))
        #expect(active.contains("next        not known: backups do not speak, and none has been active"))
        #expect(!active.contains("blocked"))
        let broken = try Self.explanation("broken", of: SampleEngine().engine).text
        #expect(broken.contains("  blocked by  interface eth9 does not exist\n"), "\(broken)")
        #expect(broken.contains("  next        not this node\n"))
        // One that is out hears nobody, so that it does not know who is active, and who would be next.
        var sample = try SampleEngine()
        sample.engine.interfaceRemoved(index: 2, at: Instant(10_400_000_000), effects: &sample.effects)
        let silent = try Self.explanation("backup", of: sample.engine).text
        #expect(silent.contains("  next        not this node\n"), "\(silent)")
        #expect(!silent.contains("192.0.2.20"), "\(silent)")
    }
}

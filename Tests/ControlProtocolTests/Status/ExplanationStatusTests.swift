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

    /// The explanation of `backup` after an advert.
    private static func text(hearing priority: UInt8) throws -> String {
        var sample = try SampleEngine()
        sample.hear(priority: priority, at: Instant(10_400_000_000))
        return try explanation("backup", of: sample.engine).text
    }

    @Test("A backup that preempts is next itself, whenever it heard the active router")
    func preempting() throws {
        let text = try Self.text(hearing: 50)
        #expect(text.contains("  active      192.0.2.20 with the priority 50"), "\(text)")
        #expect(text.contains("  next        this node, unless it hears a better router before\n"), "\(text)")
        #expect(text.contains("  blocked by  it takes over in "), "\(text)")
        #expect(!text.contains("after the active router's last advert"), "\(text)")
    }

    @Test("A backup whose active router gave up is next itself")
    func following() throws {
        let text = try Self.text(hearing: 0)
        #expect(text.contains("  next        this node, unless it hears a better router before\n"), "\(text)")
    }

    @Test("A member that waits for its sync group says so")
    func waitingForGroup() throws {
        var fast = SampleEngine.router("fast", 1, "192.0.2.101")
        fast.advertisementInterval = AdvertisementInterval(centiseconds: 10)!
        let slow = SampleEngine.router("slow", 2, "192.0.2.102")
        let group = SyncGroupDefinition(name: "SG", members: ["fast", "slow"])
        var engine = Engine()
        var effects: [Effect] = []
        try engine.apply(Definitions(virtualRouters: [fast, slow], syncGroups: [group]), at: .zero, effects: &effects)
        engine.interfacesResynchronized([SampleEngine.interface], at: .zero, effects: &effects)
        let time = engine.nextProtocolDeadline
        engine.advance(to: time, effects: &effects)
        let text = ExplanationStatus(try #require(engine.explain(.router("fast"), at: time).first), at: time).text
        #expect(text.contains("not every member of the sync group SG would"), "\(text)")
        #expect(
            text.contains("  next        this node, when every member of its sync group would take over\n"), "\(text)")
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

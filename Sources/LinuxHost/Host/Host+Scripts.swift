import Glibc
import VRRP
public import VRRPEngine

extension Host {
    /// The most verdicts that are taken in within a turn; the others come with the next.
    private static let verdictLimit = 64

    /// Whether ``apply(_:scripts:)`` can run scripts: only a process for them that was there from the start can.
    public var runsScripts: Bool { scriptRunner != nil || scriptRunnerHasEnded }

    /// Puts definitions and the scripts in force whose results they track.
    ///
    /// Scripts that are as before go on. A new one counts as bad until its first result when the host starts; later it
    /// counts as good until then, so that an active router does not fall because somebody adds a check. A changed one
    /// keeps its state until its first result.
    ///
    /// - Precondition: There are no scripts, or ``runsScripts`` is true.
    public func apply(_ definitions: Definitions, scripts new: [RunnableScript]) throws(DefinitionError) {
        let old = scripts
        let new = Self.placed(new, beside: old)
        scripts = Dictionary(new.map { ($0.definition.name, $0) }) { first, _ in first }
        if hasScriptsInForce, !scriptRunnerHasEnded {
            for name in scripts.keys where old[name] == nil { setScript(name, isGood: true) }
        }
        do throws(DefinitionError) { try apply(definitions) } catch {
            scripts = old
            throw error
        }
        hasScriptsInForce = true
        for script in scripts.values where script != old[script.definition.name] {
            guard script.definition.startsFailed || scriptRunnerHasEnded else { continue }
            setScript(script.definition.name, isGood: false)
        }
        guard scripts != old else { return }
        do throws(SystemCallError) {
            try scriptRunner?.run(new)
        } catch {
            giveUpScripts(error)
        }
    }

    /// How far each script is, by name; nothing of those that are not run.
    public var scriptProgress: [String: ScriptProgress] {
        scripts.compactMapValues { script in script.place.flatMap { place in scriptRunner?.board[place] } }
    }

    /// The scripts with their places on the board: a name keeps its place, so that what goes on is the same script.
    private static func placed(_ new: [RunnableScript], beside old: [String: RunnableScript]) -> [RunnableScript] {
        let kept = Set(new.compactMap { old[$0.definition.name]?.place })
        var free = (0..<ScriptBoard.capacity).lazy.filter { !kept.contains($0) }.makeIterator()
        return new.map { script in
            var script = script
            script.place = old[script.definition.name]?.place ?? free.next()
            return script
        }
    }

    /// Takes in what the script runner tells.
    func hearScripts() {
        guard events.contains(where: { $0.source == .scripts }) else { return }
        do throws(SystemCallError) {
            for _ in 0..<Self.verdictLimit {
                switch try scriptRunner?.receive() {
                case nil, .nothing?: return
                case .end?: return giveUpScripts(SystemCallError("recv", errorNumber: ECONNRESET))
                case .message(let octets)?: take(try? ScriptNews(octets))
                }
            }
        } catch {
            giveUpScripts(error)
        }
    }

    private func take(_ news: ScriptNews?) {
        switch news {
        case .verdict(let verdict)?: judge(verdict)
        case .trouble(let sentence)?: observer.host(self, warned: .noticeFailed(sentence))
        case .performed?, nil: return
        }
    }

    private func judge(_ verdict: ScriptVerdict) {
        // Service managers end scripts together with the daemon: what they say then must not cut a hand-over short.
        guard scripts[verdict.script] != nil, !isHandingOver else { return }
        observer.host(self, judged: verdict)
        setScript(verdict.script, isGood: verdict.isGood)
    }

    private func setScript(_ name: String, isGood: Bool) {
        setTrackedObject(ScriptDefinition.trackedName(name), isGood: isGood)
    }

    /// Without its process no script is known to be good.
    private func giveUpScripts(_ error: SystemCallError) {
        if let number = scriptRunner?.fileDescriptor { try? loop.unwatch(number) }
        scriptRunner?.collect()
        scriptRunner = nil
        scriptRunnerHasEnded = true
        guard !isHandingOver else { return }
        observer.host(self, warned: .scriptRunnerEnded(error))
        for name in scripts.keys { setScript(name, isGood: false) }
    }
}

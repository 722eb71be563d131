import FileReplacement
import Glibc
import KeepalivedCompatibility
import LinuxHost
import VRRP

/// The program from its start to its end.
struct Program {
    let order: Order
    /// What was sent since the start; it waits until there is a daemon to end.
    let signals: SignalQueue

    /// Does what was asked for.
    func run() -> ExitCode {
        // What does not run for long may be interrupted.
        if order.action != .run { signals.release() }
        switch order.action {
        case .help:
            say(Order.help)
            return .success
        case .run: return plan().map(runKeepalived) ?? .configuration
        case .show:
            guard let plan = plan() else { return .configuration }
            say(plan.configuration)
            return .success
        case .remove: return remove()
        }
    }

    private func plan() -> FailoverPlan? {
        do { return try FailoverPlan(environment: environment(), node: NodeFacts.current()) } catch {
            for problem in error.problems { complain("\(problem)") }
            return nil
        }
    }

    private func runKeepalived(_ plan: FailoverPlan) -> ExitCode {
        for note in plan.notes { say("\(note)\n") }
        if plan.acceptsMulticast { acceptMulticast() }
        let replacement = FileReplacement(of: plan.configurationPath, temporaryName: .unique(".vrrpd-"))
        do { try replacement.write(Array(plan.configuration.utf8)) } catch {
            complain("\(error)")
            return .failure
        }
        say("Wrote \(plan.configurationPath); virtual addresses on \(plan.interface): \(plan.addresses.count)\n")
        let arguments = KeepalivedArguments(order, configurationPath: plan.configurationPath).words
        let child: ChildProcess
        do { child = try ChildProcess(order.keepalived, arguments) } catch {
            complain("\(error)")
            return .failure
        }
        let outcome = Supervision(child: child, signals: signals).run()
        release(plan.addresses, from: plan.interface)
        switch outcome {
        case .stopped: return .success
        case .endedByItself(let status):
            complain("keepalived has ended by itself, \(status); its container is to be started again")
            return .failure
        }
    }

    /// The rule is a courtesy: everything works without it where nothing drops the packets.
    private func acceptMulticast() {
        do {
            let isNew = try MulticastAcceptance.establish()
            say("nftables accepts multicast to 224.0.0.18\(isNew ? "" : " already")\n")
        } catch { complain("\(error); going on without") }
    }

    private func remove() -> ExitCode {
        let removal = FailoverRemoval(environment: environment(), node: NodeFacts.current())
        for problem in removal.problems { complain("\(problem)") }
        var succeeds = removal.problems.isEmpty
        if removal.acceptsMulticast {
            do {
                if try MulticastAcceptance.remove() { say("Removed the table inet keepalived of nftables\n") }
            } catch {
                complain("\(error)")
                succeeds = false
            }
        }
        if let interface = removal.interface, !release(removal.addresses, from: interface) { succeeds = false }
        return succeeds ? .success : .failure
    }

    /// Removes what is left of the virtual addresses; returns whether all of them are gone.
    @discardableResult
    private func release(_ addresses: [IPAddress], from interface: String) -> Bool {
        var succeeds = true
        do {
            for (address, failure) in try NodeNetwork.remove(addresses, from: interface) {
                if let failure {
                    complain("\(failure)")
                    succeeds = false
                } else {
                    say("Removed the virtual address \(address) from \(interface)\n")
                }
            }
        } catch {
            complain("the virtual addresses cannot be removed from \(interface): \(error)")
            succeeds = false
        }
        return succeeds
    }
}

extension NodeFacts {
    /// The node as it is now; without interfaces where the kernel does not answer.
    fileprivate static func current() -> NodeFacts {
        do {
            // Where there is only IPv6, the same servers' address there.
            let outward = [
                IPAddress.v4(IPv4Address(8, 8, 8, 8)),
                .v6(IPv6Address(high: 0x2001_4860_4860_0000, low: 0x8888)),
            ]
            var interface: String?
            for address in outward where interface == nil { interface = try NodeNetwork.interface(towards: address) }
            return NodeFacts(interfaces: try NodeNetwork.interfaces(), outwardInterface: interface)
        } catch {
            complain("the interfaces cannot be listed: \(error)")
            return NodeFacts(interfaces: [], outwardInterface: nil)
        }
    }
}

/// The environment of the process; of a name that is there twice the first counts, as for getenv(3).
private func environment() -> [String: String] {
    var variables: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
        let parts = String(cString: entry).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, variables[String(parts[0])] == nil { variables[String(parts[0])] = String(parts[1]) }
        next += 1
    }
    return variables
}

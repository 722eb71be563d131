import Glibc

/// `vrrp-ipfailover`: the first process of a container that takes the place of OpenShift's image for IP failover.
@main
enum VRRPIPFailover {
    static func main() {
        // At once: as the first process of a container this one has no default for signals, and what comes before they are
        // kept is lost.
        let signals = SignalQueue()
        let order: Order
        do { order = try Order(CommandLine.arguments) } catch {
            complain("\(error)")
            exit(ExitCode.failure.rawValue)
        }
        exit(Program(order: order, signals: signals).run().rawValue)
    }
}

/// What the program exits with.
enum ExitCode: Int32 {
    /// Stopped in order, or done.
    case success = 0
    /// Something does not work, or keepalived has ended by itself.
    case failure = 1
    /// The environment cannot be used.
    case configuration = 2
}

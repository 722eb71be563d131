public import VRRP
public import VRRPEngine

/// Who decides what a host only notices: what is logged, what a signal means, what a request is answered.
///
/// All functions are called on the engine's thread and must not wait for anything.
public protocol HostObserver: AnyObject {
    /// The engine reports something.
    func host(_ host: Host, reported report: Report)
    /// What the engine reported is carried out: the addresses are where they belong now. Told in the order of the reports.
    func host(_ host: Host, carriedOut report: Report)
    /// The engine decided something; told where ``HostOptions/tellsDecisions`` is set.
    func host(_ host: Host, decided decision: Decision)
    /// Everything is about to be given up.
    func hostShutsDown(_ host: Host)
    /// Everything was given up; what is delivered now is the last.
    func hostHasShutDown(_ host: Host)
    /// Something went wrong that the host gets over.
    func host(_ host: Host, warned warning: HostWarning)
    /// An address came to an interface or went from it; told where ``HostOptions/tellsAddressChanges`` is set.
    func host(_ host: Host, noticed change: AddressChange)
    /// A script became good or bad, or its first result is there; the engine is told next.
    func host(_ host: Host, judged verdict: ScriptVerdict)
    /// A tracked file has another number, or tracked processes became good or bad; the engine is told next.
    func host(_ host: Host, observed observation: Observation)
    /// A signal arrived, one of ``HostOptions/signals``; ``Host/apply(_:)``, ``Host/handOver(_:)`` and ``Host/stop()`` are
    /// what it may mean.
    func host(_ host: Host, received signal: Int32)
    /// A client of the control socket sent a line, given without its end.
    func host(_ host: Host, answers request: ArraySlice<UInt8>, of client: ControlConnection) -> ClientAnswer
}

extension HostObserver {
    /// By default nobody is told.
    public func host(_ host: Host, observed observation: Observation) {}
    /// Nothing follows.
    public func host(_ host: Host, noticed change: AddressChange) {}
    /// Nothing follows.
    public func host(_ host: Host, decided decision: Decision) {}
    /// Nothing follows.
    public func host(_ host: Host, carriedOut report: Report) {}
    /// Nothing follows.
    public func hostShutsDown(_ host: Host) {}
    /// Nothing follows.
    public func hostHasShutDown(_ host: Host) {}
}

/// An address that came to an interface or went from it, whoever did that.
public struct AddressChange: Hashable, Sendable {
    /// The name of the interface.
    public var interface: String
    /// The address.
    public var address: IPAddress
    /// Whether it came.
    public var isAdded: Bool
}

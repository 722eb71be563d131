public import VRRP

/// One request and its answer; for connections that do not watch.
extension ControlClient {
    /// Asks for everything that vrrpd knows.
    ///
    /// - Parameters:
    ///   - brief: whether the counters of virtual routers that have counted nothing are left out, so that there is less to read.
    ///   - timeout: How long to wait for the answer.
    public mutating func status(
        brief: Bool = false, timeout: Nanoseconds? = .seconds(10)
    ) throws(ControlClientError) -> NodeStatus {
        guard case .status(let status) = try answer(to: .status(brief: brief), timeout) else {
            throw .unexpected("a status")
        }
        return status
    }

    /// Lets vrrpd read its configuration again, and waits until that is in force or known to be unusable.
    ///
    /// - Parameter timeout: How long to wait; a configuration of thousands of virtual routers takes seconds. When it is
    ///   over, vrrpd goes on all the same.
    public mutating func reload(timeout: Nanoseconds? = .seconds(60)) throws(ControlClientError) -> ReloadOutcome {
        guard case .reload(let outcome) = try answer(to: .reload, timeout) else {
            throw .unexpected("the outcome of a reload")
        }
        return outcome
    }

    /// Tells vrrpd the states of objects that its virtual routers track by name, in as many requests as that takes.
    ///
    /// vrrpd keeps them over a reload for as long as a virtual router tracks them, but not over a restart.
    ///
    /// - Parameters:
    ///   - objects: true for good, false for bad, by names of 1 to 255 octets without control characters.
    ///   - timeout: How long to wait for each answer.
    /// - Returns: The names that count for nothing at the moment.
    public mutating func track(
        _ objects: [String: Bool], timeout: Nanoseconds? = .seconds(10)
    ) throws(ControlClientError) -> TrackOutcome {
        var unknown: [String] = []
        for request in ControlRequest.tracking(objects) {
            guard case .track(let outcome) = try answer(to: request, timeout) else {
                throw .unexpected("the outcome of tracking")
            }
            unknown += outcome.unknown
        }
        return TrackOutcome(unknown: unknown.sorted())
    }

    /// Asks for the events whose numbers are greater than `sequence`.
    public mutating func events(
        since sequence: UInt64 = 0, timeout: Nanoseconds? = .seconds(10)
    ) throws(ControlClientError) -> EventList {
        guard case .events(let list) = try answer(to: .events(since: sequence), timeout) else {
            throw .unexpected("a list of events")
        }
        return list
    }

    /// Asks why virtual routers are in their states: the one of a name, or those that have an address.
    public mutating func explain(
        _ subject: String, timeout: Nanoseconds? = .seconds(10)
    ) throws(ControlClientError) -> [ExplanationStatus] {
        guard case .explain(let explanations) = try answer(to: .explain(subject), timeout) else {
            throw .unexpected("an explanation")
        }
        return explanations
    }

    /// Lets the node be drained, or ends that; returns at once with what it still holds.
    public mutating func setDrained(
        _ isDrained: Bool, timeout: Nanoseconds? = .seconds(10)
    ) throws(ControlClientError) -> DrainOutcome {
        guard case .drain(let outcome) = try answer(to: isDrained ? .drain : .undrain, timeout) else {
            throw .unexpected("the outcome of draining")
        }
        return outcome
    }

    /// Asks what a drained node still holds.
    public mutating func drained(timeout: Nanoseconds? = .seconds(10)) throws(ControlClientError) -> DrainOutcome {
        guard case .drain(let outcome) = try answer(to: .drained, timeout) else {
            throw .unexpected("the outcome of draining")
        }
        return outcome
    }

    /// Asks for the last adverts of the virtual router of a name.
    public mutating func capture(
        ofRouter name: String, timeout: Nanoseconds? = .seconds(10)
    ) throws(ControlClientError) -> CaptureStatus {
        guard case .capture(let capture) = try answer(to: .capture(router: name), timeout) else {
            throw .unexpected("a capture")
        }
        return capture
    }

    private mutating func answer(
        to request: ControlRequest, _ timeout: Nanoseconds?
    ) throws(ControlClientError) -> ControlAnswer {
        try send(request)
        return try nextAnswer(timeout: timeout)
    }
}

extension ControlRequest {
    /// Requests that tell these states together, each short enough; one request where there are none.
    static func tracking(_ objects: [String: Bool]) -> [ControlRequest] {
        // A name may take six octets for each of its own, and more around it.
        let room = ControlEndpoint.longestRequest - 100
        var requests: [ControlRequest] = []
        var part: [String: Bool] = [:]
        var length = 0
        for (name, isGood) in objects.sorted(by: { $0.key < $1.key }) {
            let needed = name.utf8.count * 6 + 10
            if part.count == ControlEndpoint.mostTrackedObjects || length + needed > room {
                requests.append(.track(part))
                part = [:]
                length = 0
            }
            part[name] = isGood
            length += needed
        }
        if !part.isEmpty || requests.isEmpty { requests.append(.track(part)) }
        return requests
    }
}

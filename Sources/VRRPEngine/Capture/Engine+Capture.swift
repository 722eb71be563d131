import VRRP

extension Engine {
    /// The adverts that are kept of a virtual router; nil where there is none of the name.
    public func capture(ofRouter name: String) -> RouterCapture? {
        guard let slot = definedSlots.first(where: { routers[$0].definition.name == name }) else { return nil }
        return RouterCapture(definition: routers[slot].definition, adverts: routers[slot].capture.adverts)
    }
}

extension RouterRuntime {
    /// Keeps an advert that is being sent.
    ///
    /// It changes the router in place; asked from outside, the templates would be copied for each advert.
    mutating func captureSent(_ place: Int, priority: UInt8, sequenceNumber: UInt32, at now: Instant) {
        guard place < templates.count else { return }
        capture.record(sent: templates[place], priority: priority, sequenceNumber: sequenceNumber, at: now)
    }
}

public import JSONDocument
public import VRRP

/// The timers of a virtual router as the time that is left; to the millisecond.
public struct VirtualRouterTimers: Sendable, Equatable {
    /// Until Active_Down_Timer fires; backups alone have it.
    public var activeDown: Nanoseconds?
    /// Active_Adver_Interval: the time between the active router's adverts; backups alone have it.
    public var activeAdvertisementInterval: Nanoseconds?
    /// Until preemption stops waiting; nil while it does not wait.
    public var preemptionHold: Nanoseconds?
    /// Until Adver_Timer fires; active routers alone have it.
    public var advertisement: Nanoseconds?

    init(_ state: VirtualRouterState, at now: Instant) {
        switch state {
        case .initialize: break
        case .backup(let backup):
            activeDown = (backup.activeDownDeadline - now).wholeMilliseconds
            activeAdvertisementInterval = backup.activeAdvertisementInterval.duration
            preemptionHold = backup.preemptionHold.map { ($0 - now).wholeMilliseconds }
        case .active(let active):
            advertisement = (active.advertisementDeadline - now).wholeMilliseconds
        }
    }
}

extension VirtualRouterTimers: ControlValue {
    /// An object; a timer that does not run is `null`.
    public var json: JSONValue {
        [
            "activeDownMilliseconds": JSONValue(activeDown, \.jsonMilliseconds),
            "activeAdvertisementIntervalMilliseconds": JSONValue(activeAdvertisementInterval, \.jsonMilliseconds),
            "preemptionHoldMilliseconds": JSONValue(preemptionHold, \.jsonMilliseconds),
            "advertisementMilliseconds": JSONValue(advertisement, \.jsonMilliseconds),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        var fields = try reader.fields()
        activeDown = try fields.optional("activeDownMilliseconds")?.milliseconds()
        activeAdvertisementInterval =
            try fields.optional("activeAdvertisementIntervalMilliseconds")?.milliseconds()
        preemptionHold = try fields.optional("preemptionHoldMilliseconds")?.milliseconds()
        advertisement = try fields.optional("advertisementMilliseconds")?.milliseconds()
    }
}

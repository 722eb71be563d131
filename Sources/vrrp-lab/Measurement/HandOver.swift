import NetworkLab
import VRRP

/// How a virtual router went from one host to another, by what passed the bridge.
struct HandOver {
    /// The last advert of the old host that its successor heeded: of a higher priority than its own, or of priority 0; any
    /// where the router is sticky.
    let lastAdvert: Advert
    /// The first advert of the new host.
    let firstAdvert: Advert
    /// When the new host first announced the address to the neighbours.
    let announced: Timestamp
    /// How many adverts of a lower priority the old host sent meanwhile: it was active and offered to hand over.
    let offers: Int

    /// Whether the old host gave up by an advert of priority 0.
    var isResignation: Bool { lastAdvert.priority == 0 }

    /// From the old host's last word that counted until the neighbours could know the new one.
    var duration: Duration { announced - lastAdvert.time }

    /// How long the new host must wait after the last advert: Active_Down_Interval, or Skew_Time alone after an advert
    /// of priority 0 (RFC 9568, sections 6.1 and 6.4.2).
    var prescribedWait: Duration {
        let skew = lastAdvert.interval * (256 - Int(firstAdvert.priority)) / 256
        return isResignation ? skew : lastAdvert.interval * 3 + skew
    }

    /// Looks the hand-over up in what a tap has heard since `position`, when the old host was active still; nil when it
    /// is not complete yet.
    init?(of router: FloatingRouter, from old: Node, to new: Node, heardBy tap: PacketTap, after position: Position) {
        let frames = tap.frames.entries(after: position)
        let adverts = frames.compactMap(Advert.init).filter { advert in
            advert.identifier == router.identifier && advert.source.family == router.address.family
        }
        guard let firstAdvert = adverts.first(where: { new.ownAddresses.contains($0.source) }) else { return nil }
        let others = adverts.filter { $0.time < firstAdvert.time && old.ownAddresses.contains($0.source) }
        guard
            let lastAdvert = others.last(where: { advert in
                router.isSticky || advert.priority == 0 || advert.priority >= firstAdvert.priority
            }),
            let announcement = frames.first(where: { frame in
                frame.time > lastAdvert.time && frame.source == new.hardwareAddress
                    && frame.announcedAddress == router.address
            })
        else { return nil }
        self.lastAdvert = lastAdvert
        self.firstAdvert = firstAdvert
        announced = announcement.time
        offers = others.count { $0.time > lastAdvert.time }
    }

    typealias Position = Journal<CapturedFrame>.Position
}

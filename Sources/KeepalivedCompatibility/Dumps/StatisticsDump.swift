import VRRP
import VRRPEngine

/// The content of keepalived.stats, laid out as keepalived 2.2 does.
struct StatisticsDump {
    let source: DumpSource

    init(_ source: DumpSource) { self.source = source }

    /// A block for each instance, without blank lines.
    var text: String { source.routers.map(Self.block).joined() }

    private static func block(_ router: RouterSnapshot) -> String {
        let statistics = router.statistics
        return """
            VRRP Instance: \(router.definition.name)
              Advertisements:
                Received: \(statistics.advertisementsReceived)
                Sent: \(statistics.advertisementsSent)
              Became master: \(statistics.becameActive)
              Released master: \(statistics.leftActive)
              Packet Errors:
                Length: \(statistics.discards[.length])
                TTL: \(statistics.discards[.hopLimit])
                Invalid Type: \(statistics.discards[.type])
                Advertisement Interval: \(statistics.discards[.interval])
                Address List: \(statistics.addressListErrors)
              Authentication Errors:
                Invalid Type: \(statistics.discards[.authenticationType])
                Type Mismatch: \(statistics.discards[.authenticationMismatch])
                Failure: \(statistics.discards[.authenticationFailure])
              Priority Zero:
                Received: \(statistics.priorityZeroReceived)
                Sent: \(statistics.priorityZeroSent)

            """
    }
}

extension RouterStatistics {
    /// Adverts whose address list was wrong, whether they were discarded for it or not: keepalived's one counter.
    var addressListErrors: UInt64 { discards[.addressList] + addressListMismatches }
}

import EngineMetrics

extension InstanceCounter {
    /// Where keepalived.stats has it: the headline above it, empty for none, and the word before its value.
    var place: StatisticsPlace {
        switch self {
        case .advertisementsReceived: StatisticsPlace("Advertisements", "Received")
        case .advertisementsSent: StatisticsPlace("Advertisements", "Sent")
        case .becameActive: StatisticsPlace("", "Became master")
        case .leftActive: StatisticsPlace("", "Released master")
        case .lengthErrors: StatisticsPlace("Packet Errors", "Length")
        case .intervalErrors: StatisticsPlace("Packet Errors", "Advertisement Interval")
        case .hopLimitErrors: StatisticsPlace("Packet Errors", "TTL")
        case .typeErrors: StatisticsPlace("Packet Errors", "Invalid Type")
        case .addressListErrors: StatisticsPlace("Packet Errors", "Address List")
        case .authenticationTypeErrors: StatisticsPlace("Authentication Errors", "Invalid Type")
        case .authenticationMismatches: StatisticsPlace("Authentication Errors", "Type Mismatch")
        case .authenticationFailures: StatisticsPlace("Authentication Errors", "Failure")
        case .priorityZeroReceived: StatisticsPlace("Priority Zero", "Received")
        case .priorityZeroSent: StatisticsPlace("Priority Zero", "Sent")
        }
    }
}

/// A line of keepalived.stats.
struct StatisticsPlace: Hashable {
    let headline: String
    let word: String

    init(_ headline: String, _ word: String) {
        self.headline = headline
        self.word = word
    }
}

/// The keywords about gratuitous ARP and unsolicited neighbour advertisements; `global_defs` has them with the prefix
/// `vrrp_` and sets with them what holds for instances that say nothing.
enum AnnouncementKeywords {
    /// A day: longer delays are taken for a mistake.
    private static let delays = 0...86_400
    /// More rounds than anyone needs: each costs a frame for every address.
    private static let rounds = 0...100
    /// What keepalived takes for a number of rounds, or for the seconds between refreshes.
    private static let anyNumber = 0...Int(UInt32.max)

    static func keywords<Settings: Sendable>(
        prefix: String, at settings: any WritableKeyPath<Settings, AnnouncementSettings> & Sendable
    ) -> [Keyword<Settings>] {
        // Of a number beyond the range that keepalived takes, the end of the range is used. What it does not take either
        // is left out: no instance is better off without a router than with the usual announcements.
        func keyword(
            _ name: String, _ range: ClosedRange<Int>, reading taken: ClosedRange<Int>? = nil, standard: String,
            _ summary: String, into field: any WritableKeyPath<AnnouncementSettings, Located<Int>?> & Sendable
        ) -> Keyword<Settings> {
            let format = ValueFormat<Int>(allowed: ValueFormat<Int>.integer(range).allowed) { text in
                ValueFormat<Int>.integer(taken ?? range).read(text)
            }
            let plain = Keyword<Settings>.value(prefix + name, format, standard: standard, summary) {
                $0[keyPath: settings][keyPath: field] = $1
            }
            return Keyword(plain.name, values: plain.values, standard: standard, summary) { statement, target, log in
                plain.read(statement, &target, &log)
                let most = range.upperBound
                guard let number = target[keyPath: settings][keyPath: field], number.value > most else { return }
                log.warning(
                    number.place, plain.name, .changed(value: number.text, to: "\(most)", because: .nearestAllowed))
                target[keyPath: settings][keyPath: field] = Located(most, at: number.place, text: number.text)
            }.expendable
        }
        let isGlobal = !prefix.isEmpty
        func standard(_ text: String, _ name: String) -> String { isGlobal ? text : "vrrp_\(name)" }
        return [
            keyword(
                "garp_master_delay", delays, standard: standard("5", "garp_master_delay"),
                "Seconds from becoming active to the second burst of announcements; 0 for none.", into: \.delay),
            keyword(
                "garp_master_repeat", rounds, reading: anyNumber, standard: standard("5", "garp_master_repeat"),
                "How often a burst announces each address; 0 is read as 1.", into: \.rounds),
            keyword(
                "garp_master_refresh", delays, reading: anyNumber, standard: standard("0", "garp_master_refresh"),
                "Seconds between further announcements while active; 0 for none.", into: \.refresh),
            keyword(
                "garp_master_refresh_repeat", rounds, reading: anyNumber,
                standard: standard("1", "garp_master_refresh_repeat"),
                "How often such an announcement is sent; 0 is read as 1.", into: \.refreshRounds),
            keyword(
                "garp_lower_prio_delay", delays,
                standard: standard("vrrp_garp_master_delay", "garp_lower_prio_delay"),
                "Seconds from an advert of lower priority, heard while active, to the second burst; 0 for none.",
                into: \.contestDelay),
            keyword(
                "garp_lower_prio_repeat", rounds, reading: anyNumber,
                standard: standard("vrrp_garp_master_repeat", "garp_lower_prio_repeat"),
                "How often each address is announced after such an advert; 0 for not at all.", into: \.contestRounds),
        ]
    }
}

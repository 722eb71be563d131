/// The keywords about gratuitous ARP and unsolicited neighbour advertisements; `global_defs` has them with the prefix
/// `vrrp_` and sets with them what holds for instances that say nothing.
enum AnnouncementKeywords {
    /// A day: longer delays are taken for a mistake.
    private static let delays = 0...86_400
    /// More rounds than anyone needs: each costs a frame for every address.
    private static let rounds = 0...100

    static func keywords<Settings: Sendable>(
        prefix: String, at settings: any WritableKeyPath<Settings, AnnouncementSettings> & Sendable
    ) -> [Keyword<Settings>] {
        func keyword(
            _ name: String, _ range: ClosedRange<Int>, standard: String, _ summary: String,
            into field: any WritableKeyPath<AnnouncementSettings, Located<Int>?> & Sendable
        ) -> Keyword<Settings> {
            .value(prefix + name, .integer(range), standard: standard, summary) {
                $0[keyPath: settings][keyPath: field] = $1
            }
        }
        let isGlobal = !prefix.isEmpty
        func standard(_ text: String, _ name: String) -> String { isGlobal ? text : "vrrp_\(name)" }
        return [
            keyword(
                "garp_master_delay", delays, standard: standard("5", "garp_master_delay"),
                "Seconds from becoming active to the second burst of announcements; 0 for none.", into: \.delay),
            keyword(
                "garp_master_repeat", rounds, standard: standard("5", "garp_master_repeat"),
                "How often a burst announces each address; 0 is read as 1.", into: \.rounds),
            keyword(
                "garp_master_refresh", delays, standard: standard("0", "garp_master_refresh"),
                "Seconds between further announcements while active; 0 for none.", into: \.refresh),
            keyword(
                "garp_master_refresh_repeat", rounds, standard: standard("1", "garp_master_refresh_repeat"),
                "How often such an announcement is sent; 0 is read as 1.", into: \.refreshRounds),
            keyword(
                "garp_lower_prio_delay", delays,
                standard: standard("vrrp_garp_master_delay", "garp_lower_prio_delay"),
                "Seconds from an advert of lower priority, heard while active, to the second burst; 0 for none.",
                into: \.contestDelay),
            keyword(
                "garp_lower_prio_repeat", rounds,
                standard: standard("vrrp_garp_master_repeat", "garp_lower_prio_repeat"),
                "How often each address is announced after such an advert; 0 for not at all.", into: \.contestRounds),
        ]
    }
}

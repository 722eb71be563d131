import VRRP

/// A line of `unicast_peer`: an address and how far away it may be.
enum PeerEntry {
    /// What such a line may be, for people.
    static let allowed = "ADDRESS [min_ttl 0...255] [max_ttl 0...255]"

    /// The peer of an entry; nil, and reported, where the entry is wrong.
    static func read(_ entry: Statement, in list: String, _ log: inout DiagnosticLog) -> Located<PeerSettings>? {
        var reader = EntryReader(entry, in: list, &log)
        let format = ValueFormat<IPAddress>.hostAddress
        guard let address = format.read(entry.keyword) else {
            reader.reject(entry.keyword, allowed: format.allowed, &log)
            return nil
        }
        var peer = PeerSettings(address: address)
        while let option = reader.next() {
            switch option {
            case "min_ttl":
                guard let limit = reader.value(of: option, .integer(0...255), &log) else { return nil }
                peer.minimumHopLimit = UInt8(limit)
            case "max_ttl":
                guard let limit = reader.value(of: option, .integer(0...255), &log) else { return nil }
                peer.maximumHopLimit = UInt8(limit)
            default:
                reader.reject(option, allowed: "min_ttl or max_ttl", &log)
                return nil
            }
        }
        if let least = peer.minimumHopLimit, let most = peer.maximumHopLimit, least > most {
            reader.reject("\(most)", allowed: "a max_ttl that is not below min_ttl", &log)
            return nil
        }
        return Located(peer, at: entry.place, text: entry.keyword)
    }
}

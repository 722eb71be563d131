import Glibc
import VRRP
import VRRPEngine

/// How keepalived writes addresses, times and intervals into its dumps.
enum DumpText {
    /// `192.0.2.100/24 dev eth0 scope global label eth0:1 set nftable_set`
    static func address(_ snapshot: AddressSnapshot, of definition: VirtualRouterDefinition) -> String {
        let device =
            switch (snapshot.address.interface, definition.virtualMAC) {
            case (let interface?, _): interface
            case (nil, let virtual?): "\(virtual.name)@\(definition.interface) use_vmac"
            case (nil, nil): definition.interface
            }
        // A filter drops what is sent to it, unless the router owns it.
        let isFiltered = snapshot.isPresent && !definition.acceptMode && !definition.priority.isAddressOwner
        return address(snapshot.address, device: device, isPresent: snapshot.isPresent)
            + (isFiltered ? " nftable_set" : "")
    }

    /// The same of an address on the given interface.
    static func address(
        _ address: VirtualAddress, device: String, trackGroup: String? = nil, isPresent: Bool
    ) -> String {
        let suffix =
            address.prefixLength == address.address.family.maximumPrefixLength ? "" : "/\(address.prefixLength)"
        var words = ["\(address.address)" + (address.peer == nil ? suffix : "")]
        if let broadcast = address.broadcast { words.append("brd \(broadcast)") }
        words.append("dev \(device)")
        words.append("scope \(scope(address.scope))")
        if let label = address.label { words.append("label \(label)") }
        if let peer = address.peer { words.append("peer \(peer)/\(address.prefixLength)") }
        if address.options.contains(.home) { words.append("home") }
        if address.options.contains(.duplicateDetection) { words.append("-nodad") }
        if address.options.contains(.temporaryAddresses) { words.append("mngtmpaddr") }
        if address.options.contains(.noPrefixRoute) { words.append("noprefixroute") }
        if !address.isTracked { words.append("no_track") }
        if let trackGroup { words.append("track_group \(trackGroup)") }
        if address.address.family == .ipv6 {
            let lifetime = address.effectivePreferredLifetime
            words.append(
                lifetime == 0 ? "deprecated" : "preferred_lft \(lifetime == .max ? "forever" : "\(lifetime)")")
        }
        if isPresent { words.append("set") }
        return words.joined(separator: " ")
    }

    private static func scope(_ number: UInt8) -> String {
        switch number {
        case 0: "global"
        case 200: "site"
        case 253: "link"
        case 254: "host"
        case 255: "nowhere"
        default: "\(number)"
        }
    }

    /// Seconds and microseconds since the Unix epoch: `1795532700.930759`.
    static func epoch(_ microseconds: Int64) -> String { "\(microseconds / 1_000_000).\(fraction(microseconds))" }

    /// The same with the local date: `1795532700.930759 (Tue Nov 24 15:05:00.930759 2026)`.
    static func epochAndDate(_ microseconds: Int64) -> String {
        var seconds = time_t(microseconds / 1_000_000)
        var parts = tm()
        localtime_r(&seconds, &parts)
        let date = "\(formatted(parts, "%a %b %e %T")).\(fraction(microseconds)) \(formatted(parts, "%Y"))"
        return "\(epoch(microseconds)) (\(date))"
    }

    /// A command as keepalived writes it: each word in single quotes.
    static func command(_ words: [String], and more: [String] = []) -> String {
        (words + more).map { "'\($0)'" }.joined(separator: " ")
    }

    /// A length in seconds with microseconds: `0.500000`.
    static func microseconds(_ length: Nanoseconds) -> String { epoch(length.rawValue / 1000) }

    /// A length in seconds as C's `%g` writes it: six digits that count, and no zeros at the end.
    static func general(_ length: Nanoseconds) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            return withVaList([length.inSeconds]) { vsnprintf(start, buffer.count, "%g", $0) } > 0
                ? String(cString: start) : ""
        }
    }

    private static func fraction(_ microseconds: Int64) -> String {
        let digits = String(microseconds % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    private static func formatted(_ parts: tm, _ format: String) -> String {
        var parts = parts
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = buffer.withUnsafeMutableBytes { buffer in
            strftime(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, format, &parts)
        }
        return String(decoding: buffer.prefix(count), as: UTF8.self)
    }

    /// Seconds as C's `%g` writes a number of centiseconds: `1`, `0.5`, `0.25`.
    static func seconds(_ interval: AdvertisementInterval) -> String {
        let whole = interval.centiseconds / 100
        let hundredths = interval.centiseconds % 100
        if hundredths == 0 { return "\(whole)" }
        if hundredths % 10 == 0 { return "\(whole).\(hundredths / 10)" }
        return "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths)"
    }
}

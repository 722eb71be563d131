import EngineMetrics
import VRRP

extension InstanceAddress {
    /// Reads the line that dump files have for an address, as in `192.0.2.100 dev eth0 scope global set`; nil for another.
    ///
    /// A virtual MAC interface is written with what it lies on, `vrrp.52@eth0`, of which its own name counts.
    init?(line: some StringProtocol, isExcluded: Bool) {
        let words = line.split(separator: " ")
        guard let address = words.first, IPAddress(String(address.prefix { $0 != "/" })) != nil else { return nil }
        let device = words.drop { $0 != "dev" }.dropFirst().first ?? ""
        self.init(text: String(address), interface: String(device.prefix { $0 != "@" }), isExcluded: isExcluded)
    }
}

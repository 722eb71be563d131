import Foundation
import VRRP

/// The virtual routers in a file of definitions, in the order of their names.
struct PlannedRouters {
    let routers: [FloatingRouter]

    init(_ definitions: Data) throws {
        routers = try JSONDecoder().decode(File.self, from: definitions).virtualRouters
            .compactMap(FloatingRouter.init).sorted { $0.nameInLog < $1.nameInLog }
    }

    private struct File: Decodable {
        var virtualRouters: [Router]
    }

    fileprivate struct Router: Decodable {
        var name: String
        var virtualRouterID: UInt8
        var addresses: [Address]
    }

    /// An address, written alone or with more about it.
    fileprivate struct Address: Decodable {
        var address: String

        private enum CodingKeys: CodingKey { case address }

        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                address = text
            } else {
                address = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .address)
            }
        }
    }
}

extension FloatingRouter {
    /// A router called `edge shop/web IPv6` is `web6` here.
    fileprivate init?(_ router: PlannedRouters.Router) {
        let words = router.name.split(separator: " ")
        guard words.count == 3, let service = words[1].split(separator: "/").last,
            let text = router.addresses.first?.address, let address = IPAddress(text.prefix { $0 != "/" })
        else { return nil }
        self.init(
            name: service + (address.family == .ipv6 ? "6" : ""), definitionName: router.name, isSticky: true,
            identifier: router.virtualRouterID, address: address)
    }
}

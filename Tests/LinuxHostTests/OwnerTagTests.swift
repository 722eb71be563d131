import NetworkLab
import Testing
import VRRPEngine

@testable import LinuxHost

/// Keeps a tag until it is let go.
private final class TagHolder {
    let tag: OwnerTag
    init() throws { tag = try OwnerTag() }
}

@Suite("Tags that tell processes on one node from each other", .needs([.root, .iproute2, .networkNamespaces]))
struct OwnerTagTests {
    @Test("Each takes the first that is free, a dead one's is free again, and another network namespace has its own")
    func firstFree() async throws {
        let result = try await Namespace.run {
            var first: TagHolder? = try TagHolder()
            let second = try TagHolder()
            let tags = [first?.tag.rawValue, second.tag.rawValue]
            let owners = [try first?.tag.owners(), try second.tag.owners()]
            let marks = [first?.tag.routeProtocol, second.tag.routeProtocol]
            first = nil
            let isFree = eventually { try second.tag.owners().others.isEmpty }
            return (tags, owners, marks, isFree, try TagHolder().tag.rawValue)
        }
        let (tags, owners, marks, isFree, third) = result
        #expect(tags == [112, 113])
        #expect(owners == [AddressOwners(own: 112, others: [113]), AddressOwners(own: 113, others: [112])])
        #expect(marks == [VirtualRoute.ownProtocol, 113])
        #expect(isFree)
        #expect(third == 112)
    }

    @Test("Where all are taken, a process runs and counts nothing as left behind")
    func noneFree() async throws {
        let (isOwn, owners, marks) = try await Namespace.run {
            var holders: [TagHolder] = []
            for _ in HostAddress.ownerTags { holders.append(try TagHolder()) }
            let last = try TagHolder()
            let owners = try last.tag.owners()
            return (last.tag.isOwn, owners, OwnerTag.abandonedRouteProtocols(owners))
        }
        #expect(!isOwn)
        #expect(owners.others == Set(HostAddress.ownerTags))
        #expect(marks == [])
    }
}

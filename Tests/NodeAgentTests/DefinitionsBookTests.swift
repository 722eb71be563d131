import NodeAgent
import Testing
import VIPPlanning
import VRRP
import VRRPEngine

@Suite("What definitions.json shall say")
struct DefinitionsBookTests {
    private static let interface: @Sendable (InterfaceChoice) -> FoundInterface? = { choice in
        switch choice {
        case .named(let name): FoundInterface(name)
        case .towards: nil
        }
    }

    private struct NoChange: Error {}

    /// What has to be written for a set.
    private func written(_ set: RouterSet, _ book: inout DefinitionsBook) throws -> Definitions {
        guard let definitions = book.take(set, interface: Self.interface) else { throw NoChange() }
        return definitions
    }

    @Test("The first set is generation 1; the same again is no change; each change counts up")
    func generations() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        let first = try written(RouterSet(routers: [router("a", 1)]), &book)
        #expect(first.generation == 1)
        #expect(first.virtualRouters.map(\.name) == ["edge shop/a IPv4"])
        #expect(book.take(RouterSet(routers: [router("a", 1)]), interface: Self.interface) == nil)
        let second = try written(RouterSet(routers: [router("b", 2), router("a", 1)]), &book)
        #expect(second.generation == 2)
        #expect(second.virtualRouters.map(\.virtualRouterID.rawValue) == [1, 2])
    }

    @Test("An agent that starts again goes on from the file: the same is no change, another is the next generation")
    func restart() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        var file = try written(RouterSet(routers: [router("a", 1)]), &book)
        file.generation = 41
        var next = DefinitionsBook(node: "node1", file: file)
        #expect(next.take(RouterSet(routers: [router("a", 1)]), interface: Self.interface) == nil)
        #expect(next.take(RouterSet(routers: [router("a", 9)]), interface: Self.interface)?.generation == 42)
    }

    @Test("After the greatest generation that there is the first one comes, once", arguments: [0, 5])
    func greatest(beyond: Int64) throws {
        let greatest = Definitions.greatestGeneration
        var book = DefinitionsBook(node: "node1", file: Definitions(generation: greatest))
        let set = RouterSet(routers: [router("a", 1)])
        let inForce = greatest + beyond
        #expect(book.take(set, generationInForce: inForce, interface: Self.interface)?.generation == 1)
        #expect(book.take(set, generationInForce: inForce, interface: Self.interface) == nil)
        #expect(book.take(set, generationInForce: Int64.max, interface: Self.interface) == nil)
        #expect(book.take(RouterSet(), generationInForce: 1, interface: Self.interface)?.generation == 2)
    }

    @Test("A router that cannot be read keeps its definition while others change")
    func unreadable() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        _ = book.take(RouterSet(routers: [router("a", 1), router("b", 2), router("c", 3)]), interface: Self.interface)
        let broken = UnreadableRouter(
            namespace: "ingress", objectName: "b", definition: "edge shop/b IPv4", problem: "no")
        let definitions = try written(RouterSet(routers: [router("a", 7)], unreadable: [broken]), &book)
        #expect(definitions.virtualRouters.map(\.name) == ["edge shop/a IPv4", "edge shop/b IPv4"])
        #expect(definitions.virtualRouters.map(\.virtualRouterID.rawValue) == [7, 2])
        #expect(book.obstacles.map(\.reason) == [.unreadable("no")])
    }

    @Test("An object that does not even say which router it is keeps the one that it is named after, and no other one")
    func nameless() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        var perAddress = router("b", 2)
        perAddress.key = "shop/b/192.0.2.2"
        _ = book.take(RouterSet(routers: [router("a", 1), perAddress, router("c", 3)]), interface: Self.interface)
        // As an agent finds them that has just started.
        book = DefinitionsBook(node: "node1", file: book.written)
        let broken = ["edge.shop.a.ipv4", "edge.shop.b.ip192-0-2-2x", "edge.shop.x.ipv4"].map {
            UnreadableRouter(namespace: "ingress", objectName: $0, definition: nil, problem: "no")
        }
        let definitions = try written(RouterSet(unreadable: broken), &book)
        #expect(definitions.virtualRouters.map(\.name) == ["edge shop/a IPv4", "edge shop/b/192.0.2.2 IPv4"])
        #expect(book.obstacles.map(\.router) == broken.map(\.objectName))
        #expect(try written(RouterSet(), &book).virtualRouters.isEmpty)
    }

    @Test("A name that is too long for an object is known again as well")
    func longName() throws {
        let (namespace, service) = (String(repeating: "n", count: 63), String(repeating: "s", count: 63))
        let group = ObjectName("ingress", String(repeating: "g", count: 200))
        let key = "\(namespace)/\(service)"
        let name = try #require(PlannedRouter.objectName(group: group, key: key, family: .ipv4))
        #expect(name.utf8.count <= 253)
        var file = Definitions()
        file.virtualRouters = [
            VirtualRouterDefinition(
                name: PlannedRouter.definitionName(group: group.name, key: key, family: "IPv4"), interface: "eth0",
                family: .ipv4, virtualRouterID: VirtualRouterID(rawValue: 9)!,
                addresses: [VirtualAddress(IPAddress("192.0.2.9")!)])
        ]
        for (objectName, isKept) in [(name, true), (name + "x", false)] {
            var book = DefinitionsBook(node: "node1", file: file)
            let broken = UnreadableRouter(
                namespace: "ingress", objectName: objectName, definition: nil, problem: "no")
            _ = book.take(RouterSet(unreadable: [broken]), interface: Self.interface)
            #expect(book.written?.virtualRouters.isEmpty == !isKept)
        }
    }

    @Test("The file alone tells what to ask, also for routers that cannot be read any more")
    func checks() throws {
        var tracked = router("a", 1)
        tracked.health = .port(31_000)
        var book = DefinitionsBook(node: "node1", file: nil)
        #expect(book.healthChecks.isEmpty)
        let file = try written(RouterSet(routers: [tracked, router("b", 2)]), &book)
        let check = EndpointCheck(of: ObjectName("shop", "a"), port: 31_000)
        #expect(book.healthChecks == [check])
        var next = DefinitionsBook(node: "node1", file: file)
        #expect(next.healthChecks == [check], "before anybody has said anything")
        let broken = UnreadableRouter(
            namespace: "ingress", objectName: "a", definition: "edge shop/a IPv4", problem: "no")
        #expect(next.take(RouterSet(routers: [router("b", 2)], unreadable: [broken]), interface: Self.interface) == nil)
        #expect(next.healthChecks == [check])
        #expect(try written(RouterSet(routers: [router("b", 2)]), &next).virtualRouters.count == 1)
        #expect(next.healthChecks.isEmpty)
    }

    @Test("Where the file is lost, the next generation is beyond the one that the engine still works by")
    func lostFile() throws {
        var book = DefinitionsBook(node: "node1", file: Definitions())
        let set = RouterSet(routers: [router("a", 1)])
        #expect(book.take(set, generationInForce: 7, interface: Self.interface)?.generation == 8)
        #expect(book.take(set, generationInForce: 8, interface: Self.interface) == nil)
        #expect(book.take(set, generationInForce: 3, interface: Self.interface) == nil)
        #expect(book.take(RouterSet(), generationInForce: 3, interface: Self.interface)?.generation == 9)
        // No routers, which the new file says already, and the engine does not know.
        var empty = DefinitionsBook(node: "node1", file: Definitions())
        #expect(empty.take(RouterSet(), generationInForce: 7, interface: Self.interface)?.generation == 8)
    }

    @Test("A router that breaks a rule does not keep the others out")
    func invalid() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        // The same identifier twice on one interface.
        let definitions = try written(RouterSet(routers: [router("a", 1), router("b", 1), router("c", 3)]), &book)
        #expect(definitions.virtualRouters.map(\.name) == ["edge shop/a IPv4", "edge shop/c IPv4"])
        #expect(book.obstacles.map(\.router) == ["edge.shop.b.ipv4"])
        try definitions.validate()
    }

    @Test("A router that comes to break a rule stays what it was")
    func invalidChange() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        _ = book.take(RouterSet(routers: [router("a", 1), router("b", 2)]), interface: Self.interface)
        #expect(book.take(RouterSet(routers: [router("a", 1), router("b", 1)]), interface: Self.interface) == nil)
        #expect(book.obstacles.map(\.definition) == ["edge shop/b IPv4"])
    }

    @Test("A password comes from its Secret; while it is missing, what was known stays, and a new router waits")
    func password() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        var router = router("a", 1)
        router.version = .v2
        router.advertisementInterval = .default
        router.password = PasswordSource(secret: "vrrp", key: "password")
        let place = try #require(router.passwordPlace)
        _ = book.take(RouterSet(routers: [router]), interface: Self.interface)
        #expect(book.written?.virtualRouters.isEmpty ?? true)
        #expect(book.obstacles.map(\.reason) == [.noPassword(place)])

        let secret = try #require(SecretPassword(secretValue: "s3cret\n".utf8))
        let password = try #require(SimpleTextPassword("s3cret"))
        #expect(secret.password == password)
        let known = RouterSet(routers: [router], passwords: [place: secret])
        #expect(book.take(known, interface: Self.interface)?.virtualRouters[0].authentication == .simpleText(password))
        router.routerID = VirtualRouterID(rawValue: 8)!
        let later = try written(RouterSet(routers: [router]), &book)
        #expect(later.virtualRouters[0].authentication == .simpleText(password))
        #expect(later.virtualRouters[0].virtualRouterID.rawValue == 8)
    }

    @Test("Of a password that is too long the first eight octets count, and that is said of a node that takes part")
    func longPassword() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        var router = router("a", 1)
        router.version = .v2
        router.advertisementInterval = .default
        router.password = PasswordSource(secret: "vrrp", key: "password")
        let place = try #require(router.passwordPlace)
        let long = try #require(SecretPassword(secretValue: "long-password".utf8))
        let definitions = try written(RouterSet(routers: [router], passwords: [place: long]), &book)
        let beginning = try #require(SimpleTextPassword("long-pas"))
        #expect(definitions.virtualRouters[0].authentication == .simpleText(beginning))
        #expect(book.obstacles.map(\.reason) == [.passwordCut(place)])
        #expect(book.obstacles.first?.reason.description.contains("password of Secret ingress/vrrp has more") == true)
        let short = try #require(SecretPassword(secretValue: "long-pas\n".utf8))
        #expect(book.take(RouterSet(routers: [router], passwords: [place: short]), interface: Self.interface) == nil)
        #expect(book.obstacles.isEmpty)
    }

    @Test(
        "What a Secret holds is the password that keepalived would read",
        arguments: [
            ("abc", "abc", false), ("abcdefgh", "abcdefgh", false), ("abcdefgh \n", "abcdefgh", false),
            ("abcdefghij", "abcdefgh", true), (" abc def\n", "abc", true), ("", nil, false), ("\n", nil, false),
            // The eighth octet is the first half of a letter.
            ("abcdefgä", nil, false),
        ] as [(String, String?, Bool)])
    func passwordText(_ value: String, _ expected: String?, isCut: Bool) {
        let password = SecretPassword(secretValue: value.utf8)
        #expect(password?.password == expected.flatMap { SimpleTextPassword($0) })
        #expect((password?.isCut ?? false) == isCut)
    }

    @Test("Options of keepalived change the definition")
    func options() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        var router = router("a", 1)
        router.options = ["advert_int": "2", "no_accept": ""]
        let definition = try written(RouterSet(routers: [router]), &book)
            .virtualRouters[0]
        #expect(definition.advertisementInterval.centiseconds == 200)
        #expect(!definition.acceptMode)
    }

    @Test("An interface that cannot be found for now is the one that was found last")
    func interface() throws {
        var book = DefinitionsBook(node: "node1", file: nil)
        var router = router("a", 1)
        router.interface = .towards(IPAddress("10.0.0.254")!)
        _ = book.take(RouterSet(routers: [router])) { _ in FoundInterface("bond0") }
        #expect(book.take(RouterSet(routers: [router])) { _ in nil } == nil)
        #expect(book.written?.virtualRouters.map(\.interface) == ["bond0"])
        #expect(book.obstacles.map(\.reason) == [.noInterface(router.interface)])
    }

    private func router(_ name: String, _ identifier: UInt8) -> PlannedRouter {
        PlannedRouter(
            objectName: "edge.shop.\(name).ipv4", key: "shop/\(name)", group: ObjectName("ingress", "edge"),
            service: ObjectName("shop", name), family: .ipv4, routerID: VirtualRouterID(rawValue: identifier)!,
            version: .v3, interface: .named("eth0"), addresses: [IPAddress("192.0.2.\(identifier)")!],
            advertisementInterval: AddressGroup.defaultInterval, preemption: .sticky, health: .none, isUnicast: false,
            members: [PlannedRouter.Member(node: "node1", priority: Priority(rawValue: 200)!)])
    }
}

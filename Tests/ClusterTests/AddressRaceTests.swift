import ClusterObjects
import GroupOperatorService
import JSONDocument
import KubernetesAPI
import KubernetesClient
import Synchronization
import Testing

extension OperatorSuites {
    @Suite("Two groups that are worked on at a time, by plans of different moments")
    struct AddressRaceTests {
        private static let address = "192.0.2.89"

        /// Which routers have the address, in the order in which the server tells of them.
        private final class Holders: Sendable {
            private struct State {
                var holders: Set<String> = []
                var all: Set<String> = []
                var most = 0
            }

            private let state = Mutex(State())

            func take(_ change: ObjectStore<VirtualRouter>.Change) {
                state.withLock { state in
                    switch change {
                    case .added(let router), .updated(_, let router):
                        if router.spec.addresses.contains(address) {
                            state.holders.insert(router.metadata.name)
                            state.all.insert(router.metadata.name)
                        } else {
                            state.holders.remove(router.metadata.name)
                        }
                    case .deleted(let router): state.holders.remove(router.metadata.name)
                    case .unreadable, .forgotten: break
                    }
                    state.most = max(state.most, state.holders.count)
                }
            }

            /// Those that have it now.
            var now: Set<String> { state.withLock(\.holders) }
            /// Those that have had it.
            var all: Set<String> { state.withLock(\.all) }
            /// How many have had it at a time.
            var most: Int { state.withLock(\.most) }
        }

        @Test("An address that both are about to write is in one router at any time, and ends where it was moved to")
        func race() async throws {
            let plane = try await OperatorControlPlane.shared.get()
            let relay = try await CuttableRelay(to: plane.port)
            let change: (inout OperatorOptions) -> Void = { options in
                options.cluster.server = "https://127.0.0.1:\(relay.port)"
                // It asks for nothing while its requests are counted.
                options.featureInterval = .seconds(3600)
            }
            try await plane.withOperator(change) { client in
                let namespace = try await plane.namespace(client)
                for (name, interface) in [("first", "race0"), ("second", "race1")] {
                    // No other test has groups there, and neither concerns the other one but by the address.
                    var group = Samples.group(name, namespace)
                    group.spec?.interface = interface
                    try await client.create(group, in: KeepalivedGroup.inside(namespace), as: tester)
                    let isReady = try await eventually {
                        let group = try await client.get(name, from: KeepalivedGroup.inside(namespace))
                        return group.status?.conditions?["Ready"]?.status == "True"
                    }
                    #expect(isReady)
                }
                let holders = Holders()
                let informer = Informer(client, VirtualRouter.inside(namespace)) { holders.take($0) }
                let following = Task { await informer.run() }
                defer { following.cancel() }
                try await informer.synced()

                // The operator hears of everything, and what it says is held: each group's worker has decided then.
                let services = Samples.services.objects(inside: namespace)
                relay.holdRequests()
                try await client.create(
                    Samples.service("web", namespace, in: "\(namespace)/first", [Self.address]), in: services,
                    as: tester)
                #expect(try await eventually { relay.heldConnections >= 1 }, "the first one's identifier")
                let move = AnyJSON([
                    "metadata": ["annotations": [ContractNames.groupAnnotation: .string("\(namespace)/second")]]
                ])
                _ = try await client.merge(move, into: "web", in: services, as: tester)
                #expect(try await eventually { relay.heldConnections >= 2 }, "the second one's identifier")
                #expect(holders.all.isEmpty)
                relay.releaseRequests()

                let second = "second.\(namespace).web.ipv4"
                #expect(try await eventually { holders.now == [second] })
                // Nobody takes it back.
                try await Task.sleep(for: .seconds(1))
                #expect(holders.now == [second] && holders.most == 1)
            }
            try await relay.stop()
        }
    }
}

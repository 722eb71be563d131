import ClusterObjects
import Foundation
import Glibc
import GroupOperator
import JSONDocument
import KubernetesAPI
import KubernetesClient
import NetworkLab
import class NetworkLab.Host
import Testing
import VRRP

extension OperatorSuites {
    /// API server, operator, three agents and three engines; kubectl is the user.
    @Suite("From an annotated Service to an address on a node", .needsLab)
    struct EndToEndTests {
        @Test(
            "The address answers, moves when its owner dies, and neither cut watches nor versions that are gone nor a dead server matter",
            .timeLimit(.minutes(8)))
        func wholeWay() async throws {
            let plane = try await OperatorControlPlane().get()
            let kubectl = try Kubectl(plane)
            let relay = try await CuttableRelay(to: plane.port)
            try await plane.withOperator { client in
                let cluster = try await EndToEndCluster(plane, client, port: relay.port)
                try await cluster.makeGroup(kubectl)
                try await Lab.with { lab in
                    let (visitor, nodes) = try await cluster.hosts(lab)
                    try kubectl("apply", "-f", "-", manifest: cluster.service("web", "192.0.2.100"))
                    var agents: [LabProcess] = []
                    var daemons: [LabProcess] = []
                    for node in nodes {
                        // Told as well is what the server says of versions that are gone.
                        agents.append(try await node.startAgent("--log-level", "info"))
                        daemons.append(try await node.startDaemon())
                    }
                    let first = try await nodes.owner(of: "192.0.2.100")
                    try await answers("192.0.2.100", visitor)
                    try hasFewRights(agents, daemons, kubectl, cluster)

                    // Somebody else on the network has an identifier, which no later router gets.
                    let stranger = try await AgentNode(lab, "stranger", address: "192.0.2.60")
                    try stranger.write(generation: 1, "other", "192.0.2.200")
                    let other = try await stranger.startDaemon()
                    let isHeard = try await eventually {
                        let routers = try await client.list(VirtualRouter.inside(cluster.namespace)).items
                        return routers.map { $0.status?.foreignRouters?.virtualRouterIDs ?? [] } == [[9]]
                    }
                    #expect(isHeard, "\(agents[first].output)")
                    #expect(other.exitStatus == nil)

                    // From the annotation to the address, of which 300 ms are the protocol's own wait.
                    var delays: [Duration] = []
                    var onNodes: [Duration] = []
                    let tap = try await visitor.tap { $0.isARP }
                    let note = AnyJSON([
                        "metadata": [
                            "annotations": [ContractNames.groupAnnotation: .string("\(cluster.namespace)/edge")]
                        ]
                    ])
                    for number in 1...10 {
                        let address = "192.0.2.\(130 + number)"
                        try kubectl(
                            "apply", "-f", "-", manifest: cluster.service("late\(number)", address, annotated: false))
                        let start = NetworkLab.Timestamp.now
                        _ = try await client.merge(
                            note, into: "late\(number)", in: Samples.services.objects(inside: cluster.namespace),
                            as: tester)
                        // What makes the address answer is announced; how long a look at the nodes takes does not count.
                        let announcement = try await tap.next("announcement of \(address)", within: .seconds(60)) {
                            $0.arp?.isGratuitous == true && $0.arp?.senderAddress.description == address
                        }
                        delays.append(announcement.time - start)
                        onNodes.append(try nodes.lastWrite() - start)
                        _ = try await nodes.owner(of: address)
                    }
                    print("from the annotation to the definitions of all nodes: \(onNodes.sorted())")
                    print("from the annotation to the announcement: \(delays.sorted())")
                    // Half a second is held by `make bench-operator`, with programs as they are shipped and nothing beside them.
                    #expect(delays.sorted()[delays.count / 2] < .seconds(2))
                    #expect(delays.allSatisfy { $0 < .seconds(5) })

                    let identifiers = try await client.list(VirtualRouter.inside(cluster.namespace)).items
                        .map(\.spec.virtualRouterID)
                    #expect(identifiers.sorted() == Array(1...8) + [10, 11, 12])

                    // What the user sees.
                    let isShown = try await eventually {
                        try kubectl(
                            "get", "virtualrouters", "--namespace", cluster.namespace, "--output",
                            "jsonpath={range .items[*]}{.status.activeNode} {end}"
                        ).split(separator: " ").count == 11
                    }
                    #expect(isShown)
                    // A busy machine may have forgotten the first owner for the third of a second that it takes to lose it.
                    let owner = try await nodes.owner(of: "192.0.2.100")
                    let line = "192.0.2.100  \(cluster.namespace)/web  \(nodes[owner].name)"
                    let isTold = try await eventually {
                        try Program.run(
                            Programs.directory + "/kubectl-virtualips",
                            ["--kubeconfig", cluster.userKubeconfig, "--namespace", cluster.namespace, "192.0.2.100"]
                        ).contains(line)
                    }
                    #expect(isTold, "\(line)")

                    let unknown = #expect(throws: (any Error).self) {
                        try Program.run(
                            Programs.directory + "/kubectl-virtualips",
                            ["--kubeconfig", cluster.userKubeconfig, "--namespace", cluster.namespace, "192.0.2.199"])
                    }
                    #expect("\(unknown.map { "\($0)" } ?? "")".contains("there is no 192.0.2.199 among addresses"))

                    // The owner dies.
                    agents[owner].signal(SIGKILL)
                    daemons[owner].killSession()
                    try await lab.fail(nodes[owner].host, .silent)
                    var left = nodes.indices.filter { $0 != owner }
                    let second = try await nodes.owner(of: "192.0.2.100", among: left)
                    try await answers("192.0.2.100", visitor)

                    // The watches of the agents are cut, and the versions that they know are forgotten meanwhile, so that the
                    // server answers 410 to who goes on from there.
                    #expect(relay.cut() > 0)
                    try kubectl("apply", "-f", "-", manifest: cluster.service("cut", "192.0.2.120"))
                    _ = try await nodes.owner(of: "192.0.2.120", among: left)
                    // Then the agents write nothing more of it, and nothing that they watch.
                    let areReported = try await eventually {
                        try kubectl(
                            "get", "virtualrouters", "--namespace", cluster.namespace, "--output",
                            "jsonpath={range .items[*]}{.status.activeNode} {end}"
                        ).split(separator: " ").count == 12
                    }
                    #expect(areReported)
                    let positions = agents.map(\.lines.end)
                    // A write that agents do not watch: what they know last is older than what the server knows first.
                    try kubectl("create", "configmap", "later", "--namespace", cluster.namespace)
                    // The agents come back when the server knows their rights again: a refusal makes them list anew as well.
                    relay.shut()
                    plane.stopServer()
                    try await plane.compact()
                    try await plane.startServer()
                    let knowsRights = try await eventually {
                        (try? kubectl.may("watch virtualrouters", as: cluster.agentUser, in: cluster.namespace)) == true
                    }
                    #expect(knowsRights)
                    relay.cut()
                    try kubectl("apply", "-f", "-", manifest: cluster.service("gone", "192.0.2.121"))
                    _ = try await nodes.owner(of: "192.0.2.121", among: left)
                    try await answers("192.0.2.121", visitor)
                    for number in left {
                        let gone = await agents[number].lines.first(
                            after: positions[number], within: .seconds(60)
                        ) { $0.text.contains("virtualrouters") && $0.text.contains("410 ") }
                        #expect(gone != nil, "\(agents[number].output)")
                    }

                    // An address that its Service gives up goes.
                    try kubectl(
                        "annotate", "service", "gone", "--namespace", cluster.namespace,
                        "\(ContractNames.groupAnnotation)-")
                    let remaining = left.map { nodes[$0] }
                    let isGone = try await eventually {
                        for node in remaining where try await node.holds("192.0.2.121") { return false }
                        return true
                    }
                    #expect(isGone)

                    // Without a server, and without the second owner.
                    plane.stopServer()
                    relay.cut()
                    agents[second].signal(SIGKILL)
                    daemons[second].killSession()
                    try await lab.fail(nodes[second].host, .silent)
                    left.removeAll { $0 == second }
                    _ = try await nodes.owner(of: "192.0.2.100", among: left)
                    try await answers("192.0.2.100", visitor)

                    // A cold boot without a server: from what is on the disk.
                    let last = left[0]
                    agents[last].signal(SIGKILL)
                    daemons[last].killSession()
                    _ = try await daemons[last].waitForExit(within: .seconds(10))
                    // A daemon that is killed leaves its addresses; a machine that boots has none.
                    try await nodes[last].host.ip("address flush dev eth0 to 192.0.2.100/32")
                    #expect(try await !nodes[last].holds("192.0.2.100"))
                    daemons.append(try await nodes[last].startDaemon())
                    agents.append(try await nodes[last].startAgent())
                    try await answers("192.0.2.100", visitor)
                    #expect(daemons.last?.exitStatus == nil && agents.last?.exitStatus == nil)
                    try await plane.startServer()

                    // A group that goes takes its addresses along.
                    try kubectl("delete", "keepalivedgroup", "edge", "--namespace", cluster.namespace, "--wait=false")
                    let remainder = nodes[last]
                    let isEmpty = try await eventually { try await !remainder.holds("192.0.2.100") }
                    #expect(isEmpty)
                    #expect(daemons.last?.exitStatus == nil)
                }
            }
            try await relay.stop()
        }

        /// Nodes and API server let the programs do what their containers and their account say, and nothing else.
        private func hasFewRights(
            _ agents: [LabProcess], _ daemons: [LabProcess], _ kubectl: Kubectl, _ cluster: EndToEndCluster
        ) throws {
            let sets = ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"]
            for agent in agents {
                let rights = try agent.rights
                #expect(Set(sets.compactMap { rights[$0] }) == ["0000000000000000"], "\(rights)")
                #expect(rights["Uid"] == "65532\t65532\t65532\t65532" && rights["NoNewPrivs"] == "1")
            }
            for daemon in daemons {
                let rights = try daemon.rights
                // CAP_NET_ADMIN and CAP_NET_RAW.
                #expect(rights["CapBnd"] == "0000000000003000" && rights["CapEff"] == "0000000000003000", "\(rights)")
                #expect(rights["NoNewPrivs"] == "1")
            }
            let allowed = [
                "list virtualrouters", "watch virtualrouters", "patch virtualrouters --subresource=status",
                "create events",
            ]
            let refused = [
                "patch virtualrouters", "update virtualrouters", "delete virtualrouters", "list secrets",
                "get secrets", "list services", "list pods", "patch keepalivedgroups --subresource=status",
                "create daemonsets.apps",
            ]
            for request in allowed { #expect(try kubectl.may(request, as: cluster.agentUser, in: cluster.namespace)) }
            for request in refused {
                #expect(try !kubectl.may(request, as: cluster.agentUser, in: cluster.namespace), "\(request)")
            }
            #expect(try !kubectl.may("list virtualrouters", as: cluster.agentUser, in: "default"))
        }

        /// Whether a ping to an address is answered within a while.
        private func answers(_ address: String, _ visitor: NetworkLab.Host) async throws {
            let pinger = try await Pinger.start(from: visitor, to: address, every: .milliseconds(20))
            try await pinger.waitForAnswer(within: .seconds(20))
            _ = try await pinger.stop()
        }
    }
}

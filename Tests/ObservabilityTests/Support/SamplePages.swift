import StatusServer

/// What pages of the tests show.
enum SamplePages {
    static func ago(_ seconds: Int64) -> PageTime {
        PageTime(millisecondsSinceEpoch: PageTime.now.millisecondsSinceEpoch - seconds * 1000)
    }

    /// A cluster in which most is well, and some is not.
    static func cluster() -> PageSnapshot {
        PageSnapshot(
            scope: .cluster("production"), time: .now, version: "1.0",
            warnings: [
                PageWarning(
                    .groupCondition, subject: "edge/gateways",
                    text: "Only 12 of 255 router IDs are left on this link.", since: ago(7200)),
                PageWarning(
                    .otherRouter, subject: "shop/checkout",
                    text: "worker-1 and worker-3 are active for 192.0.2.30 at the same time.", since: ago(42)),
            ],
            virtualRouters: [
                PageVirtualRouter(
                    name: "shop/web", belongsTo: "Service shop/web", interface: "bond0", virtualRouterID: 17,
                    addresses: ["192.0.2.17", "192.0.2.18"], owners: [.init(node: "worker-1", since: ago(864_000))],
                    successor: .init(node: "worker-2", afterMilliseconds: 361)),
                PageVirtualRouter(
                    name: "shop/api", belongsTo: "Service shop/api", interface: "bond0", virtualRouterID: 18,
                    addresses: ["2001:db8:0:1::18"], owners: [.init(node: "worker-2", since: ago(95))],
                    successor: .init(node: "worker-3", afterMilliseconds: 365),
                    explanation: "worker-1 was silent for longer than 361 ms"),
                PageVirtualRouter(
                    name: "shop/checkout", belongsTo: "Service shop/checkout", interface: "bond0",
                    virtualRouterID: 30, addresses: ["192.0.2.30"],
                    owners: [.init(node: "worker-1", since: ago(86_000)), .init(node: "worker-3", since: ago(42))]),
                PageVirtualRouter(
                    name: "edge/mail", belongsTo: "Service edge/mail", interface: "bond0.40", virtualRouterID: 9,
                    addresses: ["198.51.100.9"], owners: [],
                    faults: ["interface bond0.40 is down on worker-1", "interface bond0.40 is down on worker-2"]),
            ],
            nodes: [
                PageNode(name: "worker-1", state: .ready, activeRouters: 2, virtualRouters: 4),
                PageNode(
                    name: "worker-2", state: .draining, explanation: "Marked for maintenance 5 minutes ago",
                    activeRouters: 1, virtualRouters: 4),
                PageNode(
                    name: "worker-3", state: .silent, explanation: "Last heard of 42 s ago", activeRouters: 1,
                    virtualRouters: 4),
            ],
            transitions: [
                PageTransition(
                    time: ago(42), virtualRouter: "shop/checkout", from: "", to: "worker-3",
                    reason: "the active router was silent for longer than 361 ms"),
                PageTransition(
                    time: ago(95), virtualRouter: "shop/api", from: "worker-1", to: "worker-2",
                    reason: "the active router was silent for longer than 361 ms"),
                PageTransition(
                    time: ago(5400), virtualRouter: "edge/mail", from: "worker-1", to: "",
                    reason: "interface bond0.40 went down"),
            ])
    }

    /// Names and texts that would be markup, or a script, where they are taken for such.
    static func hostile() -> PageSnapshot {
        let text = #"<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>&amp;"'"#
        return PageSnapshot(
            scope: .node(text), time: .now, version: text,
            warnings: [PageWarning(.noOwner, subject: text, text: text)],
            virtualRouters: [
                PageVirtualRouter(
                    name: text, belongsTo: text, interface: text, virtualRouterID: 1, addresses: [text],
                    owners: [.init(node: text)], successor: .init(node: text), explanation: text, faults: [text])
            ],
            nodes: [PageNode(name: text, state: .ready, explanation: text, activeRouters: 0, virtualRouters: 0)],
            transitions: [PageTransition(time: .now, virtualRouter: text, from: text, to: text, reason: text)])
    }

    /// A node with many virtual routers, of which every tenth has nobody.
    static func large(_ count: Int) -> PageSnapshot {
        let routers = (0..<count).map { (number: Int) -> PageVirtualRouter in
            let owner = PageVirtualRouter.Owner(node: "node-\(number % 3)", since: ago(60))
            return PageVirtualRouter(
                name: "ns/web-\(number)", belongsTo: "Service ns/web-\(number)", interface: "eth\(number / 255)",
                virtualRouterID: UInt8(number % 255 + 1), addresses: ["10.0.\(number / 250).\(number % 250)"],
                owners: number % 10 == 0 ? [] : [owner])
        }
        return PageSnapshot(scope: .node("node-1"), time: .now, version: "1.0", virtualRouters: routers)
    }
}

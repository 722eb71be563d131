public import VRRP
public import VRRPEngine

// What happens to the interfaces of a node without its process having a say.
extension Lab {
    /// Plugs another interface into a node.
    public mutating func addInterface(
        _ interface: String, to name: String, addresses: [HostAddress] = [], segment: String = "lan",
        isRunning: Bool = true
    ) {
        let node = index(of: name)
        note("new interface \(interface)", node)
        let macAddress = Self.macAddress(node: node, interface: nodes[node].kernel.interfaces.count)
        let index = nodes[node].kernel.makeInterface(
            interface, segment: segment, macAddress: macAddress, isRunning: isRunning)
        for address in addresses { nodes[node].kernel.addAddress(address, to: index) }
        passOnNotices(node)
    }

    /// Removes an interface and everything that stands on it.
    public mutating func removeInterface(_ interface: String = "eth0", of name: String) {
        change(interface, name, "interface \(interface) is removed") { kernel, index in kernel.removeInterface(index) }
        let node = index(of: name)
        // Sockets stay open without their interface, and hear nothing on another one of its number.
        nodes[node].deafSubscriptions.formUnion(
            nodes[node].subscriptions.filter { nodes[node].kernel.interfaces[$0.interfaceIndex] == nil })
    }

    /// Takes an interface away and gives it back under its number, without addresses but for these, as somebody does who
    /// moves it to another namespace and back.
    public mutating func carryAway(
        _ interface: String = "eth0", of name: String, for absence: Nanoseconds, addresses: [HostAddress]
    ) {
        let node = index(of: name)
        guard let kernelIndex = nodes[node].kernel.index(of: interface),
            let original = nodes[node].kernel.interfaces[kernelIndex]
        else { return }
        removeInterface(interface, of: name)
        at((now - .zero) + absence) { lab in
            lab.note("interface \(interface) is back", node)
            lab.nodes[node].kernel.restoreInterface(original, addresses: addresses)
            lab.passOnNotices(node)
        }
    }

    /// Sets an interface up with carrier, or takes either away.
    public mutating func setInterface(_ interface: String = "eth0", of name: String, isRunning: Bool) {
        change(interface, name, "interface \(interface) is \(isRunning ? "up" : "down")") { kernel, index in
            kernel.setInterface(index, isRunning: isRunning)
        }
    }

    /// Changes the largest packet that an interface carries.
    public mutating func setMTU(_ mtu: Int, of name: String, on interface: String = "eth0") {
        change(interface, name, "interface \(interface) gets MTU \(mtu)") { $0.setMTU($1, to: mtu) }
    }

    /// Lets somebody configure an address.
    public mutating func addAddress(_ address: HostAddress, of name: String, on interface: String = "eth0") {
        change(interface, name, "somebody adds \(address.address)") { kernel, index in
            kernel.addAddress(address, to: index)
        }
    }

    /// Lets somebody remove an address.
    public mutating func removeAddress(_ address: IPAddress, of name: String, on interface: String = "eth0") {
        change(interface, name, "somebody removes \(address)") { kernel, index in
            kernel.removeAddress(address, from: index)
        }
    }

    /// Lets somebody remove a route or rule.
    public mutating func removeRouting(_ entry: RoutingEntry, of name: String) {
        let node = index(of: name)
        note("somebody removes the \(entry)", node)
        if nodes[node].kernel.removeRouting(entry) { nodes[node].kernel.notices.append(.routingRemoved) }
        passOnNotices(node)
    }

    /// Lets somebody configure a route or rule.
    public mutating func addRouting(_ entry: RoutingEntry, of name: String) {
        let node = index(of: name)
        note("somebody adds the \(entry)", node)
        nodes[node].kernel.routing.append(InstalledRouting(entry: entry, interfaceIndices: []))
    }

    /// Changes the kernel of a node, where it has an interface of the name, and passes the notices on.
    private mutating func change(
        _ interface: String, _ name: String, _ text: String, _ body: (inout SimulatedKernel, Int32) -> Void
    ) {
        let node = index(of: name)
        note(text, node)
        guard let index = nodes[node].kernel.index(of: interface) else { return }
        body(&nodes[node].kernel, index)
        passOnNotices(node)
    }

    /// Sends the notices of a kernel on their way to its process.
    mutating func passOnNotices(_ node: Int) {
        guard !nodes[node].kernel.notices.isEmpty else { return }
        let notices = nodes[node].kernel.notices
        nodes[node].kernel.notices.removeAll(keepingCapacity: true)
        guard nodes[node].isRunning else { return }
        for notice in notices {
            queue.plan(
                .arrival(
                    node: node, .notice(notice, synchronization: nodes[node].synchronization),
                    incarnation: nodes[node].incarnation),
                at: now + nodes[node].noticeDelay)
        }
    }
}

import VRRP

/// The namespace with the bridges and the bridges' ends of all cables.
actor Fabric {
    nonisolated let namespace: NetworkNamespace
    private var bridges: Set<String> = []
    private var faults: [String: LinkFault] = [:]
    private var lastPortIndex = 1_000
    private var lastHardwareAddress: UInt64 = 0x02_6c_61_62_00_09

    init(namespace: NetworkNamespace) async throws {
        self.namespace = namespace
        try await namespace.set(KernelSettings.fabric)
        try await namespace.set(KernelSettings.bridgeFilters, skipsMissing: true)
    }

    func addBridge(_ name: String) async throws {
        guard bridges.insert(name).inserted else { throw LabError.badName("there is a segment \(name) already") }
        try await ip(
            "link add name \(name) type bridge mcast_snooping 0 stp_state 0 forward_delay 0",
            "link set dev \(name) up")
    }

    /// An Ethernet address that no other interface of the lab has.
    func nextHardwareAddress() -> MACAddress {
        lastHardwareAddress += 1
        return MACAddress(rawValue: lastHardwareAddress)
    }

    /// Makes the cable between a host and its segment, and configures the host's end.
    func connect(_ definition: InterfaceDefinition, to host: Host) async throws {
        guard bridges.contains(definition.segment) else {
            throw LabError.badName("there is no segment \(definition.segment)")
        }
        // Both ends must not have the same index: the kernel then takes them for an ordinary device and lets up to a
        // second go by before it reports the carrier.
        lastPortIndex += 1
        try await ip(
            "link add name \(definition.port) index \(lastPortIndex) type veth "
                + "peer name \(definition.name) netns \(host.namespace.name)",
            "link set dev \(definition.port) master \(definition.segment)",
            "link set dev \(definition.port) up")
        try await host.run(
            "ip", ["-batch", "-"], input: definition.commands.map { $0 + "\n" }.joined())
        if faults[definition.port] != nil { try await applyFault(to: definition.port) }
    }

    /// Moves an interface from one namespace to another.
    func move(_ interface: String, from source: NetworkNamespace, to destination: NetworkNamespace) async throws {
        _ = try await LaunchRequest(
            program: "ip", arguments: ["-n", source.name, "link", "set", "dev", interface, "netns", destination.name]
        ).runToEnd()
    }

    /// Sets or removes the fault of a port.
    func setFault(_ fault: LinkFault?, port: String) async throws {
        guard faults[port] != fault else { return }
        faults[port] = fault
        try await applyFault(to: port)
    }

    private func applyFault(to port: String) async throws {
        let rules = faults.flatMap { $0.value.rules(port: $0.key) }
        try await run(
            "nft", ["-f", "-"],
            input: """
                table bridge lab
                delete table bridge lab
                table bridge lab {
                    chain faults {
                        type filter hook forward priority 0; policy accept;
                        \(rules.joined(separator: "\n"))
                    }
                }

                """)
        try await ip("link set dev \(port) \(faults[port] == .unplugged ? "down" : "up")")
    }

    private func ip(_ commands: String...) async throws {
        try await run("ip", ["-batch", "-"], input: commands.map { $0 + "\n" }.joined())
    }

    private func run(_ program: String, _ arguments: [String], input: String) async throws {
        // The launcher makes the namespace's own /sys; the bridges have no use for a /run.
        var request = LaunchRequest(program: program, arguments: arguments, namespace: namespace)
        request.input = input
        _ = try await request.runToEnd()
    }
}

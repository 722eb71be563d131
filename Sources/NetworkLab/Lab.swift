public import VRRP

/// A network of its own on this machine: hosts, the segments that connect them, and faults of the cables between.
///
/// Hosts are network namespaces; segments are bridges in one more namespace, so nothing of a lab appears among the
/// machine's own interfaces. Many labs can be open at the same time. All of it vanishes on `close()`; what a killed
/// process left behind is removed when the next one opens its first lab.
///
///     try await Lab.with { lab in
///         let a = try await lab.host("a", addresses: ["192.0.2.10/24"])
///         let b = try await lab.host("b", addresses: ["192.0.2.20/24"])
///         try await a.run("ping", ["-c", "1", "192.0.2.20"])
///         try await lab.fail(b, .silent)
///     }
public actor Lab {
    /// The segment that hosts are plugged into unless told otherwise.
    public static let defaultSegment = "lan"

    private let estate: Estate
    private let fabric: Fabric
    private var hosts: [String: Host] = [:]
    private var interfaces: [String: [InterfaceDefinition]] = [:]

    private init(estate: Estate) async throws {
        self.estate = estate
        fabric = try await Fabric(namespace: estate.addNamespace("fabric"))
    }

    /// Opens a lab with one segment and no host.
    ///
    /// - Throws: `LabError.missing` when the machine cannot run one.
    public static func open() async throws -> Lab {
        let shortcomings = Prerequisite.shortcomings(of: Prerequisite.lab)
        guard shortcomings.isEmpty else { throw LabError.missing(shortcomings) }
        await Leftovers.removedOnce.value
        let estate = try Estate()
        do {
            let lab = try await Lab(estate: estate)
            try await lab.addSegment(defaultSegment)
            return lab
        } catch {
            await estate.dissolve()
            throw error
        }
    }

    /// Opens a lab for the time that `body` takes; it is closed however `body` ends.
    public static func with<Result: Sendable>(
        isolation: isolated (any Actor)? = #isolation, _ body: (Lab) async throws -> Result
    ) async throws -> Result {
        let lab = try await open()
        do {
            let result = try await body(lab)
            await lab.close()
            return result
        } catch {
            await lab.close()
            throw error
        }
    }

    /// The names of the lab's namespaces, the segments' own included.
    public var namespaceNames: [String] { estate.namespaces.map(\.name) }

    /// Adds a segment: hosts that are plugged into the same one hear each other.
    ///
    /// - Parameter name: at most 15 letters and digits.
    public func addSegment(_ name: String) async throws { try await fabric.addBridge(name) }

    /// Adds a host with one interface, `eth0`.
    ///
    /// - Parameters:
    ///   - name: at most 8 letters and digits.
    ///   - addresses: with prefix lengths. Duplicate address detection is off, so they can be used at once; with a
    ///     link-local address among them the kernel makes none of its own.
    ///   - segment: what `eth0` is plugged into.
    public func host(
        _ name: String, addresses: [String], segment: String = Lab.defaultSegment, options: HostOptions = HostOptions()
    ) async throws -> Host {
        guard hosts[name] == nil, name != "fabric", (1...8).contains(name.utf8.count) else {
            throw LabError.badName("a host needs a name of 1 to 8 letters that no other has; this is \"\(name)\"")
        }
        let namespace = try await estate.addNamespace(name)
        let host = Host(name: name, namespace: namespace, directory: try estate.addDirectory(name))
        hosts[name] = host
        try await namespace.set(KernelSettings.host(options))
        try await host.ip("link set dev lo up")
        try await addInterface("eth0", to: host, addresses: addresses, segment: segment, options.hardwareAddress)
        return host
    }

    /// Adds one more interface to a host.
    ///
    /// - Parameters:
    ///   - name: at most 6 letters and digits.
    ///   - hardwareAddress: nil lets the lab choose one that is its own.
    public func addInterface(
        _ name: String, to host: Host, addresses: [String], segment: String = Lab.defaultSegment,
        _ hardwareAddress: MACAddress? = nil
    ) async throws {
        guard !interfaces[host.name, default: []].contains(where: { $0.name == name }) else {
            throw LabError.badName("\(host.name) has an interface \(name) already")
        }
        let ownAddress = await fabric.nextHardwareAddress()
        let definition = InterfaceDefinition(
            name: name, hardwareAddress: hardwareAddress ?? ownAddress, addresses: addresses,
            segment: segment, port: "\(host.name).\(name)")
        interfaces[host.name, default: []].append(definition)
        try await fabric.connect(definition, to: host)
    }

    /// How an interface was made.
    public func interface(_ name: String = "eth0", of host: Host) throws -> InterfaceDefinition {
        guard let definition = interfaces[host.name]?.first(where: { $0.name == name }) else {
            throw LabError.badName("\(host.name) has no interface \(name)")
        }
        return definition
    }

    /// Deletes an interface of a host, as a driver that is unloaded does; `restoreInterface` brings it back.
    public func removeInterface(_ name: String = "eth0", of host: Host) async throws {
        _ = try interface(name, of: host)
        try await host.ip("link delete dev \(name)")
    }

    /// Makes a deleted interface again, with the same name and addresses and another index.
    public func restoreInterface(_ name: String = "eth0", of host: Host) async throws {
        try await fabric.connect(interface(name, of: host), to: host)
    }

    /// Moves an interface of a host to a namespace of its own, as a container runtime does; `giveBackInterface` brings it back.
    public func carryAwayInterface(_ name: String = "eth0", of host: Host) async throws {
        _ = try interface(name, of: host)
        let place = "\(host.name)-\(name)"
        let known = estate.namespaces.first { $0.name.hasSuffix("-" + place) }
        let away = if let known { known } else { try await estate.addNamespace(place) }
        try await fabric.move(name, from: host.namespace, to: away)
    }

    /// Brings an interface back that was carried away, with the same addresses and, as it had none to share it with, the
    /// same index.
    public func giveBackInterface(_ name: String = "eth0", of host: Host) async throws {
        let definition = try interface(name, of: host)
        let suffix = "-\(host.name)-\(name)"
        guard let away = estate.namespaces.first(where: { $0.name.hasSuffix(suffix) }) else {
            throw LabError.badName("\(name) of \(host.name) was not carried away")
        }
        try await fabric.move(name, from: away, to: host.namespace)
        try await host.run("ip", ["-batch", "-"], input: definition.commands.map { $0 + "\n" }.joined())
    }

    /// Lets the cable of an interface fail; a fault replaces the one before.
    public func fail(_ host: Host, _ fault: LinkFault, interface name: String = "eth0") async throws {
        try await fabric.setFault(fault, port: interface(name, of: host).port)
    }

    /// Takes the fault of a cable away; nothing happens when it has none.
    public func heal(_ host: Host, interface name: String = "eth0") async throws {
        try await fabric.setFault(nil, port: interface(name, of: host).port)
    }

    /// Listens to a whole segment, as a port that mirrors all others would; frames are seen once, on their way in.
    public func tap(
        segment: String = Lab.defaultSegment,
        keeping keep: @escaping @Sendable (CapturedFrame) -> Bool = { _ in true }
    ) async throws -> PacketTap {
        try await PacketTap.open(segment, in: fabric.namespace, promiscuous: true, keeping: keep)
    }

    /// Kills what still runs on the hosts and removes the network and the files. Closing twice does no harm.
    public func close() async {
        hosts = [:]
        await estate.dissolve()
    }
}

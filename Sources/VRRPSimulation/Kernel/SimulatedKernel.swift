public import VRRP
public import VRRPEngine

/// The part of a node's kernel that an engine deals with: interfaces, their addresses, and notices about both.
///
/// It outlives the process above it, so that what a crash leaves behind is there for the next start.
public struct SimulatedKernel: Sendable {
    /// The interfaces by their number.
    public private(set) var interfaces: [Int32: SimulatedInterface] = [:]
    /// Addresses that the kernel refuses to configure.
    public var refusedAddresses: Set<IPAddress> = []
    /// Addresses that the kernel refuses to remove.
    public var refusedRemovals: Set<IPAddress> = []
    /// Addresses whose traffic is dropped, as the engine asked for.
    public internal(set) var refusedTraffic: Set<IPAddress> = []
    /// Whether addresses carry a tag of who configured them (IFA_PROTO, Linux 6.0 and later).
    public var tagsAddresses = true
    /// Routes and rules that the kernel refuses to configure.
    public var refusedRouting: Set<RoutingEntry> = []
    /// The routes and rules that somebody configured, in that order.
    var routing: [InstalledRouting] = []
    /// Notices that nobody has taken yet.
    var notices: [KernelNotice] = [] {
        didSet { revision += 1 }
    }
    private var lastIndex: Int32 = 1

    /// The numbers of all interfaces, ascending.
    private(set) var indices: [Int32] = []
    /// How often anything has changed.
    private(set) var revision = 0

    /// Everything there is, as a dump over netlink would show it.
    public var dump: [HostInterface] { indices.compactMap { interfaces[$0]?.description } }

    /// The number of the interface of a name.
    public func index(of name: String) -> Int32? { indices.first { interfaces[$0]?.description.name == name } }

    /// Whether an address is configured on any interface.
    public func holds(_ address: IPAddress) -> Bool {
        interfaces.values.contains { $0.addresses.contains { $0.address == address } }
    }

    /// The interface that holds an address.
    func interfaceIndex(holding address: IPAddress) -> Int32? {
        indices.first { interfaces[$0]?.addresses.contains { $0.address == address } ?? false }
    }

    /// Makes an interface; returns its number, which no other interface ever had.
    mutating func makeInterface(
        _ name: String, segment: String, macAddress: MACAddress?, isRunning: Bool, parentIndex: Int32? = nil
    ) -> Int32 {
        lastIndex += 1
        let description = HostInterface(
            index: lastIndex, name: name, isRunning: isRunning, macAddress: macAddress)
        indices.append(lastIndex)
        interfaces[lastIndex] = SimulatedInterface(
            description: description, segment: segment, parentIndex: parentIndex)
        notices.append(.interfaceChanged(description))
        return lastIndex
    }

    /// Makes an interface as it was, under its old number.
    mutating func restoreInterface(_ interface: SimulatedInterface, addresses: [HostAddress]) {
        let index = interface.description.index
        var interface = interface
        interface.description.addresses = []
        indices.append(index)
        indices.sort()
        interfaces[index] = interface
        notices.append(.interfaceChanged(interface.description))
        for address in addresses { addAddress(address, to: index) }
    }

    /// Removes an interface and what stands on it; returns whether it was there.
    @discardableResult
    mutating func removeInterface(_ index: Int32) -> Bool {
        for child in indices where interfaces[child]?.parentIndex == index { removeInterface(child) }
        guard interfaces.removeValue(forKey: index) != nil else { return false }
        indices.removeAll { $0 == index }
        removeRoutes(by: index)
        notices.append(.interfaceRemoved(index: index))
        return true
    }

    /// Changes the largest packet that an interface carries.
    mutating func setMTU(_ index: Int32, to mtu: Int) {
        interfaces[index]?.description.mtu = mtu
        if let description = interfaces[index]?.description { notices.append(.interfaceChanged(description)) }
    }

    /// Sets an interface running or not.
    ///
    /// As on Linux, IPv4 addresses stay on an interface that is down and IPv6 addresses other than link-local ones go.
    mutating func setInterface(_ index: Int32, isRunning: Bool) {
        guard let interface = interfaces[index], interface.description.isRunning != isRunning else { return }
        interfaces[index]?.description.isRunning = isRunning
        if let description = interfaces[index]?.description { notices.append(.interfaceChanged(description)) }
        guard !isRunning else { return }
        removeRoutes(by: index)
        for address in interface.addresses {
            if case .v6(let v6) = address.address, !v6.isLinkLocal || address.originTag == HostAddress.ownTag {
                removeAddress(address.address, from: index)
            }
        }
    }

    /// Configures an address; one that is already there counts as a success and causes no notice.
    ///
    /// As on Linux, an IPv4 address may stand under several prefix lengths, and an IPv6 address under one alone.
    @discardableResult
    mutating func addAddress(_ address: HostAddress, to index: Int32) -> Bool {
        guard let interface = interfaces[index], !refusedAddresses.contains(address.address) else { return false }
        let isThere = interface.addresses.contains {
            $0.address == address.address
                && (address.address.family == .ipv6 || $0.prefixLength == address.prefixLength)
        }
        guard !isThere else { return true }
        var address = address
        if !tagsAddresses { address.originTag = 0 }
        interfaces[index]?.description.addresses.append(address)
        notices.append(.addressAdded(address, interfaceIndex: index))
        return true
    }

    /// Removes an address; returns whether it was there.
    ///
    /// - Parameter prefixLength: the one that it must stand under, as the kernel demands; nil for any.
    @discardableResult
    mutating func removeAddress(_ address: IPAddress, prefixLength: UInt8? = nil, from index: Int32) -> Bool {
        let place = interfaces[index]?.addresses.firstIndex {
            $0.address == address && (prefixLength == nil || $0.prefixLength == prefixLength)
        }
        guard let place,
            let removed = interfaces[index]?.description.addresses.remove(at: place)
        else { return false }
        removeRoutes(from: removed.address)
        notices.append(
            .addressRemoved(removed.address, prefixLength: removed.prefixLength, interfaceIndex: index))
        return true
    }
}

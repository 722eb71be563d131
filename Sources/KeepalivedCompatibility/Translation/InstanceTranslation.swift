import VRRP
import VRRPEngine

/// Turns one instance into the definition of a virtual router.
struct InstanceTranslation {
    /// What the instance says.
    var instance: InstanceSettings
    /// What holds where it says nothing.
    let global: GlobalSettings
    /// What it may track by name.
    let weights: TrackedWeights

    /// The definition; nil, and reported, where the instance lacks something or contradicts itself.
    func definition(_ log: inout DiagnosticLog) -> VirtualRouterDefinition? {
        let family = instance.family?.value ?? .ipv4
        if instance.interface == nil { report(.missing("interface"), &log) }
        if instance.virtualRouterID == nil { report(.missing("virtual_router_id"), &log) }
        guard hasAddresses(family, &log), let interface = instance.interface?.value,
            let identifier = instance.virtualRouterID?.value, keepsToFamily(family, &log), keepsToLimits(&log)
        else { return nil }

        let version = version(family, &log)
        guard let authentication = authentication(version, &log) else { return nil }
        let interval = interval(version, &log)
        let priority = priority(&log)
        warnOfVirtualMACAddresses(&log)
        let addresses = advertisedAddresses(on: interface, family, &log)
        var router = VirtualRouterDefinition(
            name: instance.name.value, interface: interface, family: family, virtualRouterID: identifier,
            addresses: addresses, transport: transport(family, &log))
        router.version = version
        router.priority = priority
        router.advertisementInterval = interval
        router.unadvertisedAddresses = unadvertisedAddresses(on: interface)
        router.preemption = preemption(priority, &log)
        router.acceptMode = instance.accepts?.value ?? true
        router.sourceAddress = sourceAddress
        router.authentication = authentication
        router.virtualMAC = virtualMAC(&log)
        router.tracking = tracking(interface, &log)
        router.announcements = announcements()
        router.interoperability = interoperability(family)
        router.downTimerAdverts = downTimerAdverts
        router.unicastHopLimit = unicastHopLimit(&log)
        router.promotesSecondaries = instance.election.promotesSecondaries?.value ?? false
        return router
    }

    private func report(_ problem: Diagnostic.Problem, _ log: inout DiagnosticLog) {
        log.error(instance.name.place, "vrrp_instance \(instance.name.value)", problem)
    }

    private func version(_ family: AddressFamily, _ log: inout DiagnosticLog) -> ProtocolVersion {
        guard family == .ipv6 else { return instance.version?.value ?? global.version?.value ?? .v2 }
        if let version = instance.version, version.value != .v3 {
            log.warning(
                version.place, "version", .changed(value: version.text, to: "3", because: .ipv6NeedsVersion3))
        }
        return .v3
    }

    /// The priority; keepalived makes a router with the initial state MASTER the owner where none is given.
    private func priority(_ log: inout DiagnosticLog) -> Priority {
        if let priority = instance.priority { return priority.value }
        guard let state = instance.startsAsMaster, state.value else { return .default }
        log.warning(state.place, "state", .ownerByDefault)
        return .addressOwner
    }

    /// The interval in the unit of the version, halves rounded up, and the longest one where version 3 cannot carry it.
    private func interval(_ version: ProtocolVersion, _ log: inout DiagnosticLog) -> AdvertisementInterval {
        guard let written = instance.advertisementInterval else { return .default }
        let unit: Nanoseconds = version == .v2 ? .seconds(1) : .milliseconds(10)
        let count = max(1, (written.value + unit / 2).rawValue / unit.rawValue)
        let centiseconds = Int(count) * (version == .v2 ? 100 : 1)
        guard let interval = AdvertisementInterval(centiseconds: centiseconds), interval.isRepresentable(in: version)
        else {
            let longest = AdvertisementInterval.longest(in: version)
            log.warning(
                written.place, "advert_int",
                .changed(value: "\(written.text) s", to: "\(longest)", because: .nearestAllowed))
            return longest
        }
        if interval.duration != written.value {
            let reason: Diagnostic.ChangeReason = version == .v2 ? .wholeSeconds : .centiseconds
            log.warning(
                written.place, "advert_int",
                .changed(value: "\(written.text) s", to: "\(interval)", because: reason))
        }
        return interval
    }

    /// The authentication; nil, and reported, where its password cannot be cut to what is used of it.
    private func authentication(_ version: ProtocolVersion, _ log: inout DiagnosticLog) -> Authentication? {
        guard let type = instance.authenticationType else {
            if let password = instance.password {
                log.warning(password.place, "auth_pass", .ignored(because: .noAuthenticationType))
            }
            return Authentication.none
        }
        guard version == .v2 else {
            log.warning(type.place, "auth_type", .ignored(because: .version3))
            return Authentication.none
        }
        guard let written = instance.password else {
            log.warning(type.place, "auth_type", .ignored(because: .noPassword))
            return Authentication.none
        }
        let beginning = String(validating: written.value.utf8.prefix(8), as: UTF8.self)
        guard let beginning, let password = SimpleTextPassword(beginning) else {
            log.error(written.place, "auth_pass", .passwordSplitsCharacter(limit: 8))
            return nil
        }
        if beginning != written.value { log.warning(written.place, "auth_pass", .passwordCut(limit: 8)) }
        return type.value == .password ? .simpleText(password) : .authenticationHeader(key: password)
    }

    /// When a higher priority takes over, after the precedence that keepalived gives to contradicting keywords.
    private func preemption(_ priority: Priority, _ log: inout DiagnosticLog) -> Preemption {
        let delay = instance.preemptDelay.flatMap { $0.value > .zero ? $0 : nil }
        let refusal = instance.preempts.flatMap { $0.value ? nil : $0 }
        var reason: Diagnostic.IgnoranceReason?
        if priority.isAddressOwner {
            reason = .addressOwner
        } else if instance.startsAsMaster?.value == true {
            reason = .initialStateMaster
        }
        if let reason {
            if let refusal { log.warning(refusal.place, "nopreempt", .ignored(because: reason)) }
            if let delay { log.warning(delay.place, "preempt_delay", .ignored(because: reason)) }
            return .immediate
        }
        if refusal != nil {
            if let delay { log.warning(delay.place, "preempt_delay", .ignored(because: .noPreemption)) }
            return .never
        }
        return delay.map { .delayed($0.value) } ?? .immediate
    }

    /// The name of the macvlan interface: `vrrp.VRID` where none is given, `vrrp6.VRID` with IPv6.
    var virtualMACName: String? {
        guard let wish = instance.virtualMAC else { return nil }
        if let name = wish.value.name { return name }
        guard let identifier = instance.virtualRouterID?.value else { return nil }
        let prefix = (global.virtualMACPrefix?.value ?? "vrrp") + (instance.family?.value == .ipv6 ? "6" : "")
        return "\(prefix).\(identifier)"
    }

    private func interoperability(_ family: AddressFamily) -> InteroperabilityPolicy {
        func isOn(_ field: KeyPath<InteroperabilitySettings, Located<Bool>?>) -> Bool {
            (instance.interoperability[keyPath: field] ?? global.interoperability[keyPath: field])?.value ?? false
        }
        var policy = InteroperabilityPolicy()
        policy.transmittedChecksum = isOn(\.checksumAsVersion2) ? .messageOnly : .pseudoHeader
        if usesOldChecksum(family) { policy.transmittedChecksum = .pseudoHeaderOfGroup }
        policy.acceptedChecksums = .both
        // Routers with the same file that run keepalived send the addresses in the order of the file.
        policy.requiresLinkLocalFirst =
            family == .ipv4 || instance.addresses.first?.value.address.isIPv6LinkLocal == true
        policy.addressListMismatch = isOn(\.skipsAddressListCheck) ? .ignore : .count
        policy.fitsAdvertsToMTU = true
        policy.answersLowerPriority = !isOn(\.staysSilentToLowerPriority)
        policy.advertisesBeforeYielding = isOn(\.advertisesBeforeYielding)
        policy.ownersSettleByAddress = !isOn(\.ownerIgnoresAdverts)
        return policy
    }
}

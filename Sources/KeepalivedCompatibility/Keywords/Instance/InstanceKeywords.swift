import VRRP
import VRRPEngine

/// The keywords of `vrrp_instance`.
enum InstanceKeywords {
    static let table = KeywordTable<InstanceSettings>(
        block: "vrrp_instance",
        identity + election + addresses + transport + tracking
            + AnnouncementKeywords.keywords(prefix: "", at: \.announcements) + interoperability
            + notificationKeywords + electionKeywords + trackingKeywords + routesKeywords + virtualServerKeywords)

    private static let identity: [Keyword<InstanceSettings>] = [
        .value(
            "interface", .interfaceName, standard: "required", into: \.interface,
            "The interface that adverts are sent and received on."),
        .value(
            "virtual_router_id", .virtualRouterID, standard: "required", into: \.virtualRouterID,
            "The identifier, the same on all routers of the instance; unique for interface and family, or told apart by "
                + "group or peers."
        ),
        .value(
            "version", .version, standard: "vrrp_version; 3 with IPv6", into: \.version,
            "The version that the instance speaks; IPv6 exists in version 3 alone."),
        Keyword("native_ipv6", "The instance is one of IPv6; its first address says the same.") {
            statement, settings, log in
            statement.expectNoBlock(&log)
            statement.expectValues(atMost: 0, &log)
            settings.noteFamily(.ipv6, at: statement.place, text: statement.keyword)
        },
        .block("authentication", authentication, "The authentication of VRRPv2; version 3 has none."),
    ]

    private static let authentication: [Keyword<InstanceSettings>] = [
        .value(
            "auth_type", .choice(["PASS": AuthenticationType.password, "AH": .authenticationHeader]), standard: "none",
            into: \.authenticationType,
            "PASS for a password in clear, AH for an IPsec authentication header with the password as its key."),
        .value(
            "auth_pass", .text("a password of 1 to 8 octets", isSecret: true), into: \.password,
            "The password; cut to 8 octets, the same on all routers of the instance."),
    ]

    private static let election: [Keyword<InstanceSettings>] = [
        .value(
            "state", .choice(["MASTER": true, "BACKUP": false]), standard: "BACKUP; MASTER with priority 255",
            "With MASTER the priority is 255 unless given, and preemption is immediate; the router listens first all the"
                + " same."
        ) { settings, state in
            // keepalived keeps MASTER once it has seen it.
            if settings.startsAsMaster?.value != true { settings.startsAsMaster = state }
        }.expendable,
        .value(
            "priority", .priority, standard: "100; 255 with state MASTER", into: \.priority,
            "The highest priority becomes active; 255 is the owner of the addresses."),
        .value(
            "advert_int", .seconds(from: "0.01", to: "255"), standard: "1", into: \.advertisementInterval,
            "The time between adverts: whole seconds with version 2, hundredths of a second up to 40.95 with version 3."
        ),
        .flag(
            "nopreempt", false, into: \.preempts,
            "A higher priority does not take over from an active router that works."),
        .flag("preempt", true, standard: "preempt", into: \.preempts, "A higher priority takes over."),
        .value(
            "preempt_delay", .seconds(from: "0", to: "1000"), standard: "0", into: \.preemptDelay,
            "How long a higher priority listens to an active router before it takes over."),
        .flag("accept", true, standard: "accept", into: \.accepts, "Packets to the addresses are accepted."),
        .flag(
            "no_accept", false, into: \.accepts,
            "Packets to the addresses are dropped, neighbour discovery excepted; the owner accepts in any case."),
    ]

    private static let addresses: [Keyword<InstanceSettings>] = [
        .list(
            "virtual_ipaddress", entry: AddressEntry.allowed,
            "The addresses in adverts, 1 to 255 of one family; the first one decides the family."
        ) { entries, list, settings, log in
            for entry in entries {
                guard let line = AddressEntry.read(entry, in: list.keyword, &log) else { continue }
                let address = line.address
                settings.noteFamily(address.value.address.family, at: address.place, text: address.text)
                settings.addresses.append(address)
                if line.usesVirtualMAC { settings.routing.virtualMACAddresses.append(address) }
            }
        },
        .list(
            "virtual_ipaddress_excluded", entry: AddressEntry.allowed,
            "Addresses of either family that come and go with the others but stand in no advert."
        ) { entries, list, settings, log in
            for line in entries.compactMap({ AddressEntry.read($0, in: list.keyword, &log) }) {
                settings.unadvertisedAddresses.append(line.address)
                if line.usesVirtualMAC { settings.routing.virtualMACAddresses.append(line.address) }
            }
        },
    ]

    private static let transport: [Keyword<InstanceSettings>] = [
        .value(
            "unicast_src_ip", .hostAddress, standard: "the first address of the interface",
            "The source address of unicast adverts, and of multicast ones unless mcast_src_ip is given."
        ) { settings, address in
            settings.noteFamily(address.value.family, at: address.place, text: address.text)
            settings.unicastSource = address
        },
        .value(
            "mcast_src_ip", .hostAddress, standard: "the first address of the interface",
            "The source address of multicast adverts, and of unicast ones unless unicast_src_ip is given."
        ) { settings, address in
            settings.noteFamily(address.value.family, at: address.place, text: address.text)
            settings.multicastSource = address
        },
        .value("mcast_dst_ip", .group(), standard: "vrrp_mcast_group4 or 6", "The group that adverts are sent to.") {
            settings, group in
            settings.noteFamily(group.value.family, at: group.place, text: group.text)
            settings.group = group
        },
        .list(
            "unicast_peer", entry: PeerEntry.allowed,
            "The other routers, spoken to one by one instead of by multicast."
        ) { entries, list, settings, log in
            let peers = entries.compactMap { PeerEntry.read($0, in: list.keyword, &log) }
            if let first = peers.first {
                settings.noteFamily(first.value.address.family, at: first.place, text: first.text)
            }
            let earlier = settings.peers?.value ?? []
            settings.peers = Located(earlier + peers, at: list.place, text: list.keyword)
        },
        Keyword(
            "use_vmac", values: VirtualMACEntry.allowed, standard: "the interface's own MAC address",
            "The addresses answer with the virtual MAC address, on a macvlan interface of this name, else of"
                + " vrrp.VRID or vrrp6.VRID."
        ) { statement, settings, log in
            VirtualMACEntry.read(statement, into: &settings.virtualMAC, &log)
        },
    ]

    private static let tracking: [Keyword<InstanceSettings>] = [
        .flag(
            "dont_track_primary", standard: "tracked", into: \.ignoresOwnInterface,
            "The instance stays in the election while its own interface is down."),
        .list(
            "track_interface", entry: TrackedInterfaceEntry.allowed,
            "Interfaces that must be up; with a weight they change the priority instead."
        ) { entries, list, settings, log in
            settings.trackedInterfaces += entries.compactMap { TrackedInterfaceEntry.read($0, in: list.keyword, &log) }
        },
    ]

    private static let interoperability: [Keyword<InstanceSettings>] = [
        .always(
            "check_unicast_src", because: .unicastSourceIsChecked,
            "Unicast adverts are accepted from peers alone; they always are."),
        .toggle(
            "skip_check_adv_addr", standard: "vrrp_skip_check_adv_addr",
            into: \.interoperability.skipsAddressListCheck, "Adverts are not compared with the configured addresses."),
        .toggle(
            "lower_prio_no_advert", standard: "vrrp_lower_prio_no_advert",
            into: \.interoperability.staysSilentToLowerPriority,
            "An active router does not answer an advert of lower priority at once."),
        .toggle(
            "higher_prio_send_advert", standard: "vrrp_higher_prio_send_advert",
            into: \.interoperability.advertisesBeforeYielding,
            "An active router sends one more advert before it yields, so that the winner announces its addresses again."
        ),
        .toggle(
            "owner_ignore_adverts", standard: "vrrp_owner_ignore_adverts",
            into: \.interoperability.ownerIgnoresAdverts,
            "An address owner does not settle with another owner by address."),
        .toggle(
            "v3_checksum_as_v2", into: \.interoperability.checksumAsVersion2,
            "VRRPv3 adverts over IPv4 are sent with a checksum without pseudo-header; both forms are accepted."),
    ]

    private static let virtualServerKeywords =
        [Keyword<InstanceSettings>.trackBFD] + Keyword<InstanceSettings>.skipped(["lvs_sync_daemon_interface"])
}

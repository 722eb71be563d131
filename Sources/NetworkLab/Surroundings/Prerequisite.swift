import Foundation

/// Something that a lab needs from the machine.
public enum Prerequisite: String, CaseIterable, Sendable {
    /// Root's rights.
    case root
    /// The program `ip` of iproute2.
    case iproute2
    /// Network namespaces that this process may create.
    case networkNamespaces = "network namespaces"
    /// Pairs of virtual Ethernet devices.
    case veth
    /// Virtual bridges.
    case bridge
    /// Devices with a MAC address of their own on top of another device.
    case macvlan
    /// The program `nft`, and its bridge family in the kernel.
    case nftables
    /// The program `ping` of iputils.
    case ping
    /// The program `arping`.
    case arping
    /// The daemon of keepalived.
    case keepalived
    /// FRR's `zebra` and `vrrpd`.
    case frr
    /// The program `tshark` of Wireshark.
    case tshark
    /// The shell of that name.
    case zsh
    /// The shell of that name.
    case fish

    /// What `Lab` itself cannot do without.
    public static let lab: [Prerequisite] = [.root, .iproute2, .networkNamespaces, .veth, .bridge]

    /// Why this one is not met on this machine; nil when it is. Looked up once.
    ///
    /// What the kernel offers cannot be tried out without root; then root alone is said to be missing.
    public var shortcoming: String? { Self.shortcomings[self] }

    /// Why some of `prerequisites` are not met, a sentence each; empty when all of them are.
    public static func shortcomings(of prerequisites: [Prerequisite]) -> [String] {
        prerequisites.compactMap(\.shortcoming)
    }

    /// Whether the run must prove everything (`CI=true`): then nothing is skipped, and what is missing is a failure.
    public static var isRequired: Bool { ProcessInfo.processInfo.environment["CI"] == "true" }

    /// Whether tests that need `prerequisites` shall run: they are all met, or nothing may be skipped.
    public static func permits(_ prerequisites: [Prerequisite]) -> Bool {
        isRequired || shortcomings(of: prerequisites).isEmpty
    }

    private static let shortcomings: [Prerequisite: String] = {
        var result: [Prerequisite: String] = [:]
        for prerequisite in allCases { result[prerequisite] = prerequisite.examine() }
        return result
    }()

    private func examine() -> String? {
        switch self {
        case .root: geteuid() == 0 ? nil : "needs root"
        case .iproute2: missingProgram("ip")
        case .networkNamespaces: KernelProbe.createNamespace()
        case .veth: KernelProbe.createDevice("name probe0 type veth peer name probe1", kind: rawValue)
        case .bridge: KernelProbe.createDevice("name probe0 type bridge", kind: rawValue)
        case .macvlan: KernelProbe.createMacvlan()
        case .nftables: missingProgram("nft") ?? KernelProbe.createBridgeTable()
        case .ping, .arping, .keepalived, .tshark, .zsh, .fish: missingProgram(rawValue)
        case .frr:
            missingProgram(Programs.frrDirectory + "/zebra") ?? missingProgram(Programs.frrDirectory + "/vrrpd")
        }
    }

    private func missingProgram(_ name: String) -> String? {
        Programs.path(of: name) == nil ? "needs the program \(name), which `make setup` installs" : nil
    }
}

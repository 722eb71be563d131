import VRRP

/// What the environment of the container asks for, checked, with the defaults of OpenShift's image.
struct FailoverSettings {
    /// The name of the configuration, as it was given.
    var name = "OpenShift-IPFailover"
    var virtualIPs: [IPAddress] = []
    /// How many instances share the addresses; 0 for one instance for each address.
    var groups = 0
    /// The interfaces that are wanted, the best first.
    var interfaces: [String] = []
    /// The port that the default check connects to; 0 for no check.
    var monitorPort = 80
    var replicas = 1
    var idOffset = 10
    var excludedIDs: Set<Int> = []
    var acceptsMulticast = false
    var checkScript: String?
    var checkInterval = "2"
    var notifyScript: String?
    var preemption = FailoverPreemption.delayed("300")
    var unicastPeers: [IPAddress] = []
    var multicastSource: IPAddress?
    var unicastSource: IPAddress?
    var emails = ["root@localhost"]
    var smtpServer = "127.0.0.1"
    var configurationPath = "/etc/keepalived/keepalived.conf"

    /// Reads all variables; what is wrong is reported and has its default here.
    init(_ reader: inout EnvironmentReader) {
        name = reader.value(.configurationName, .configurationName) ?? name
        virtualIPs = VirtualIPList.read(&reader)
        groups = reader.value(.groups, .integer(0...65_535)) ?? groups
        interfaces = Self.interfaces(&reader)
        monitorPort = reader.value(.monitorPort, .monitorPort) ?? monitorPort
        replicas = max(1, reader.value(.replicas, .integer(0...65_535)) ?? replicas)
        idOffset = reader.value(.idOffset, .integer(0...254)) ?? idOffset
        excludedIDs = Set(reader.values(.excludedIDs, .integer(1...255)))
        acceptsMulticast = Self.acceptsMulticast(reader)
        checkScript = reader.value(.checkScript, .command)
        checkInterval = reader.value(.checkInterval, .checkInterval) ?? checkInterval
        notifyScript = reader.value(.notifyScript, .command)
        preemption = reader.value(.preemption, .preemption) ?? preemption
        unicastPeers = Self.peers(&reader)
        multicastSource = reader.value(.multicastSource, .hostAddress)
        unicastSource = reader.value(.unicastSource, .hostAddress)
        let emails = reader.values(.adminEmails, .mailAddress)
        if !emails.isEmpty { self.emails = emails }
        let limit = GlobalKeywords.recipientLimit
        if emails.count > limit {
            reader.report(.adminEmails, "these are \(emails.count) addresses; allowed are \(limit)")
        }
        smtpServer = reader.value(.smtpServer, .smtpServer) ?? smtpServer
        configurationPath = reader.value(.configurationFile, .absolutePath) ?? configurationPath
    }

    /// The other nodes, each of them once.
    private static func peers(_ reader: inout EnvironmentReader) -> [IPAddress] {
        var seen: Set<IPAddress> = []
        let peers = reader.values(.unicastPeers, .hostAddress).filter { seen.insert($0).inserted }
        if peers.count > 255 { reader.report(.unicastPeers, "these are \(peers.count) addresses; allowed are 255") }
        return peers
    }

    /// The interfaces that are wanted.
    static func interfaces(_ reader: inout EnvironmentReader) -> [String] {
        reader.values(.interface, .interfaceName)
    }

    /// Whether a rule that accepts the multicast of VRRP is wanted: any value says so.
    static func acceptsMulticast(_ reader: EnvironmentReader) -> Bool {
        reader.text(.nftablesRule) != nil || reader.text(.iptablesChain) != nil
    }
}

/// Whether a better node takes over from one that works, as OPENSHIFT_HA_PREEMPTION says it.
enum FailoverPreemption: Hashable, Sendable {
    /// It does not.
    case never
    /// It does, at once.
    case immediate
    /// It does, a number of seconds after it has come up; as written.
    case delayed(String)
}

extension ValueFormat<FailoverPreemption> {
    fileprivate static var preemption: Self {
        ValueFormat(allowed: "nopreempt, preempt, or preempt_delay and 0 to 1000 seconds") { text in
            let words = text.split(separator: " ").map(String.init)
            switch (words.count, words.first) {
            case (1, "nopreempt"): return .never
            case (1, "preempt"): return .immediate
            case (2, "preempt_delay"):
                let format = ValueFormat<Nanoseconds>.seconds(from: "0", to: "1000")
                return format.read(words[1]).map { _ in .delayed(words[1]) }
            default: return nil
            }
        }
    }
}

extension ValueFormat<Int> {
    fileprivate static var monitorPort: Self {
        ValueFormat(allowed: "a port from 1 to 65535, or 0 for no check") { UInt16($0).map(Int.init) }
    }
}

extension ValueFormat<String> {
    /// A name that can be written into the file as it is, and that leaves something as the name of an instance.
    fileprivate static var configurationName: Self {
        ValueFormat(
            allowed: "1 to 128 letters, digits and _ - . : / @ + = , %, with at least one of the first four kinds"
        ) { text in
            let octets = text.utf8
            let isWritable = octets.allSatisfy { $0.isNameOctet || ".:/@+=,%".utf8.contains($0) }
            return isWritable && octets.count <= 128 && octets.contains(where: \.isNameOctet) ? text : nil
        }
    }

    /// A command that can stand between double quotes.
    fileprivate static var command: Self {
        ValueFormat(allowed: "the path of a program and its arguments, up to 900 octets without double quotes") {
            text in
            let isWritable = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\"") }
            return isWritable && text.utf8.count <= 900 && CommandLineText.command([text]) != nil ? text : nil
        }
    }

    fileprivate static var checkInterval: Self {
        let seconds = ValueFormat<Nanoseconds>.seconds(from: "0.01", to: "86400")
        return ValueFormat(allowed: seconds.allowed) { text in seconds.read(text).map { _ in text } }
    }

    fileprivate static var mailAddress: Self {
        ValueFormat(allowed: "a mail address of letters, digits and . _ % + = - and @") { text in
            let isWritable = text.utf8.allSatisfy { $0.isNameOctet || ".%+=@".utf8.contains($0) }
            return isWritable && text.utf8.count <= 254 && text.utf8.first != UInt8(ascii: "@") ? text : nil
        }
    }

    fileprivate static var smtpServer: Self {
        ValueFormat(allowed: "an address or a host name, and a port behind a space where it is not 25") { text in
            let words = text.split(separator: " ").map(String.init)
            let isHost = words[0].utf8.allSatisfy { $0.isNameOctet || ".:".utf8.contains($0) }
            guard words.count <= 2, isHost, words[0].utf8.count <= 253 else { return nil }
            guard words.count == 2 else { return words[0] }
            return UInt16(words[1]).flatMap { $0 > 0 ? "\(words[0]) \($0)" : nil }
        }
    }

    fileprivate static var absolutePath: Self {
        ValueFormat(allowed: "an absolute path") { $0.hasPrefix("/") && !$0.hasSuffix("/") ? $0 : nil }
    }
}

extension UInt8 {
    /// Whether the octet may stand in the name of an instance: a letter, a digit, `_` or `-`.
    var isNameOctet: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

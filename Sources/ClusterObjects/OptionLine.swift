import JSONDocument
import KeepalivedCompatibility
import VRRP
public import VRRPEngine

/// One option, as a line of keepalived.conf that nobody has read yet.
struct OptionLine {
    /// The blocks that options may stand in.
    enum Block: String {
        case globalDefinitions = "global_defs"
        case instance = "vrrp_instance"
    }

    private let keyword: String
    private let value: String

    /// A keyword with its value, both as somebody wrote them.
    init(_ keyword: String, _ value: String) {
        self.keyword = keyword
        self.value = value
    }

    /// The most announcements of each address that one event may lead to, and the shortest time between refreshes: who
    /// writes a Service must not be able to flood the network.
    private static let mostRounds = 20
    private static let shortestRefresh = Nanoseconds.seconds(1)
    private static let longestText = 128

    /// An option that is not to be applied.
    struct Refusal: Error {
        /// Why.
        var reason: OptionRefusal.Reason
    }

    /// Reads the option.
    ///
    /// - Returns: A virtual router that has it and nothing else.
    /// - Throws: why it is not to be applied.
    func router(in block: Block) throws(Refusal) -> VirtualRouterDefinition {
        guard isOneLine else { throw Refusal(reason: .notOneLine) }
        let allowed: [String] =
            switch block {
            case .globalDefinitions: GroupOptions.keywords
            case .instance: InstanceOption.allCases.map(\.rawValue)
            }
        guard allowed.contains(keyword) else { throw Refusal(reason: refusal(in: block)) }

        let text =
            switch block {
            case .globalDefinitions: "global_defs {\n\(line)\n}\n\(Self.instance("", version: .v3))"
            case .instance: Self.instance(line, version: .v3)
            }
        guard let configuration = Self.configuration(text) else { throw wrong("\(keyword) cannot be read") }
        if let diagnostic = configuration.diagnostics.first(where: { $0.keyword == keyword }) {
            // Without the file and the line, which are made up.
            let sentence = diagnostic.description.split(separator: ":", maxSplits: 2).last.map(String.init)
            throw wrong((sentence ?? diagnostic.description).trimmingBlanks)
        }
        guard !configuration.hasErrors, let router = configuration.definitions.virtualRouters.first else {
            throw wrong("\(keyword) cannot be read")
        }
        let plan = router.announcements
        let mostRounds = max(plan.afterBecomingActive.count, plan.afterContest.count, plan.refreshRounds)
        guard mostRounds <= Self.mostRounds, plan.refreshInterval ?? Self.shortestRefresh >= Self.shortestRefresh else {
            let limit = "at most \(Self.mostRounds) announcements at once, and a refresh every second"
            throw wrong("\(keyword): \"\(value)\" is not allowed; allowed is \(limit)")
        }
        return router
    }

    private func wrong(_ sentence: String) -> Refusal { Refusal(reason: .wrongValue(sentence)) }

    /// Whether the option fits into one line whatever the language does with it.
    private var isOneLine: Bool {
        let isKeyword =
            (1...Self.longestText).contains(keyword.utf8.count)
            && keyword.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./".contains($0)) }
        let isValue =
            value.utf8.count <= Self.longestText
            && value.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            && !value.contains { "{}\"'#!$@~\\".contains($0) }
        return isKeyword && isValue
    }

    fileprivate var line: String { "    \(keyword) \(value)" }

    /// Why a keyword that is not on the list is none that is applied.
    private func refusal(in block: Block) -> OptionRefusal.Reason {
        let known = KeepalivedLanguage.keywords.filter { $0.block == block.rawValue }
        guard let description = known.first(where: { $0.name == keyword }) else {
            let allowed = known.map(\.name)
            return .unknown(block: block.rawValue, nearest: nearestName(to: keyword, among: allowed))
        }
        if description.support == .withoutEffect || description.support == .notVRRP { return .withoutEffect }
        if ["notify", "script", "smtp", "fifo", "track_process", "track_file", "email"].contains(
            where: keyword.contains)
        {
            return .runsProgram
        }
        let decided = [
            "interface", "virtual_router_id", "priority", "virtual_ipaddress", "authentication", "unicast_peer",
            "unicast_src_ip", "mcast_src_ip", "version", "state",
        ]
        return decided.contains(keyword) ? .decidedByOperator : .reachesBeyondRouter
    }

    /// A configuration with one instance that has the given lines.
    fileprivate static func instance(_ lines: String, version: ProtocolVersion) -> String {
        """
        vrrp_instance router {
            interface eth0
            virtual_router_id 1
            version \(version.rawValue)
        \(lines)
            virtual_ipaddress {
                192.0.2.1
            }
        }
        """
    }

    fileprivate static func configuration(_ text: String) -> KeepalivedConfiguration? {
        try? KeepalivedConfiguration.load(path: "options", source: OneFile(text: text), configurationID: "")
    }
}

extension VirtualRouterDefinition {
    /// Applies options of a vrrp_instance; only those that are allowed have an effect.
    ///
    /// - Returns: Whether they could be applied together; if not, nothing has changed.
    public mutating func apply(options: [String: String]) -> Bool {
        let options = options.filter { InstanceOption(rawValue: $0.key) != nil }
        guard !options.isEmpty else { return true }
        let lines = options.sorted { $0.key < $1.key }.map { OptionLine($0.key, $0.value) }
        guard lines.allSatisfy({ (try? $0.router(in: .instance)) != nil }) else { return false }
        let text = OptionLine.instance(lines.map(\.line).joined(separator: "\n"), version: version)
        guard let configuration = OptionLine.configuration(text), !configuration.hasErrors,
            let read = configuration.definitions.virtualRouters.first
        else { return false }
        for option in options.keys.compactMap(InstanceOption.init(rawValue:)) { apply(option, of: read) }
        return true
    }

    private mutating func apply(_ option: InstanceOption, of read: VirtualRouterDefinition) {
        switch option {
        case .accept, .noAccept: acceptMode = read.acceptMode
        case .advertInterval: advertisementInterval = read.advertisementInterval
        case .announcementDelay, .announcementRefresh, .announcementRefreshRepeat, .announcementRepeat,
            .contestAnnouncementDelay, .contestAnnouncementRepeat:
            announcements = read.announcements
        case .downTimerAdverts: downTimerAdverts = read.downTimerAdverts
        case .noPreempt, .preempt, .preemptDelay: preemption = read.preemption
        case .sendsAdvertToHigherPriority:
            interoperability.advertisesBeforeYielding = read.interoperability.advertisesBeforeYielding
        case .staysSilentToLowerPriority:
            interoperability.answersLowerPriority = read.interoperability.answersLowerPriority
        }
    }
}

/// A file that exists in memory alone and includes no other.
private struct OneFile: ConfigurationSource {
    let text: String

    func read(_ path: String) throws(ConfigurationReadError) -> ConfigurationFile {
        guard path == "options" else { throw ConfigurationReadError(path: path, reason: .missing) }
        return ConfigurationFile(octets: Array(text.utf8))
    }
}

extension String {
    fileprivate var trimmingBlanks: String { String(drop { $0 == " " }) }
}

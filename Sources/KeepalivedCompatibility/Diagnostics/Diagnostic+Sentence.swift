import VRRP

extension Diagnostic: CustomStringConvertible {
    /// The place, the keyword and what is wrong, as one sentence.
    public var description: String { "\(place): \(descriptionWithoutPlace)" }

    /// The keyword and what is wrong: the same wherever in the files it stands.
    public var descriptionWithoutPlace: String {
        guard let keyword else { return "\(problem)" }
        return "\(printable(keyword)): \(problem)"
    }
}

extension Diagnostic.Problem: CustomStringConvertible {
    /// What is wrong, without the place and the keyword.
    public var description: String {
        switch self {
        case .notAllowed(let value, let allowed): "\(visible(value)) is not allowed; allowed is \(allowed)"
        case .valueMissing(let allowed): "a value is missing; allowed is \(allowed)"
        case .passwordCut(let limit): "only the first \(limit) octets of the password are used"
        case .passwordSplitsCharacter(let limit):
            "a character crosses the end of the first \(limit) octets, which are all that is used; shorten the password"
        case .surplusValue(let value): "\(visible(value)) is one value too many and is ignored"
        case .unknownKeyword(let block, let nearest):
            "unknown keyword" + (block.map { " in \(visible($0))" } ?? "") + " is ignored"
                + (nearest.map { "; did you mean \($0)?" } ?? "")
        case .notSupported: "not supported, and without it the entry would mean something else"
        case .notVRRP: "not VRRP and ignored"
        case .bfdIsNotTracked:
            "there is no BFD here, so nothing is tracked: who tracks it goes on as if the session were up"
        case .blockMissing: "a block in braces is missing"
        case .unexpectedBlock: "takes no block in braces"
        case .repeated: "stands here a second time; the last one counts"
        case .repeatedInVain(let first): "stands here a second time; the first one, at \(first), counts"
        case .missing(let keyword): "\(keyword) is missing"
        case .refused(let reason): "not supported: \(reason)"
        case .ignored(let reason): "ignored because \(reason)"
        case .changed(let value, let other, let reason):
            "\(visible(value)) is changed to \(visible(other)) because \(reason)"
        case .duplicate(let place, let what): "\(what) stands at \(place) already"
        case .foreignFamily(let value, let family):
            "\(visible(value)) is not allowed; allowed are \(family == .ipv4 ? "IPv4" : "IPv6") addresses like the"
                + " first one of the instance"
        case .foreignAddress(let value, let family):
            "\(visible(value)) is left out; the instance is one of \(family == .ipv4 ? "IPv4" : "IPv6"), like its first"
                + " address, and needs another one beside it for the other family"
        case .tooManyAddresses(let limit):
            "more than \(limit) addresses do not fit into an advert; the others count as virtual_ipaddress_excluded"
        case .tooManyRecipients(let limit): "more than \(limit) addresses are not allowed; use a mailing list"
        case .tooManyPeers(let limit): "more than \(limit) peers are not allowed"
        case .ownerByDefault:
            "state MASTER without a priority makes this router the address owner, priority 255"
        case .multicastForLackOfPeers: "no peer is listed, so adverts are sent by multicast"
        case .rulePriority(let priority): "a rule without a priority gets \(priority), which depends on the other rules"
        case .linkLocalNotFirst(true):
            "the link-local address is advertised first, as the standard wants; put it first on every router"
        case .linkLocalNotFirst(false):
            "no address is link-local although the standard wants the first one to be; adverts without one are accepted"
        case .soleMember(let name): "\(visible(name)) is its only member and changes its state alone"
        case .syntax(let problem): problem.description
        case .include(let problem): problem.description
        case .unlisted(let count): "\(count) more are not listed"
        }
    }
}

extension Diagnostic.IgnoranceReason: CustomStringConvertible {
    /// The reason as the end of a sentence.
    public var description: String {
        switch self {
        case .addressOwner: "the address owner, priority 255, preempts always"
        case .initialStateMaster: "the state is MASTER"
        case .noPreemption: "nopreempt is given as well"
        case .version3: "VRRPv3 has no authentication"
        case .noAuthenticationType: "auth_type is missing"
        case .authenticationHeader:
            "with auth_type AH an instance that does not own its addresses hears the others first"
        case .noPassword: "auth_pass is missing"
        case .ipv6: "only IPv4 addresses have it"
        case .ipv4: "only IPv6 addresses have it"
        case .unicastAddress: "only multicast addresses have it"
        case .ownInterface: "an instance tracks its own interface already"
        case .unicastSourceIsChecked: "the source of unicast adverts is always checked"
        case .notTracked: "no instance tracks it"
        case .strictMode: "vrrp_strict or strict_mode rules it out"
        case .nftablesIsUsed: "packets are dropped by nftables; see the keyword nftables"
        case .oneVirtualInterface: "addresses on other interfaces answer with the MAC address of their interface"
        case .noPeers: "there are no unicast peers"
        case .noVirtualMAC: "use_vmac is missing"
        case .emptyGroup: "the group needs an interval and an interface"
        case .standardMACAddress: "addresses of the standard follow from virtual_router_id"
        case .noTimeLimit: "a program that the kernel ends for being busy gives its addresses away"
        case .noScheduledReload: "the configuration is read again at SIGHUP alone"
        case .noCopyOfConfiguration: "this program writes no copy of its configuration"
        case .groupsTrackAnyway: "what a group tracks holds for all of its instances anyway"
        case .trackedByGroup: "the sync group of the instance tracks it"
        case .noSourceAddress: "neither unicast_src_ip nor mcast_src_ip is given"
        case .noMember: "no instance is listed in group"
        case .findingsAreInTheLog: "what a check finds stands in the program's own log"
        case .labelsAlone: "the kernel has it for the labels of MPLS alone"
        case .noDelay: "no delay stands behind the interface"
        case .syncGroup: "the instance is in a sync group without sync_group_tracking_weight"
        }
    }
}

extension Diagnostic.RefusalReason: CustomStringConvertible {
    /// The reason as the end of a sentence.
    public var description: String {
        switch self {
        case .virtualRouting: "adverts cannot be sent in a VRF; name the interface itself"
        case .authenticationOfKeepalived:
            "a router that is to authenticate must not run without; use version 2 with auth_type PASS, or remove it"
        case .ipvlan: "write use_vmac instead, or leave it out"
        }
    }
}

extension Diagnostic.ChangeReason: CustomStringConvertible {
    /// The reason as the end of a sentence.
    public var description: String {
        switch self {
        case .wholeSeconds: "VRRPv2 counts whole seconds"
        case .centiseconds: "VRRPv3 counts hundredths of a second"
        case .ipv6NeedsVersion3: "IPv6 exists in VRRPv3 alone"
        case .trackedByProtocol: "what is put back when it is removed is known by its protocol number"
        case .rootIsWorkingFolder: "the program runs in /"
        case .nearestAllowed: "it is the nearest value that is allowed"
        }
    }
}

extension Diagnostic.SyntaxProblem: CustomStringConvertible {
    /// What is wrong with the text.
    public var description: String {
        switch self {
        case .lineTooLong(let limit): "the line is longer than \(limit) octets"
        case .zeroOctet: "the line contains an octet of value 0"
        case .notUTF8: "the line is not UTF-8 text"
        case .unmatchedQuote: "a double quote has no partner on its line"
        case .strayOpeningBrace: "\"{\" belongs to no keyword"
        case .strayClosingBrace: "\"}\" closes no block"
        case .unclosedBlock: "the block has no closing \"}\""
        case .nestedTooDeep(let limit): "blocks are nested deeper than \(limit) levels"
        case .emptyCondition: "nothing follows the identifier of the configuration on its line"
        case .undefinedName: "is not defined here and left as it is"
        case .endlessDefinition: "the definitions that the line uses do not come to an end"
        case .expansionTooDeep(let limit):
            "sequences and definitions of several lines stand deeper inside of each other than \(limit) levels"
        case .expansionTooLarge(let lines, let octets):
            "definitions and sequences make more than \(lines) lines or \(octets) octets of the configuration"
        }
    }
}

extension Diagnostic.IncludeProblem: CustomStringConvertible {
    /// What is wrong with the file.
    public var description: String {
        switch self {
        case .unreadable(let error): error.description
        case .circular(let path): "\(visible(path)) includes itself"
        case .nestedTooDeep(let limit): "files include each other deeper than \(limit) levels"
        case .tooLarge(let limit): "the files are together larger than \(limit) octets"
        case .noMatch(let path): "no file matches \(visible(path))"
        case .tooManyFiles(let limit): "more than \(limit) files are included"
        case .executable(let path): "\(visible(path)) may be executed, which keepalived refuses; remove that permission"
        }
    }
}

/// A text of the configuration so that it can stand in a sentence: in quotes where blanks or unprintable characters
/// would hide its ends, and shortened where it is long.
func visible(_ text: String) -> String {
    let isPlain = !text.isEmpty && text.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7f }
    let shown = printable(text)
    return isPlain && shown == text ? text : "\"\(shown)\""
}

/// A text of the configuration with unprintable characters escaped, shortened where it is long.
func printable(_ text: String) -> String {
    let limit = 64
    let shown = text.unicodeScalars.prefix(limit).map { $0.escaped(asASCII: false) }.joined()
    return text.unicodeScalars.count > limit ? shown + "…" : shown
}

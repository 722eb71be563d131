public import VRRP

/// Something about the configuration that its writer should know.
///
/// Its description is one sentence without the severity:
/// `keepalived.conf:12: priority: 300 is not allowed; allowed is 1 to 255`.
public struct Diagnostic: Hashable, Sendable {
    /// What follows from a diagnostic.
    public enum Severity: Hashable, Sendable {
        /// The configuration is used, apart from what the diagnostic names.
        case warning
        /// The configuration is refused as a whole; or, where that is wanted, the instance that it is about is left out.
        case error
    }

    /// What follows.
    public var severity: Severity
    /// Where the cause stands.
    public var place: SourcePlace
    /// The keyword that it is about; nil where the line has none.
    public var keyword: String?
    /// What is wrong.
    public var problem: Problem

    /// The file in which the cause stands.
    public var file: String { place.file }
    /// The line on which the cause stands, counted from 1.
    public var line: Int { place.line }

    /// The value that is wrong, where a value is.
    public var value: String? {
        switch problem {
        case .notAllowed(let value, _), .surplusValue(let value), .foreignFamily(let value, _),
            .foreignAddress(let value, _), .changed(let value, _, _):
            value
        default: nil
        }
    }

    /// What would be right, where that can be listed.
    public var allowed: String? {
        switch problem {
        case .notAllowed(_, let allowed), .valueMissing(let allowed): allowed
        default: nil
        }
    }
}

extension Diagnostic {
    /// What is wrong, with what is needed to say it.
    public enum Problem: Hashable, Sendable {
        /// The value is not one that the keyword takes.
        case notAllowed(value: String, allowed: String)
        /// The keyword has no value.
        case valueMissing(allowed: String)
        /// The password is longer than the limit, in octets; only its beginning is used.
        case passwordCut(limit: Int)
        /// The password cannot be cut to the limit, in octets, without cutting a character.
        case passwordSplitsCharacter(limit: Int)
        /// More values stand behind the keyword than it takes.
        case surplusValue(String)
        /// No such keyword exists in this block; its block is skipped.
        case unknownKeyword(block: String?, nearest: String?)
        /// The keyword exists, this program cannot act on it, and what is left without it would mean something else.
        case notSupported
        /// The keyword belongs to the parts of keepalived that are not VRRP; its block is skipped.
        case notVRRP
        /// The BFD session is not tracked.
        case bfdIsNotTracked
        /// The keyword has no block in braces.
        case blockMissing
        /// The keyword has a block in braces although it takes none.
        case unexpectedBlock
        /// The keyword stands in its block a second time.
        case repeated
        /// The keyword stands in its block a second time, and what it says there does not count.
        case repeatedInVain(first: SourcePlace)
        /// The keyword lacks another one that it needs.
        case missing(String)
        /// The keyword has no effect.
        case ignored(because: IgnoranceReason)
        /// The value is used in a changed form.
        case changed(value: String, to: String, because: ChangeReason)
        /// The keyword asks for what this program does not have, and what must not be left out.
        case refused(because: RefusalReason)
        /// What the keyword says is already said elsewhere.
        case duplicate(of: SourcePlace, what: String)
        /// The address does not belong to the family of its virtual router.
        case foreignFamily(value: String, family: AddressFamily)
        /// The address does not belong to the family of its virtual router, which goes without it.
        case foreignAddress(value: String, family: AddressFamily)
        /// The router has more addresses than one advert can list; those beyond the limit stand in none.
        case tooManyAddresses(limit: Int)
        /// More people are to get mails than may.
        case tooManyRecipients(limit: Int)
        /// The router has more peers than it may.
        case tooManyPeers(limit: Int)
        /// The router becomes the owner of its addresses without having been given a priority.
        case ownerByDefault
        /// Adverts are sent to the group because the list of peers is empty.
        case multicastForLackOfPeers
        /// The rule has no priority and gets one.
        case rulePriority(UInt32)
        /// No IPv6 address of the router is link-local, or another one stands before it.
        case linkLocalNotFirst(isPresent: Bool)
        /// The sync group has no other member than the given one.
        case soleMember(String)
        /// The text is not one of the language.
        case syntax(SyntaxProblem)
        /// A file that the configuration includes cannot be used.
        case include(IncludeProblem)
        /// More was found than is listed.
        case unlisted(count: Int)
    }

    /// Why a keyword has no effect.
    public enum IgnoranceReason: Hashable, Sendable {
        /// What a check of the configuration finds is told in the log.
        case findingsAreInTheLog
        /// Only routes of MPLS have it.
        case labelsAlone
        /// The interface has no delay behind it.
        case noDelay
        /// The address owner preempts always.
        case addressOwner
        /// The router starts with `state MASTER`.
        case initialStateMaster
        /// `nopreempt` is given as well.
        case noPreemption
        /// Version 3 has no authentication.
        case version3
        /// The keyword `auth_type` is missing.
        case noAuthenticationType
        /// The authentication header needs a sequence number that the others take.
        case authenticationHeader
        /// The keyword `auth_pass` is missing or empty.
        case noPassword
        /// The kernel has this for IPv4 addresses alone.
        case ipv6
        /// The kernel has this for IPv6 addresses alone.
        case ipv4
        /// The kernel has this for multicast addresses alone.
        case unicastAddress
        /// The router tracks its own interface already.
        case ownInterface
        /// Unicast adverts of strangers are dropped whatever is configured.
        case unicastSourceIsChecked
        /// The MAC addresses of the standard are not chosen, they follow from the identifier.
        case standardMACAddress
        /// The sync group lists no instance.
        case noMember
        /// The members of a sync group have the same chances, unless the group says that weights count.
        case syncGroup
        /// No instance tracks it.
        case notTracked
        /// Strict mode rules it out.
        case strictMode
        /// Packets are dropped by nftables.
        case nftablesIsUsed
        /// An instance has one virtual MAC interface.
        case oneVirtualInterface
        /// There are no unicast peers.
        case noPeers
        /// There is no virtual MAC interface.
        case noVirtualMAC
        /// The group has no interval, or no interface.
        case emptyGroup
        /// The kernel would end the program for being busy.
        case noTimeLimit
        /// The program reads its configuration again when it is told to.
        case noScheduledReload
        /// What is read is not written anywhere.
        case noCopyOfConfiguration
        /// What a sync group tracks holds for all of its instances.
        case groupsTrackAnyway
        /// The sync group of the instance tracks the same.
        case trackedByGroup
        /// The instance names no address of its own for adverts.
        case noSourceAddress
    }

    /// Why a keyword is refused, and with it the configuration.
    public enum RefusalReason: Hashable, Sendable {
        /// VRFs are not supported.
        case virtualRouting
        /// The authentication of keepalived 2.4 is not supported.
        case authenticationOfKeepalived
        /// ipvlan interfaces are not supported.
        case ipvlan
    }

    /// Why a value is changed.
    public enum ChangeReason: Hashable, Sendable {
        /// VRRPv2 counts whole seconds.
        case wholeSeconds
        /// VRRPv3 counts hundredths of a second.
        case centiseconds
        /// IPv6 exists in version 3 alone.
        case ipv6NeedsVersion3
        /// Routes and rules that are put back are known by their protocol number.
        case trackedByProtocol
        /// The value is just beyond the range.
        case nearestAllowed
        /// Relative paths start from `/`.
        case rootIsWorkingFolder
    }

    /// A text that is not one of the language.
    public enum SyntaxProblem: Error, Hashable, Sendable {
        /// The line without its comment is longer than the limit, in octets.
        case lineTooLong(limit: Int)
        /// The line contains an octet of value 0.
        case zeroOctet
        /// The line is not UTF-8.
        case notUTF8
        /// A double quote has no partner on its line.
        case unmatchedQuote
        /// A brace opens a block that belongs to no keyword.
        case strayOpeningBrace
        /// A brace closes a block although none is open.
        case strayClosingBrace
        /// The block that the keyword opens has no end.
        case unclosedBlock
        /// Blocks stand inside of each other beyond the limit.
        case nestedTooDeep(limit: Int)
        /// A line begins with an identifier of a configuration but holds nothing else.
        case emptyCondition
        /// A name has no value at this point, so that it is left as it is.
        case undefinedName
        /// The values of names use each other in a circle, or more often than the limit allows.
        case endlessDefinition
        /// Sequences and definitions of several lines stand inside of each other beyond the limit.
        case expansionTooDeep(limit: Int)
        /// Definitions and sequences make more of the configuration than the limits allow.
        case expansionTooLarge(lines: Int, octets: Int)
    }

    /// A file that cannot be used.
    public enum IncludeProblem: Hashable, Sendable {
        /// It cannot be read.
        case unreadable(ConfigurationReadError)
        /// It is being read already: it includes itself.
        case circular(String)
        /// Files include each other beyond the limit.
        case nestedTooDeep(limit: Int)
        /// All files together are larger than the limit, in octets.
        case tooLarge(limit: Int)
        /// No file matches its wildcards.
        case noMatch(String)
        /// More files are asked for than the limit allows, all inclusions taken together.
        case tooManyFiles(limit: Int)
        /// The file may be executed, which keepalived refuses.
        case executable(String)
    }
}

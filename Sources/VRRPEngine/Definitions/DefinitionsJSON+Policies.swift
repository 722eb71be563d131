import JSONDocument
import VRRP

extension Preemption {
    private enum Mode: String, CaseIterable { case immediate, delayed, never }

    init(fields: inout JSONFields) throws(JSONFieldError) {
        let mode = try fields.required("mode").oneOf(Mode.self)
        let delay = try fields.optional("delayMilliseconds")
        if mode != .delayed, let delay { throw delay.error("belongs to the mode \"delayed\" alone") }
        switch mode {
        case .immediate: self = .immediate
        case .delayed: self = .delayed(try fields.required("delayMilliseconds").milliseconds())
        case .never: self = .never
        }
    }

    var json: JSONValue {
        switch self {
        case .immediate: ["mode": "immediate"]
        case .delayed(let delay): ["mode": "delayed", "delayMilliseconds": delay.jsonMilliseconds]
        case .never: ["mode": "never"]
        }
    }
}

extension Transport {
    private enum Mode: String, CaseIterable { case multicast, unicast }

    init(fields: inout JSONFields, family: AddressFamily) throws(JSONFieldError) {
        let mode = try fields.required("mode").oneOf(Mode.self)
        let group = try fields.optional("group")
        let peers = try fields.optional("peers")
        switch mode {
        case .multicast:
            if let peers { throw peers.error("belongs to the mode \"unicast\" alone") }
            self = .multicast(group: try group?.multicastGroup(of: family) ?? family.vrrpGroup)
        case .unicast:
            if let group { throw group.error("belongs to the mode \"multicast\" alone") }
            self = .unicast(
                peers: try fields.required("peers").elements(count: 0...255) { (reader) throws(JSONFieldError) in
                    try UnicastPeer(reader, family: family)
                })
        }
    }

    var json: JSONValue {
        switch self {
        case .multicast(let group): ["mode": "multicast", "group": .string("\(group)")]
        case .unicast(let peers): ["mode": "unicast", "peers": .array(peers.map(\.json))]
        }
    }
}

extension UnicastPeer {
    fileprivate init(_ reader: JSONReader, family: AddressFamily) throws(JSONFieldError) {
        guard case .object = reader.node.content else {
            self.init(address: try reader.unicastAddress(of: family))
            return
        }
        self = try reader.object { (fields) throws(JSONFieldError) in
            var peer = UnicastPeer(
                address: try fields.required("address").unicastAddress(of: family),
                minimumHopLimit: try fields.optional("minimumHopLimit")?.integer() ?? 255)
            peer.maximumHopLimit = try fields.optional("maximumHopLimit")?.integer() ?? 255
            return peer
        }
    }

    fileprivate var json: JSONValue {
        guard minimumHopLimit != 255 || maximumHopLimit != 255 else { return .string("\(address)") }
        var object: JSONObject = ["address": .string("\(address)")]
        object.add("minimumHopLimit", minimumHopLimit, unless: 255) { .integer(Int64($0)) }
        object.add("maximumHopLimit", maximumHopLimit, unless: 255) { .integer(Int64($0)) }
        return .object(object)
    }
}

extension Authentication {
    private enum Kind: String, CaseIterable {
        case none
        case simpleText = "simple-text"
        case authenticationHeader = "authentication-header"
    }

    init(fields: inout JSONFields) throws(JSONFieldError) {
        let kind = try fields.required("type").oneOf(Kind.self)
        let password = try fields.optional("password")
        // Errors name the object, not the password: an error ends in a log.
        guard kind != .none else {
            guard password == nil else {
                throw fields.object.error(
                    "has a password but neither the type \"simple-text\" nor \"authentication-header\"")
            }
            self = .none
            return
        }
        guard case .string(let text) = try fields.required("password").node.content,
            let password = SimpleTextPassword(text)
        else { throw fields.object.error("has a password that is not a string of 1 to 8 bytes") }
        self = kind == .simpleText ? .simpleText(password) : .authenticationHeader(key: password)
    }

    var json: JSONValue {
        switch self {
        case .none: ["type": "none"]
        case .simpleText(let password): ["type": "simple-text", "password": .string(password.text)]
        case .authenticationHeader(let key): ["type": "authentication-header", "password": .string(key.text)]
        }
    }
}

extension SimpleTextPassword {
    /// The password without the zeros that fill it up.
    fileprivate var text: String {
        var octets: [UInt8] = []
        octets.appendBigEndian(self.octets)
        while octets.count > 1, octets.last == 0 { octets.removeLast() }
        return String(decoding: octets, as: UTF8.self)
    }
}

extension InteroperabilityPolicy {
    init(fields: inout JSONFields) throws(JSONFieldError) {
        self.init()
        transmittedChecksum =
            try fields.optional("transmittedChecksum")?.oneOf(TransmittedChecksumForm.self) ?? transmittedChecksum
        acceptedChecksums =
            try fields.optional("acceptedChecksums")?.oneOf(AcceptedChecksumForms.self) ?? acceptedChecksums
        requiresLinkLocalFirst = try fields.optional("requiresLinkLocalFirst")?.bool() ?? requiresLinkLocalFirst
        addressListMismatch =
            try fields.optional("addressListMismatch")?.oneOf(AddressListMismatch.self) ?? addressListMismatch
        answersLowerPriority = try fields.optional("answersLowerPriority")?.bool() ?? answersLowerPriority
        advertisesBeforeYielding = try fields.optional("advertisesBeforeYielding")?.bool() ?? advertisesBeforeYielding
        ownersSettleByAddress = try fields.optional("ownersSettleByAddress")?.bool() ?? ownersSettleByAddress
        longestLearnedInterval = try fields.optional("longestLearnedIntervalMilliseconds")?.advertisementInterval()
        fitsAdvertsToMTU = try fields.optional("fitsAdvertsToMTU")?.bool() ?? fitsAdvertsToMTU
    }

    var json: JSONValue {
        let standard = InteroperabilityPolicy()
        var object = JSONObject()
        object.add("transmittedChecksum", transmittedChecksum, unless: standard.transmittedChecksum, \.jsonWord)
        object.add("acceptedChecksums", acceptedChecksums, unless: standard.acceptedChecksums, \.jsonWord)
        object.add(
            "requiresLinkLocalFirst", requiresLinkLocalFirst, unless: standard.requiresLinkLocalFirst, JSONValue.bool)
        object.add("addressListMismatch", addressListMismatch, unless: standard.addressListMismatch, \.jsonWord)
        object.add("answersLowerPriority", answersLowerPriority, unless: standard.answersLowerPriority, JSONValue.bool)
        object.add(
            "advertisesBeforeYielding", advertisesBeforeYielding, unless: standard.advertisesBeforeYielding,
            JSONValue.bool)
        object.add(
            "ownersSettleByAddress", ownersSettleByAddress, unless: standard.ownersSettleByAddress, JSONValue.bool)
        object.add("longestLearnedIntervalMilliseconds", longestLearnedInterval, unless: nil) {
            $0.map(\.duration.jsonMilliseconds) ?? .null
        }
        object.add("fitsAdvertsToMTU", fitsAdvertsToMTU, unless: false, JSONValue.bool)
        return .object(object)
    }
}

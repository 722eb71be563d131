import JSONDocument
public import VRRPEngine

/// A fault as an object: `kind` for programs, `text` for people, and the name of what is at fault.
extension RouterFault {
    private enum Kind: String, CaseIterable {
        case interfaceMissing = "interface-missing"
        case interfaceDown = "interface-down"
        case noHardwareAddress = "no-hardware-address"
        case noPrimaryAddress = "no-primary-address"
        case notListening = "not-listening"
        case virtualInterfaceMissing = "virtual-interface-missing"
        case trackedInterface = "tracked-interface"
        case trackedExternal = "tracked-external"
        case staticEntryMissing = "static-entry-missing"
        case trackedNumber = "tracked-number"
        case sourceAddressMissing = "source-address-missing"
        case groupMember = "group-member"
        case noPeers = "no-peers"
        case startDelayed = "start-delayed"
    }

    private var kindAndName: (Kind, String?) {
        switch self {
        case .interfaceMissing(let name): (.interfaceMissing, name)
        case .interfaceDown(let name): (.interfaceDown, name)
        case .noHardwareAddress(let name): (.noHardwareAddress, name)
        case .noPrimaryAddress(let name): (.noPrimaryAddress, name)
        case .notListening(let name): (.notListening, name)
        case .virtualInterfaceMissing(let name): (.virtualInterfaceMissing, name)
        case .trackedObject(.interface(let name)): (.trackedInterface, name)
        case .trackedObject(.external(let name)): (.trackedExternal, name)
        case .staticEntryMissing(let entry): (.staticEntryMissing, entry)
        case .trackedObject(.number(let name)): (.trackedNumber, name)
        case .sourceAddressMissing(let address): (.sourceAddressMissing, "\(address)")
        case .groupMember(let name): (.groupMember, name)
        case .noPeers: (.noPeers, nil)
        case .startDelayed: (.startDelayed, nil)
        }
    }

    /// What kind of fault it is, for programs: `interface-down`, as `faults[].kind` of the control protocol has it.
    public var kind: String { kindAndName.0.rawValue }

    var json: JSONValue {
        let (kind, name) = kindAndName
        var object: JSONObject = ["kind": .string(kind.rawValue)]
        if let name { object["name"] = .string(name) }
        object["text"] = .string(description)
        return .object(object)
    }

    init(_ reader: JSONReader) throws(JSONFieldError) {
        func name() throws(JSONFieldError) -> String { try reader.member("name").string() }
        self =
            switch try reader.member("kind").oneOf(Kind.self) {
            case .interfaceMissing: .interfaceMissing(try name())
            case .interfaceDown: .interfaceDown(try name())
            case .noHardwareAddress: .noHardwareAddress(try name())
            case .noPrimaryAddress: .noPrimaryAddress(try name())
            case .notListening: .notListening(try name())
            case .virtualInterfaceMissing: .virtualInterfaceMissing(try name())
            case .trackedInterface: .trackedObject(.interface(try name()))
            case .trackedExternal: .trackedObject(.external(try name()))
            case .trackedNumber: .trackedObject(.number(try name()))
            case .sourceAddressMissing: .sourceAddressMissing(try reader.member("name").address())
            case .staticEntryMissing: .staticEntryMissing(try name())
            case .groupMember: .groupMember(try name())
            case .noPeers: .noPeers
            case .startDelayed: .startDelayed
            }
    }
}

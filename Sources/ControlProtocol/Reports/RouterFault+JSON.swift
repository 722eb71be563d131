import JSONDocument
import VRRPEngine

/// A fault as an object: `kind` for programs, `text` for people, and the name of what is at fault.
extension RouterFault {
    private enum Kind: String, CaseIterable {
        case interfaceMissing = "interface-missing"
        case interfaceDown = "interface-down"
        case noHardwareAddress = "no-hardware-address"
        case noPrimaryAddress = "no-primary-address"
        case virtualInterfaceMissing = "virtual-interface-missing"
        case trackedInterface = "tracked-interface"
        case trackedExternal = "tracked-external"
        case trackedNumber = "tracked-number"
        case sourceAddressMissing = "source-address-missing"
        case groupMember = "group-member"
    }

    private var kindAndName: (Kind, String) {
        switch self {
        case .interfaceMissing(let name): (.interfaceMissing, name)
        case .interfaceDown(let name): (.interfaceDown, name)
        case .noHardwareAddress(let name): (.noHardwareAddress, name)
        case .noPrimaryAddress(let name): (.noPrimaryAddress, name)
        case .virtualInterfaceMissing(let name): (.virtualInterfaceMissing, name)
        case .trackedObject(.interface(let name)): (.trackedInterface, name)
        case .trackedObject(.external(let name)): (.trackedExternal, name)
        case .trackedObject(.number(let name)): (.trackedNumber, name)
        case .sourceAddressMissing(let address): (.sourceAddressMissing, "\(address)")
        case .groupMember(let name): (.groupMember, name)
        }
    }

    var json: JSONValue {
        let (kind, name) = kindAndName
        return ["kind": .string(kind.rawValue), "name": .string(name), "text": .string(description)]
    }

    init(_ reader: JSONReader) throws(JSONFieldError) {
        let name = try reader.member("name").string()
        self =
            switch try reader.member("kind").oneOf(Kind.self) {
            case .interfaceMissing: .interfaceMissing(name)
            case .interfaceDown: .interfaceDown(name)
            case .noHardwareAddress: .noHardwareAddress(name)
            case .noPrimaryAddress: .noPrimaryAddress(name)
            case .virtualInterfaceMissing: .virtualInterfaceMissing(name)
            case .trackedInterface: .trackedObject(.interface(name))
            case .trackedExternal: .trackedObject(.external(name))
            case .trackedNumber: .trackedObject(.number(name))
            case .sourceAddressMissing: .sourceAddressMissing(try reader.member("name").address())
            case .groupMember: .groupMember(name)
            }
    }
}

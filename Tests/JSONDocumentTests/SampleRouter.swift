import JSONDocument

/// A definition as decoders of this project read one.
struct SampleRouter: Equatable {
    var name: String
    var virtualRouterID: UInt8
    var priority: Int
    var preempt: Bool
    var interval: Double
    var state: SampleState
    var addresses: [String]
    var trackedInterfaces: [String]
}

enum SampleState: String, CaseIterable {
    case active, backup
}

extension SampleRouter {
    init(_ fields: inout JSONFields) throws(JSONFieldError) {
        name = try fields.required("name").string(length: 1...15)
        virtualRouterID = try fields.required("virtualRouterID").integer(in: 1...255)
        priority = try fields.optional("priority")?.integer(in: 1...255) ?? 100
        preempt = try fields.optional("preempt")?.bool() ?? true
        interval = try fields.required("interval").number(in: 0.01...40.95)
        state = try fields.optional("state")?.oneOf(SampleState.self) ?? .backup
        addresses = try fields.required("addresses").elements(count: 1...3, Self.address)
        trackedInterfaces = try fields.optional("track")?.objects(Self.trackedInterface) ?? []
    }

    private static func address(_ reader: JSONReader) throws(JSONFieldError) -> String {
        let text = try reader.string()
        guard text.utf8.count(where: { $0 == UInt8(ascii: ".") }) == 3 else {
            throw reader.error("is not an IPv4 address")
        }
        return text
    }

    private static func trackedInterface(_ fields: inout JSONFields) throws(JSONFieldError) -> String {
        try fields.required("interface").string(as: "an interface's name") { $0.isEmpty ? nil : $0 }
    }
}

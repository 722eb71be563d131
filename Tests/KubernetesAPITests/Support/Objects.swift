import Foundation
import KubernetesAPI

/// Chance that can be repeated.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

/// A Service of a version, in a group.
func service(_ name: String, version: Int, group: String? = nil) -> Service {
    var service = Service(metadata: ObjectMeta(name: name, namespace: "shop"))
    service.metadata.resourceVersion = String(version)
    service.metadata.annotations = group.map { ["group": $0] } ?? [:]
    return service
}

func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text.utf8))
}

func page(_ items: [Service], version: Int, token: String? = nil) throws -> ObjectList<Service> {
    var list = try decode(ObjectList<Service>.self, #"{"metadata":{"resourceVersion":"\#(version)"},"items":[]}"#)
    list.items = items
    list.continueToken = token
    return list
}

func text(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

/// A refusal of a request, as the server words it.
func refusal(_ code: Int, reason: String = "", retryAfter: String? = nil) throws -> ClientError {
    let body = Data(#"{"kind":"Status","reason":"\#(reason)","message":"no"}"#.utf8)
    let request = try APIRequest.list(Service.everywhere)
    return .refused(
        ClientError.Asked(request, of: "https://server"),
        ClientError.Refusal(code: code, body: body, retryAfter: retryAfter))
}

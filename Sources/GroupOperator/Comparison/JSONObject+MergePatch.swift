import JSONDocument

extension JSONObject {
    /// The merge patch that turns the object into another one (RFC 7396): what differs, `null` for what goes; empty where
    /// nothing differs. Lists are replaced as a whole.
    func mergePatch(to wanted: JSONObject) -> JSONObject {
        var patch = JSONObject()
        for key in Set(map(\.key)).union(wanted.map(\.key)).sorted() where self[key] != wanted[key] {
            if case .object(let own)? = self[key], case .object(let other)? = wanted[key] {
                patch[key] = .object(own.mergePatch(to: other))
            } else {
                patch[key] = wanted[key] ?? .null
            }
        }
        return patch
    }
}

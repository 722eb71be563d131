/// The name that `word` was probably meant to be: the one with the fewest edits, if they are at most two and less than
/// half of its letters.
public func nearestName(to word: String, among names: [String]) -> String? {
    let limit = min(2, word.utf8.count / 2)
    guard limit > 0, word.utf8.count <= 64 else { return nil }
    let octets = Array(word.utf8)
    let letters = letterSet(word)
    var best: (name: String, distance: Int)?
    for name in names where abs(name.utf8.count - octets.count) <= limit {
        // An edit takes at most one letter away and adds at most one: this spares most names the full comparison.
        guard (letters ^ letterSet(name)).nonzeroBitCount <= 2 * limit else { continue }
        let distance = editDistance(octets, Array(name.utf8))
        if distance <= limit, distance < best?.distance ?? .max { best = (name, distance) }
    }
    return best?.name
}

/// The letters of a name, one bit for all that have the low six bits in common.
private func letterSet(_ name: String) -> UInt64 {
    name.utf8.reduce(0) { $0 | 1 << UInt64($1 & 63) }
}

/// How many octets must be inserted, removed, replaced or exchanged with their neighbour to turn one name into another.
private func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var rows = [Array(0...other.count)]
    for (i, octet) in one.enumerated() {
        var row = [i + 1]
        for (j, wanted) in other.enumerated() {
            var cost = min(rows[i][j] + (octet == wanted ? 0 : 1), rows[i][j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, octet == other[j - 1], one[i - 1] == wanted { cost = min(cost, rows[i - 1][j - 1] + 1) }
            row.append(cost)
        }
        rows.append(row)
    }
    return rows[one.count][other.count]
}

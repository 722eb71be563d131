/// The name in `candidates` that `name` is most probably a misspelling of: the first one with the least edit distance,
/// which must not exceed 2 nor leave less than half of the letters of either in place; nil when there is none.
///
/// Names of more than 64 octets are nobody's misspelling.
public func nearestName(to name: String, among candidates: [String]) -> String? {
    let letters = Array(name.utf8)
    guard letters.count <= 64 else { return nil }
    let alphabet = letterSet(name)
    var nearest: (name: String, distance: Int)?
    for candidate in candidates {
        let largest = min(2, min(letters.count, candidate.utf8.count) / 2)
        guard abs(letters.count - candidate.utf8.count) <= largest else { continue }
        // An edit takes at most one letter away and adds at most one: this spares most names the full comparison.
        guard (alphabet ^ letterSet(candidate)).nonzeroBitCount <= 2 * largest else { continue }
        let distance = editDistance(letters, Array(candidate.utf8))
        guard distance <= largest, distance < nearest?.distance ?? .max else { continue }
        nearest = (candidate, distance)
    }
    return nearest?.name
}

/// The letters of a name, one bit for all that have the low six bits in common.
private func letterSet(_ name: String) -> UInt64 {
    name.utf8.reduce(0) { $0 | 1 << UInt64($1 & 63) }
}

/// The number of insertions, deletions, replacements and swaps of neighbours that lead from one name to the other
/// (optimal string alignment).
private func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for row in left.indices {
        var current = [row + 1]
        for column in right.indices {
            let replacement = previous[column] + (left[row] == right[column] ? 0 : 1)
            var distance = min(replacement, previous[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                distance = min(distance, beforePrevious[column - 1] + 1)
            }
            current.append(distance)
        }
        beforePrevious = previous
        previous = current
    }
    return previous[right.count]
}

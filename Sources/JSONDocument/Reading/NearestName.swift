/// The name in `candidates` that `name` is most probably a misspelling of: the first one with the least edit distance,
/// which must not exceed 2 nor leave less than half of the name's letters in place; nil when there is none.
func nearestName(to name: String, among candidates: [String]) -> String? {
    let letters = Array(name.utf8)
    var nearest: (name: String, distance: Int)?
    for candidate in candidates {
        let other = Array(candidate.utf8)
        let largest = min(2, min(letters.count, other.count) / 2)
        guard abs(letters.count - other.count) <= largest else { continue }
        let distance = editDistance(letters, other)
        guard distance <= largest, distance < nearest?.distance ?? .max else { continue }
        nearest = (candidate, distance)
    }
    return nearest?.name
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

import JSONDocument

/// Makes values of every kind, with the edges of each kind more often than chance would have them.
struct RandomDocument {
    var generator: SplitMix64

    mutating func value(depth: Int = 4) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
        case 0: .null
        case 1: .bool(.random(using: &generator))
        case 2: .integer(integer())
        case 3: .number(number())
        case 4, 5: .string(string())
        case 6, 7: .array((0..<count()).map { _ in value(depth: depth - 1) })
        default: .object(object(depth: depth - 1))
        }
    }

    private mutating func count() -> Int { .random(in: 0...5, using: &generator) }

    private mutating func integer() -> Int64 {
        let edges: [Int64] = [0, 1, -1, .max, .min, 255, 9_007_199_254_740_993]
        guard Bool.random(using: &generator), let edge = edges.randomElement(using: &generator) else {
            return .random(in: .min ... .max, using: &generator)
        }
        return edge
    }

    private mutating func number() -> Double {
        let edges: [Double] = [
            0, -0.0, 1, -1, 0.1, 1e15, 1e16, 0x1p53, 0x1p62, 0x1p63, -0x1p63, 1e21, .greatestFiniteMagnitude,
            .leastNonzeroMagnitude, .leastNormalMagnitude, 1.0.nextUp,
        ]
        guard Bool.random(using: &generator), let edge = edges.randomElement(using: &generator) else {
            let number = Double(bitPattern: generator.next())
            return number.isFinite ? number : 0.5
        }
        return edge
    }

    private mutating func string() -> String {
        var text = ""
        for _ in 0..<count() {
            let alphabet: [ClosedRange<UInt32>] = [
                0...0x1f, 0x20...0x7f, 0x80...0x7ff, 0x300...0x36f, 0x1f300...0x1faff,
            ]
            guard let range = alphabet.randomElement(using: &generator),
                let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator))
            else { continue }
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    private mutating func object(depth: Int) -> JSONObject {
        var object = JSONObject()
        for _ in 0..<count() { object[string()] = value(depth: depth) }
        return object
    }
}

import Foundation

/// The most that each operation may cost, as committed.
struct Thresholds: Decodable {
    /// The compiler whose code was counted.
    var compiler: String
    /// The processor architecture whose instructions were counted.
    var architecture: String
    /// How far a count of instructions may lie from the one committed.
    var instructionTolerancePercent: Int
    /// The counts by the operation's name.
    var operations: [String: Count]

    /// The order of operations in the file.
    private let names: [String]

    private enum CodingKeys: CodingKey {
        case compiler, architecture, instructionTolerancePercent, operations
    }

    /// Takes counts as thresholds.
    init(_ counts: [(name: String, count: Count)], compiler: String) {
        self.compiler = compiler
        architecture = Self.ownArchitecture
        instructionTolerancePercent = 10
        operations = Dictionary(uniqueKeysWithValues: counts.map { ($0.name, $0.count) })
        names = counts.map(\.name)
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        compiler = try container.decode(String.self, forKey: .compiler)
        architecture = try container.decode(String.self, forKey: .architecture)
        instructionTolerancePercent = try container.decode(Int.self, forKey: .instructionTolerancePercent)
        operations = try container.decode([String: Count].self, forKey: .operations)
        names = operations.keys.sorted()
    }

    /// Reads the file at `path`.
    init(contentsOf path: String) throws {
        self = try JSONDecoder().decode(Thresholds.self, from: Data(contentsOf: URL(filePath: path)))
    }

    /// The file: JSON with one line for each operation, so that a difference of two versions reads like a table.
    var text: String {
        let width = names.map(\.count).max() ?? 0
        let lines = names.compactMap { name in
            operations[name].map { count in
                let key = "\"\(name)\":" + String(repeating: " ", count: width - name.count)
                return "        \(key) { \"allocations\": \(count.allocations),"
                    + " \"instructions\": \(count.instructions) }"
            }
        }
        return """
            {
                "compiler": "\(compiler)",
                "architecture": "\(architecture)",
                "instructionTolerancePercent": \(instructionTolerancePercent),
                "operations": {
            \(lines.joined(separator: ",\n"))
                }
            }

            """
    }

    #if arch(x86_64)
        static let ownArchitecture = "x86_64"
    #elseif arch(arm64)
        static let ownArchitecture = "arm64"
    #else
        static let ownArchitecture = "another"
    #endif
}

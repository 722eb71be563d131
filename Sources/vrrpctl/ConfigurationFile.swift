import ArgumentParser
import Glibc
import KeepalivedCompatibility
import VRRPEngine

/// The file that `vrrpctl check` and `vrrpctl convert` are about.
struct ConfigurationFileOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A keepalived.conf or a definitions.json.", valueName: "file"))
    var file: String

    @Option(help: "What the file is; auto takes a file whose first character is { for definitions.")
    var format = ConfigurationFormat.auto

    @Option(
        help: ArgumentHelp(
            "What lines of a keepalived.conf beginning with @ are compared with; this host's name if left out.",
            valueName: "id"))
    var configID: String?

    /// Reads the file.
    func read() throws -> ConfigurationReading {
        let source = FileSystemSource()
        switch format {
        case .keepalived: return try readKeepalived(source)
        case .definitions: return readDefinitions(try octets(source))
        case .auto:
            // A path with wildcards stands for several files, which only a keepalived.conf can be.
            guard let octets = try? source.read(file).octets else { return try readKeepalived(source) }
            let first = octets.first { !" \t\r\n".utf8.contains($0) }
            return first == UInt8(ascii: "{") ? readDefinitions(octets) : try readKeepalived(source)
        }
    }

    private func octets(_ source: FileSystemSource) throws -> [UInt8] {
        do { return try source.read(file).octets } catch { throw UnreadableFile(sentence: "\(error)") }
    }

    private func readDefinitions(_ octets: [UInt8]) -> ConfigurationReading {
        do {
            return ConfigurationReading(definitions: try Definitions(json: octets))
        } catch {
            return ConfigurationReading(errors: [error.sentence(inFile: file)])
        }
    }

    private func readKeepalived(_ source: FileSystemSource) throws -> ConfigurationReading {
        let configuration: KeepalivedConfiguration
        do {
            configuration = try KeepalivedConfiguration.load(
                path: file, source: source, configurationID: configID ?? Self.hostName)
        } catch { throw UnreadableFile(sentence: "\(error)") }
        var reading = ConfigurationReading(definitions: configuration.definitions)
        for diagnostic in configuration.diagnostics {
            switch diagnostic.severity {
            case .error: reading.errors.append("\(diagnostic)")
            case .warning: reading.warnings.append("\(diagnostic)")
            }
        }
        if reading.errors.isEmpty {
            do { try configuration.definitions.validate() } catch { reading.errors.append("\(file): \(error)") }
        }
        reading.leftBehind = configuration.partsBesideDefinitions
        return reading
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .split(separator: ".").first.map(String.init) ?? ""
    }
}

/// What a file may be.
enum ConfigurationFormat: String, ExpressibleByArgument, CaseIterable {
    case auto, keepalived, definitions
}

/// What was found in a file.
struct ConfigurationReading {
    /// What it means; nil where it cannot be told.
    var definitions: Definitions?
    /// Why it cannot be used, each sentence with its place.
    var errors: [String] = []
    /// What its writer should know although it can be used.
    var warnings: [String] = []
    /// What it has besides definitions.
    var leftBehind: [String] = []
}

/// The file cannot be read.
struct UnreadableFile: Error, CustomStringConvertible {
    var sentence: String
    var description: String { sentence }
}

extension KeepalivedConfiguration {
    /// What definitions.json has no place for.
    fileprivate var partsBesideDefinitions: [String] {
        var parts = scripts.map { "vrrp_script \($0.name): \(Self.toBeTold($0.trackedName))" }
        parts += trackedProcesses.map { "vrrp_track_process \($0.name): \(Self.toBeTold($0.trackedName))" }
        parts += trackedFiles.map { "track_file \($0.name): nobody reads its number" }
        var strict = definitions
        strict.node.allowsSharedAddresses = false
        do { try strict.validate() } catch {
            parts.append("an address in two instances, which definitions.json does not allow: \(error)")
        }
        if !notifications.isEmpty { parts.append("notify scripts, FIFOs and mails") }
        return parts
    }

    private static func toBeTold(_ name: String) -> String {
        "somebody else must run it, and tell its state with vrrpctl track \"\(name)=up\""
    }
}

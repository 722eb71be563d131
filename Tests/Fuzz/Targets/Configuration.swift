import KeepalivedCompatibility
import VRRPEngine

// Feeds the reader of keepalived.conf: whatever it reads ends in diagnostics or in definitions that are valid.

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzConfiguration(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = Array(UnsafeBufferPointer(start: start, count: count))
    guard
        let configuration = try? KeepalivedConfiguration.load(
            path: OneText.path, source: OneText(octets: text), configurationID: "node")
    else { return 0 }

    for diagnostic in configuration.diagnostics {
        precondition(!diagnostic.description.isEmpty && diagnostic.line >= 0)
    }
    precondition(configuration.hasErrors == configuration.diagnostics.contains { $0.severity == .error })
    guard !configuration.hasErrors else { return 0 }
    guard let readBack = try? Definitions(json: configuration.definitions.json(pretty: false)) else {
        preconditionFailure("a configuration without errors gave definitions that are not valid")
    }
    precondition(readBack == configuration.definitions, "definitions that do not read back the same")
    return 0
}

/// The text stands in one file; every other file that it includes holds a single statement.
private struct OneText: ConfigurationSource {
    static let path = "keepalived.conf"
    let octets: [UInt8]

    func read(_ path: String) throws(ConfigurationReadError) -> ConfigurationFile {
        if path == Self.path { return ConfigurationFile(octets: octets) }
        guard path.utf8.count < 12 else { throw ConfigurationReadError(path: path, reason: .missing) }
        return ConfigurationFile(octets: Array("priority 120\n".utf8))
    }
}

import Glibc
import Testing
import VRRPEngine

@testable import KeepalivedCompatibility

/// Files that exist in memory alone.
struct MemorySource: ConfigurationSource {
    var files: [String: ConfigurationFile]
    var variables = ["NODE": "n1", "EMPTY": ""]

    init(_ texts: [String: String]) { files = texts.mapValues { ConfigurationFile(octets: Array($0.utf8)) } }

    func read(_ path: String) throws(ConfigurationReadError) -> ConfigurationFile {
        guard let file = files[path] else { throw ConfigurationReadError(path: path, reason: .missing) }
        return file
    }

    func variable(_ name: String) -> String? { variables[name] }

    func paths(matching pattern: String) throws(ConfigurationReadError) -> [String] {
        let folders = files.keys.flatMap { path in
            path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path[...$0]) }
        }
        return Set(files.keys).union(folders).filter { fnmatch(pattern, $0, FNM_PATHNAME) == 0 }.sorted()
    }
}

/// The lines that a configuration in the file `k.conf` stands for, and what is said about it, without the file.
func expand(_ text: String, id: String = "node", including others: [String: String] = [:]) throws
    -> (lines: [String], problems: [String])
{
    var log = DiagnosticLog()
    let source = MemorySource(others.merging(["k.conf": text]) { $1 })
    var reader = LineReader(source: source, configurationID: id, requiresIncludes: false)
    try reader.read("k.conf", &log)
    let problems = log.diagnostics.map { diagnostic in
        let sentence = diagnostic.description
        return sentence.hasPrefix("k.conf:") ? String(sentence.dropFirst(7)) : sentence
    }
    return (reader.lines.map { String($0.text) }, problems)
}

/// Reads a configuration that stands in the file `k.conf`.
func load(_ text: String, id: String = "node", including others: [String: String] = [:]) throws
    -> KeepalivedConfiguration
{
    let source = MemorySource(others.merging(["k.conf": text]) { $1 })
    return try KeepalivedConfiguration.load(path: "k.conf", source: source, configurationID: id)
}

/// An instance that lacks nothing, with `body` before its other lines.
func instance(_ body: String, name: String = "A", id: Int = 5, addresses: String = "192.0.2.1") -> String {
    """
    vrrp_instance \(name) {
    \(body)
    interface eth0
    virtual_router_id \(id)
    virtual_ipaddress {
    \(addresses)
    }
    }
    """
}

/// The one router of a configuration that must have no errors.
func router(
    _ body: String, addresses: String = "192.0.2.1", global: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> VirtualRouterDefinition {
    let configuration = try load("global_defs {\n\(global)\n}\n" + instance(body, addresses: addresses))
    #expect(configuration.diagnostics.filter { $0.severity == .error } == [], sourceLocation: sourceLocation)
    #expect(throws: Never.self, sourceLocation: sourceLocation) { try configuration.definitions.validate() }
    return try #require(configuration.definitions.virtualRouters.first, sourceLocation: sourceLocation)
}

/// What is said about an instance with `body` on its second line, each as a sentence without the file.
func sentences(_ body: String, addresses: String = "192.0.2.1", global: String = "") throws -> [String] {
    let configuration = try load(instance(body, addresses: addresses) + "\nglobal_defs {\n\(global)\n}")
    return configuration.diagnostics.map { String($0.description.dropFirst("k.conf:".count)) }
}

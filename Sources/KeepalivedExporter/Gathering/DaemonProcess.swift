import Glibc

/// The running daemon, by its name, whether it is keepalived itself or vrrpd in its place.
struct DaemonProcess {
    /// The names that it may have.
    static let names: Set<String> = ["keepalived", "vrrpd"]

    let number: Int32
    private let parent: Int32
    /// The signals that do not end it: it handles or blocks them, one bit for each, the lowest for signal 1.
    private let handled: UInt64

    /// Looks for the daemon among the processes of `directory`, which is `/proc`.
    ///
    /// keepalived's children have its name too, and pass no signal on: the one whose parent is none of them is it.
    static func find(in directory: String = "/proc") throws(GatherError) -> DaemonProcess {
        let candidates = numbers(in: directory).compactMap { DaemonProcess($0, in: directory) }
        let children = Set(candidates.map(\.number))
        guard let daemon = candidates.first(where: { !children.contains($0.parent) }) else { throw .noDaemon }
        return daemon
    }

    /// The daemon whose number a pid file has.
    static func named(inFile path: String, in directory: String = "/proc") throws(GatherError) -> DaemonProcess {
        let content: FileContent
        do throws(SystemError) { content = try FileContent(path) } catch {
            throw .unreadable(path: path, errorNumber: error.number)
        }
        let line = String(decoding: content.octets.prefix(40).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        guard let number = Int32(line), let daemon = DaemonProcess(number, in: directory) else {
            throw .notNamed(path: path, content: line)
        }
        return daemon
    }

    /// Sends a signal, unless that would end the daemon.
    func signal(_ signal: Int32) throws(GatherError) {
        guard handled >> UInt64(signal - 1) & 1 == 1 else { throw .unprepared(process: number, signal: signal) }
        guard kill(number, signal) == 0 else { throw .refused(process: number, errorNumber: errno) }
    }

    /// The process of a number; nil when it is another program, or a dead one.
    init?(_ number: Int32, in directory: String, names: Set<String> = Self.names) {
        guard let status = Self.text("\(directory)/\(number)/status") else { return nil }
        var fields: [Substring: Substring] = [:]
        for line in status.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            fields[line[..<colon]] = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
        }
        guard let parent = fields["PPid"].flatMap({ Int32($0) }), fields["State"]?.first != "Z",
            let blocked = fields["SigBlk"].flatMap({ UInt64($0, radix: 16) }),
            let caught = fields["SigCgt"].flatMap({ UInt64($0, radix: 16) })
        else { return nil }
        let name = fields["Name"].map(String.init) ?? ""
        guard names.contains(name) || names.contains(Self.program(number, in: directory)) else { return nil }
        self.number = number
        self.parent = parent
        handled = blocked | caught
    }

    /// The last component of the first word of its command line.
    private static func program(_ number: Int32, in directory: String) -> String {
        let words = text("\(directory)/\(number)/cmdline")?.split(separator: "\0", omittingEmptySubsequences: false)
        return words?.first?.split(separator: "/").last.map(String.init) ?? ""
    }

    private static func numbers(in directory: String) -> [Int32] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var numbers: [Int32] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if let number = Int32(name), number > 0 { numbers.append(number) }
        }
        return numbers.sorted()
    }

    private static func text(_ path: String) -> String? {
        (try? FileContent(path)).map { String(decoding: $0.octets, as: UTF8.self) }
    }
}

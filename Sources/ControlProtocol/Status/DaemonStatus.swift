public import JSONDocument
public import ProcessFigures
public import VRRP

/// What vrrpd says about its process.
public struct DaemonStatus: Sendable, Equatable {
    /// The version of the program.
    public var version: String
    /// The process identifier.
    public var processID: Int32
    /// When the process started, by the clock of then; stays the same when that is set. Nil in what an older vrrpd says.
    public var startTime: WallTime?
    /// How long the process has been running, by a clock that nobody sets.
    public var uptime: Nanoseconds
    /// Where the definitions come from: a `definitions.json` or a `keepalived.conf`.
    public var definitionsFile: String
    /// What came of the last attempt to read that file.
    public var lastLoad: DefinitionsLoad
    /// What the process takes of the machine, those that it runs scripts with left aside; nil in what an older vrrpd says.
    public var process: ProcessFigures?

    /// Facts about a process.
    public init(
        version: String, processID: Int32, startTime: WallTime?, uptime: Nanoseconds, definitionsFile: String,
        lastLoad: DefinitionsLoad, process: ProcessFigures? = nil
    ) {
        self.version = version
        self.processID = processID
        self.startTime = startTime
        self.uptime = uptime.wholeMilliseconds
        self.definitionsFile = definitionsFile
        self.lastLoad = lastLoad
        self.process = process
    }
}

/// One attempt to put definitions in force.
public struct DefinitionsLoad: Sendable, Equatable {
    /// When it was made.
    public var time: WallTime
    /// Whether the definitions that were read are in force; those from before are where not.
    public var isInForce: Bool
    /// What is wrong with them; nil where nothing is. Where they are in force all the same, it names what was left out.
    public var error: String?

    /// An attempt that succeeded, or failed for the reason given.
    public init(time: WallTime, error: String? = nil) {
        self.init(time: time, isInForce: error == nil, error: error)
    }

    /// An attempt with its outcome.
    public init(time: WallTime, isInForce: Bool, error: String?) {
        self.time = time
        self.isInForce = isInForce
        self.error = error
    }
}

extension DaemonStatus: ControlValue {
    /// An object with a member for each property.
    public var json: JSONValue {
        [
            "version": .string(version), "processID": .integer(Int64(processID)),
            "startTime": JSONValue(startTime, \.json), "uptimeSeconds": uptime.jsonSeconds,
            "definitionsFile": .string(definitionsFile), "lastLoad": lastLoad.json,
            "process": process?.json ?? .null,
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        version = try reader.member("version").string()
        processID = try reader.member("processID").integer()
        startTime = try reader.optionalMember("startTime").map { (reader) throws(JSONFieldError) in
            try WallTime(reader)
        }
        uptime = try reader.member("uptimeSeconds").seconds()
        definitionsFile = try reader.member("definitionsFile").string()
        lastLoad = try DefinitionsLoad(reader.member("lastLoad"))
        process = try reader.optionalMember("process").map { (reader) throws(JSONFieldError) in
            try ProcessFigures(reader)
        }
    }
}

extension DefinitionsLoad: ControlValue {
    /// `{"time": …, "inForce": true, "error": …}`, the error `null` where nothing is wrong.
    public var json: JSONValue {
        ["time": time.json, "inForce": .bool(isInForce), "error": JSONValue(error, JSONValue.string)]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        time = try WallTime(reader.member("time"))
        error = try reader.optionalMember("error")?.string()
        isInForce = try reader.optionalMember("inForce")?.bool() ?? (error == nil)
    }
}

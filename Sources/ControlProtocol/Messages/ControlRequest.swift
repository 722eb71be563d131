public import JSONDocument

/// What a client asks of vrrpd: `{"request":"status"}`.
public enum ControlRequest: Sendable, Hashable {
    /// Everything that vrrpd knows; one answer. A brief one leaves out what says nothing: members that are `null`, and the
    /// counters of virtual routers that have counted nothing, which most have. Whoever asks often has less to read.
    case status(brief: Bool = false)
    /// The status, then each report as it happens, until the client hangs up.
    case watch
    /// Reads the configuration again; answered when it is in force, or when it is known that it cannot be.
    case reload
    /// The states of objects outside of vrrpd that its virtual routers track by name: true for good, false for bad.
    ///
    /// At most ``ControlEndpoint/mostTrackedObjects`` of them, with names of 1 to 255 octets without control characters.
    case track([String: Bool])
    /// The events whose numbers are greater than `since`.
    case events(since: UInt64)
    /// Why a virtual router is in its state: by its name, or by an address that it has.
    case explain(String)
    /// Hands all virtual routers over to other nodes, and keeps them there for as long as there are any.
    case drain
    /// Ends what ``drain`` began.
    case undrain
    /// What ``drain`` has come to; changes nothing.
    case drained
    /// The last adverts of the virtual router of a name.
    case capture(router: String)

    /// Reads a line, with or without its line feed; unknown members are errors, so that no request is half understood.
    public init(line: [UInt8]) throws(ControlRequestError) {
        guard line.count <= ControlEndpoint.longestRequest + 1 else { throw .tooLong }
        let node: JSONNode
        do { node = try JSONNode.parse(line) } catch { throw .syntax(error) }
        do { self = try JSONReader(node).object(ControlRequest.init(fields:)) } catch { throw .field(error) }
    }

    /// The request as a line, its line feed included.
    public var line: [UInt8] { Array(JSONValue.object(members).text().utf8) + [UInt8(ascii: "\n")] }
}

extension ControlRequest {
    private enum Kind: String, CaseIterable {
        case status
        case watch
        case reload
        case track
        case events
        case explain
        case drain
        case undrain
        case drained
        case capture
    }

    private init(fields: inout JSONFields) throws(JSONFieldError) {
        self =
            switch try fields.required("request").oneOf(Kind.self) {
            case .status: .status(brief: try fields.optional("brief")?.bool() ?? false)
            case .watch: .watch
            case .reload: .reload
            case .track: .track(try fields.required("objects").trackedObjects())
            case .events: .events(since: UInt64(try fields.optional("since")?.integer(in: 0...Int64.max) ?? 0))
            case .explain: .explain(try fields.required("subject").string(length: 1...255))
            case .drain: .drain
            case .undrain: .undrain
            case .drained: .drained
            case .capture: .capture(router: try fields.required("router").string(length: 1...255))
            }
    }

    private var kind: Kind {
        switch self {
        case .status: .status
        case .watch: .watch
        case .reload: .reload
        case .track: .track
        case .events: .events
        case .explain: .explain
        case .drain: .drain
        case .undrain: .undrain
        case .drained: .drained
        case .capture: .capture
        }
    }

    private var members: JSONObject {
        var members: JSONObject = ["request": .string(kind.rawValue)]
        switch self {
        case .status(brief: false), .watch, .reload, .drain, .undrain, .drained: break
        case .status(brief: true): members["brief"] = true
        case .events(let sequence): members["since"] = .integer(Int64(clamping: sequence))
        case .capture(let router): members["router"] = .string(router)
        case .explain(let subject): members["subject"] = .string(subject)
        case .track(let objects):
            var states = JSONObject()
            for (name, isGood) in objects.sorted(by: { $0.key < $1.key }) { states.appendDistinct(name, .bool(isGood)) }
            members["objects"] = .object(states)
        }
        return members
    }
}

extension JSONReader {
    /// The states of tracked objects by name.
    fileprivate func trackedObjects() throws(JSONFieldError) -> [String: Bool] {
        let members = try members()
        let most = ControlEndpoint.mostTrackedObjects
        guard members.count <= most else { throw error(allowed: "an object of at most \(most) members") }
        var states: [String: Bool] = [:]
        for (name, state) in members {
            guard (1...255).contains(name.utf8.count), name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
                throw error("has a name that is not 1 to 255 bytes without control characters")
            }
            states[name] = try state.bool()
        }
        return states
    }
}

/// Why a line is not a request.
public enum ControlRequestError: Error, Sendable, Equatable {
    /// The line is longer than ``ControlEndpoint/longestRequest``.
    case tooLong
    /// The line is not JSON.
    case syntax(JSONSyntaxError)
    /// The object is not a request.
    case field(JSONFieldError)
}

extension ControlRequestError: CustomStringConvertible {
    /// One clause for ``ControlAnswer/failure(_:)``.
    public var description: String {
        switch self {
        case .tooLong: "the request is longer than \(ControlEndpoint.longestRequest) octets"
        case .syntax(let error): "the request is not JSON: \(error)"
        case .field(let error): "the request is not understood: \(error)"
        }
    }
}

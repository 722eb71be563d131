public import JSONDocument
public import ProcessFigures

extension ProcessFigures: ControlValue {
    /// An object with a member for each property.
    public var json: JSONValue {
        [
            "cpuSeconds": .number(processorSeconds), "residentBytes": .integer(residentOctets),
            "virtualBytes": .integer(virtualOctets),
            "openFileDescriptors": JSONValue(openDescriptors, JSONValue.integer),
            "maxFileDescriptors": JSONValue(mostDescriptors, JSONValue.integer),
        ]
    }

    /// Reads what ``json`` wrote.
    public init(_ reader: JSONReader) throws(JSONFieldError) {
        self.init(
            processorSeconds: try reader.member("cpuSeconds").number(),
            residentOctets: try reader.member("residentBytes").integer(in: 0...Int64.max),
            virtualOctets: try reader.member("virtualBytes").integer(in: 0...Int64.max),
            openDescriptors: try reader.optionalMember("openFileDescriptors")?.integer(in: 0...Int64.max),
            mostDescriptors: try reader.optionalMember("maxFileDescriptors")?.integer(in: 0...Int64.max))
    }
}

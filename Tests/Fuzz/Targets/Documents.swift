import JSONDocument
import VRRPEngine

// Feeds the reader of JSON and that of definitions.json: what they accept reads back the same from what they write.

/// Called by libFuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzDocuments(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let text = Array(UnsafeBufferPointer(start: start, count: count))
    do throws(JSONSyntaxError) {
        let value = try JSONNode.parse(text).value
        for pretty in [false, true] {
            guard let readBack = try? JSONNode.parse(value.text(pretty: pretty)).value else {
                preconditionFailure("a value whose text is no JSON")
            }
            precondition(readBack == value, "a value that does not read back the same")
        }
    } catch {
        precondition(error.line >= 1 && error.column >= 1 && !error.description.isEmpty)
    }

    do throws(DefinitionsJSONError) {
        let definitions = try Definitions(json: text)
        let readBack = try? Definitions(json: definitions.json(pretty: true))
        precondition(readBack == definitions, "definitions that do not read back the same")
    } catch {
        precondition(!error.description.isEmpty)
    }
    return 0
}

/// What the page does: shows each snapshot that comes, and tells when none comes any more.
///
/// Nothing of a snapshot becomes markup: text is set as text, and attributes have words of this script alone.
enum PageScript {
    static let text =
        "\"use strict\";\n(() => {\n" + PageScriptParts.elements + PageScriptParts.times + PageScriptParts.routers
        + PageScriptParts.sections + PageScriptParts.connection + "})();\n"
}

/// The parts of the script, each about one subject.
enum PageScriptParts {}

import VRRP
import VRRPEngine

/// What a `vrrp_script` says, as written; nil where it says nothing.
struct ScriptSettings: Sendable {
    var name: Located<String>
    /// The words of the command; none where what stands there is wrong.
    var command: Located<[String]>?
    var interval: Located<Nanoseconds>?
    var timeout: Located<Nanoseconds>?
    var weight = WeightSettings()
    var rise: Located<Int>?
    var fall: Located<Int>?
    var user: Located<ScriptUser>?
    var startsFailed: Located<Bool>?
    /// Whether something that was read of it is an error.
    var hasErrors = false

    init(name: Located<String>) { self.name = name }
}

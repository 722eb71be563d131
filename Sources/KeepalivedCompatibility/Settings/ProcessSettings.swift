import VRRPEngine

/// What `global_defs` says of the process and its files, as written; nil where it says nothing.
struct ProcessSettings: Sendable {
    var name: Located<String>?
    /// The name of a process that is not there, for dump files.
    var vrrpProcessName: Located<String>?
    /// The highest real-time priority that the process gives itself when it is late; 0 or less for none.
    var highestAutomaticPriority: Located<Int>?
    /// The lateness that makes it do so, in microseconds.
    var automaticPriorityDelay: Located<Int>?
    var processors: Located<[Int]>?
    var fileModeMask: Located<Int>?

    var dataFile: Located<String>?
    var statisticsFile: Located<String>?
    var jsonFile: Located<String>?
    var jsonVersion: Located<Int>?
    var dumpsCarryInstance: Located<Bool>?
}

/// What stands outside of blocks and tells several processes on one host apart, as written.
struct IdentitySettings: Sendable {
    var instance: Located<String>?
    var networkNamespace: Located<String>?
    var usesPidFolder: Located<Bool>?
}

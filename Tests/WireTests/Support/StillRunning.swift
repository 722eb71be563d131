import NetworkLab
import Testing

/// Expects that none of the programs has ended.
///
/// A program is killed when nobody refers to it any more; at the end of a test this also keeps those alive that the
/// test has started and then only watched from outside.
func expectRunning(_ processes: LabProcess..., sourceLocation: SourceLocation = #_sourceLocation) {
    for process in processes {
        #expect(process.exitStatus == nil, "\(process.output)", sourceLocation: sourceLocation)
    }
}

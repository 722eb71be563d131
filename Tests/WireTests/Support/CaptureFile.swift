import Foundation
import NetworkLab

/// Writes frames as a capture file, so that other people's dissectors can judge them.
enum CaptureFile {
    /// Writes a file of the classic format of libpcap with time stamps in nanoseconds.
    static func write(_ frames: [CapturedFrame], to path: String) throws {
        // Magic, version 2.4, no time zone, no accuracy, longest frame, Ethernet.
        var octets = littleEndian([0xa1b2_3c4d, 4 << 16 | 2, 0, 0, 65_535, 1])
        for frame in frames {
            let seconds = UInt32(frame.time.nanoseconds / 1_000_000_000)
            let nanoseconds = UInt32(frame.time.nanoseconds % 1_000_000_000)
            let length = UInt32(frame.octets.count)
            octets += littleEndian([seconds, nanoseconds, length, length]) + frame.octets
        }
        try Data(octets).write(to: URL(fileURLWithPath: path))
    }

    private static func littleEndian(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }
}

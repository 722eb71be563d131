import HummingbirdCore
import NIOCore

extension ResponseBodyWriter {
    /// The most octets that are written at once.
    private static var longestPiece: Int { 64 << 10 }

    /// Writes octets so that a client that is slow, but goes on taking some, is not taken for one that takes nothing: the
    /// time for which a connection may take nothing begins again with each piece.
    mutating func write(inPieces octets: ByteBuffer) async throws {
        var rest = octets
        while rest.readableBytes > 0, let piece = rest.readSlice(length: min(rest.readableBytes, Self.longestPiece)) {
            try await write(piece)
        }
    }
}

/// Files of captured packets, as tshark and tcpdump read them.
extension CaptureStatus {
    /// The link type of packets that begin with their IP header.
    private static let rawIP: UInt16 = 101

    /// The packets as a pcapng file, with what was decided about each as its comment (draft-ietf-opsawg-pcapng).
    public var packetFile: [UInt8] {
        var file: [UInt8] = []
        // Section header, of unknown length.
        file.appendBlock(0x0a0d_0d0a) { body in
            body.appendNumber(0x1a2b_3c4d as UInt32)
            body.appendNumber(1 as UInt16)
            body.appendNumber(0 as UInt16)
            body.appendNumber(UInt64.max)
        }
        // Interface description: its name, and times in nanoseconds.
        file.appendBlock(1) { body in
            body.appendNumber(Self.rawIP)
            body.appendNumber(0 as UInt16)
            body.appendNumber(0 as UInt32)
            body.appendOption(2, Array(interface.utf8))
            body.appendOption(9, [9])
            body.appendOption(0, [])
        }
        for packet in packets {
            // Enhanced packet: its direction, and the decision.
            file.appendBlock(6) { body in
                let time = UInt64(bitPattern: packet.time)
                body.appendNumber(0 as UInt32)
                body.appendNumber(UInt32(time >> 32))
                body.appendNumber(UInt32(truncatingIfNeeded: time))
                body.appendNumber(UInt32(packet.octets.count))
                body.appendNumber(UInt32(packet.length))
                body.appendPadded(packet.octets)
                body.appendOption(1, Array(packet.decision.utf8))
                body.appendOption(2, [packet.isSent ? 2 : 1, 0, 0, 0])
                body.appendOption(0, [])
            }
        }
        return file
    }

    /// The packets as a pcap file of microseconds, which every program reads, without the decisions.
    public var classicPacketFile: [UInt8] {
        var file: [UInt8] = []
        file.appendNumber(0xa1b2_c3d4 as UInt32)
        file.appendNumber(2 as UInt16)
        file.appendNumber(4 as UInt16)
        file.appendNumber(0 as UInt64)
        file.appendNumber(65_535 as UInt32)
        file.appendNumber(UInt32(Self.rawIP))
        for packet in packets {
            let (seconds, rest) = packet.time.quotientAndRemainder(dividingBy: 1_000_000_000)
            file.appendNumber(UInt32(truncatingIfNeeded: seconds))
            file.appendNumber(UInt32(truncatingIfNeeded: rest / 1000))
            file.appendNumber(UInt32(packet.octets.count))
            file.appendNumber(UInt32(packet.length))
            file += packet.octets
        }
        return file
    }
}

extension [UInt8] {
    fileprivate mutating func appendNumber(_ number: some FixedWidthInteger) {
        for shift in stride(from: 0, to: number.bitWidth, by: 8) {
            append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    fileprivate mutating func appendPadded(_ octets: [UInt8]) {
        self += octets
        while count % 4 != 0 { append(0 as UInt8) }
    }

    /// A block of a kind: its length stands before its body and behind it.
    fileprivate mutating func appendBlock(_ kind: UInt32, _ write: (inout [UInt8]) -> Void) {
        var body: [UInt8] = []
        write(&body)
        let length = UInt32(body.count + 12)
        appendNumber(kind)
        appendNumber(length)
        self += body
        appendNumber(length)
    }

    fileprivate mutating func appendOption(_ code: UInt16, _ value: [UInt8]) {
        appendNumber(code)
        appendNumber(UInt16(clamping: value.count))
        appendPadded(value)
    }
}

import Testing

@testable import LinuxHost

@Suite("Pages of the program")
struct ProgramPagesTests {
    private static let text = """
        1000-3000 r-xp 00000000 fe:00 1234                       /usr/sbin/vrrpd
        Size:                  8 kB
        Anonymous:             0 kB
        VmFlags: rd ex mr mw me
        3000-4000 r--p 00002000 fe:00 1234                       /usr/sbin/vrrpd
        Anonymous:             4 kB
        4000-5000 rw-p 00003000 fe:00 1234                       /usr/sbin/vrrpd
        Anonymous:             0 kB
        5000-6000 r--p 00000000 00:00 0
        Anonymous:             0 kB
        7000-8000 r--p 00000000 fe:00 77                         /usr/lib/lib with a blank.so
        Anonymous:             0 kB
        9000-a000 r-xp 00000000 00:00 0                          [vdso]
        Anonymous:             0 kB
        b000-a000 r-xp 00000000 fe:00 1234                       /usr/sbin/vrrpd
        Anonymous:             0 kB

        """

    @Test("Only files that cannot be written and were not changed are given back")
    func unchangedFilesAlone() {
        #expect(ProgramPages.unchangedMappings(Array(Self.text.utf8)) == [0x1000..<0x3000, 0x7000..<0x8000])
        #expect(ProgramPages.unchangedMappings([]).isEmpty)
    }

    @Test("The program runs on after its pages were given back")
    func runsOn() {
        for _ in 0..<3 { ProgramPages.release() }
        #expect((1...100).map { String($0) }.joined().count == 192)
    }
}

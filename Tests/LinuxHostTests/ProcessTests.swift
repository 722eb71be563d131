import CLinux
import Glibc
import NetworkLab
import Testing

@testable import LinuxHost

/// A path of its own in the temporary directory.
func temporaryPath(_ name: String) -> String { "/tmp/vrrpd-test-\(getpid())-\(UInt32.random(in: 0 ... .max))-\(name)" }

@Suite("The pid file")
struct PidFileTests {
    @Test("It holds the number of the process, and nobody else can have it meanwhile")
    func lock() throws {
        let path = temporaryPath("pid")
        let file = try PidFile(path: path)
        #expect(try shell("cat \(path)") == "\(getpid())\n")
        #expect(try shell("stat -c %a \(path)") == "644\n")
        #expect(throws: PidFile.Failure.held(path: path, by: getpid())) { try PidFile(path: path) }
        #expect(PidFile.occupation(of: path) == .held(path: path, by: getpid()))
        file.remove()
        #expect(access(path, F_OK) != 0)
        #expect(PidFile.occupation(of: path) == nil)
        let next = try PidFile(path: path)
        #expect(next.path == path)
    }

    @Test("What a killed process left behind is taken over")
    func stale() throws {
        let path = temporaryPath("stale")
        try shell("echo 123456789 > \(path)")
        let file = try PidFile(path: path)
        #expect(try shell("cat \(path)") == "\(getpid())\n")
        file.remove()
    }

    @Test("A symbolic link and a directory are not followed or overwritten")
    func notAFile() throws {
        let path = temporaryPath("link")
        try shell("ln -s \(path)-target \(path)")
        defer { unlink(path) }
        #expect(throws: PidFile.Failure.notAFile(path: path)) { try PidFile(path: path) }
        #expect(access(path + "-target", F_OK) != 0)
        #expect(throws: PidFile.Failure.notAFile(path: "/tmp")) { try PidFile(path: "/tmp") }
    }
}

@Suite("The name of a process")
struct ProcessNameTests {
    @Test("Where the arguments lie is told behind the name of the process, which may hold anything")
    func argumentRange() throws {
        var fields = (3...52).map { "\($0)" }
        fields[45] = "4096"
        fields[46] = "8192"
        let text = "7 (a) b) c) " + fields.joined(separator: " ")
        #expect(ProcessName.argumentRange(Array(text.utf8)) == 4096..<8192)
        for text in ["", "7 (a", "7 (a) S 1", "7 (a) " + (3...52).map { _ in "0" }.joined(separator: " ")] {
            #expect(ProcessName.argumentRange(Array(text.utf8)) == nil)
        }
        #expect(ProcessName.argumentRange(File.content(of: "/proc/self/stat")) != nil)
    }
}

@Suite("The service manager")
struct ServiceManagerTests {
    /// A socket under a name that is no path, which the kernel forgets with it.
    private func abstractSocket(_ name: String) throws -> FileDescriptor {
        let descriptor = try FileDescriptor.socket(family: AF_UNIX, kind: SOCK_DGRAM, protocol: 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0[1...].copyBytes(from: name.utf8) }
        let (number, length) = (descriptor.rawValue, socklen_t(MemoryLayout<sa_family_t>.size + 1 + name.utf8.count))
        try systemCall("bind") {
            withUnsafePointer(to: &address) { address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) }
            }
        }
        return descriptor
    }

    @Test("It may listen under an abstract name, and is not waited for when it does not read")
    func abstractName() throws {
        let name = "vrrpd-test-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        let socket = try abstractSocket(name)
        let manager = ServiceManager(notifySocket: "@" + name)
        manager.tellReady()
        var octets = [UInt8](repeating: 0, count: 100)
        let count = recv(socket.rawValue, &octets, octets.count, Int32(MSG_DONTWAIT))
        #expect(String(decoding: octets.prefix(max(0, count)), as: UTF8.self) == "READY=1")
        for _ in 0..<2000 { manager.tellReloading() }
    }

    @Test(
        "Without a socket, and with a path that is none, nothing is told", arguments: [nil, "", "@", "/", "relative"])
    func nobody(_ path: String?) {
        ServiceManager(notifySocket: path).tellStopping()
        ServiceManager(notifySocket: path.map { $0 + String(repeating: "x", count: 200) }).tellStopping()
    }
}

@Suite("Processors")
struct ProcessorTests {
    @Test("A thread stays on the processors that it is given, and a machine without them is an error")
    func restriction() async throws {
        let (allowed, refusal) = try await Namespace.onOwnThread {
            try Processors.restrict(to: [0, 1000])
            let status = try shell("grep Cpus_allowed_list /proc/self/status")
            let refusal = #expect(throws: SystemCallError.self) { try Processors.restrict(to: [1000]) }
            return (status, refusal)
        }
        #expect(allowed == "Cpus_allowed_list:\t0\n")
        #expect(refusal?.errorNumber == EINVAL)
    }
}

@Suite("Privileges", .needs([.root]))
struct PrivilegeTests {
    @Test("After the drop only the kept capabilities are left, and none can come back")
    func drop() async throws {
        let (status, canHurry, forbidden) = try await Namespace.onOwnThread {
            try Capabilities.drop(keeping: [.networkAdministration, .rawSockets])
            let canHurry = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, -5) == 0
            return (try shell("cat /proc/self/status"), canHurry, clinux_new_privileges_are_forbidden())
        }
        // The program that the thread started has what the thread may pass on at most.
        for set in ["CapPrm", "CapEff", "CapBnd"] { #expect(status.contains("\(set):\t0000000000003000")) }
        for set in ["CapInh", "CapAmb"] { #expect(status.contains("\(set):\t0000000000000000")) }
        #expect(status.contains("NoNewPrivs:\t1"))
        #expect(!canHurry)
        #expect(forbidden == 1)
    }

    @Test("A missing capability is named")
    func missing() async throws {
        let (again, scheduling) = try await Namespace.onOwnThread {
            try Capabilities.drop(keeping: [.networkAdministration])
            var failures: [PrivilegeError] = []
            do throws(PrivilegeError) {
                try Capabilities.require([.networkAdministration, .rawSockets])
            } catch { failures.append(error) }
            do throws(PrivilegeError) {
                try Scheduling.firstInFirstOut(priority: 10).apply()
            } catch { failures.append(error) }
            return (failures.first, failures.last)
        }
        #expect(
            again?.description.hasPrefix("CAP_NET_RAW is missing, which is needed to send and receive adverts") == true)
        #expect(scheduling?.description.hasPrefix("CAP_SYS_NICE is missing") == true)
    }

    @Test("Real-time priority is that of the thread and not of programs that it starts")
    func scheduling() async throws {
        let (own, child) = try await Namespace.onOwnThread {
            try Scheduling.roundRobin(priority: 3).apply()
            return (sched_getscheduler(0), try shell("chrt -p $$ | head -1"))
        }
        #expect(own == SCHED_RR | CLINUX_SCHED_RESET_ON_FORK)
        #expect(child.contains("SCHED_OTHER"))
    }
}

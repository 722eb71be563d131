import JSONDocument
import NetworkLab

extension VRRPDaemon {
    /// Says a request on the control socket, and prints the first hundred octets of each line that comes.
    ///
    /// Not with vrrpctl, which reads the status of a thousand routers before it prints it.
    ///
    /// - Parameters:
    ///   - seconds: how long it reads nothing after the request.
    ///   - file: where the whole lines go.
    func say(_ request: JSONObject, readingAfter seconds: Int = 0, into file: String = "/dev/null") async throws
        -> LabProcess
    {
        let script = """
            import socket, sys, time
            client = socket.socket(socket.AF_UNIX)
            client.connect(sys.argv[1])
            client.sendall(sys.argv[2].encode() + b"\\n")
            time.sleep(int(sys.argv[3]))
            with open(sys.argv[4], "wb") as file:
                for line in client.makefile("rb"):
                    file.write(line)
                    file.flush()
                    print(line[:100].decode(), flush=True)
            """
        return try await host.start(
            "python3", ["-c", script, controlSocket, "\(JSONValue.object(request))", "\(seconds)", file])
    }
}

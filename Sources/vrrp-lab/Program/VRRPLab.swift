import Glibc

/// `vrrp-lab`: a failover on three hosts, to watch.
@main
struct VRRPLab {
    static func main() async {
        exit(await Program().run(arguments: Array(CommandLine.arguments.dropFirst())))
    }
}

import KeepalivedCompatibility
import VRRPEngine

/// A keepalived.conf as one finds them: every fourth instance speaks VRRPv2 with a password, the others VRRPv3.
struct KeepalivedText: ConfigurationSource {
    private let octets: [UInt8]

    private static let path = "/etc/keepalived/keepalived.conf"

    /// A text with so many instances on four interfaces, up to 1,020.
    ///
    /// - Parameter firstPriority: the priority of the first instance; all others have 100.
    init(instances: Int, firstPriority: Int = 100) {
        var text = Self.global
        for number in 0..<instances {
            text += Self.instance(number, priority: number == 0 ? firstPriority : 100)
        }
        octets = Array(text.utf8)
    }

    /// What vrrpd makes of the text at its start and on SIGHUP.
    func definitions() -> Definitions {
        do {
            let configuration = try KeepalivedConfiguration.load(
                path: Self.path, source: self, configurationID: "node1")
            precondition(configuration.diagnostics.isEmpty, "\(configuration.diagnostics)")
            return configuration.definitions
        } catch {
            preconditionFailure("\(error)")
        }
    }

    func read(_ path: String) throws(ConfigurationReadError) -> ConfigurationFile { ConfigurationFile(octets: octets) }

    private static let global = """
        ! Written by the configuration management; do not edit.
        global_defs {
            router_id node1
            vrrp_version 3
            vrrp_garp_master_repeat 3
            vrrp_garp_master_refresh 60
        }

        """

    private static func instance(_ number: Int, priority: Int) -> String {
        let (interface, identifier) = (number % 4, number / 4 + 1)
        let speech =
            number % 4 == 3
            ? """
                version 2
                advert_int 1
                authentication {
                    auth_type PASS
                    auth_pass secret\(number % 100)
                }
            """ : "    advert_int 0.1"
        return """

            # Service \(number)
            vrrp_instance VI_\(number) {
                state BACKUP
                interface eth\(interface)
                virtual_router_id \(identifier)
                priority \(priority)
            \(speech)
                track_interface {
                    eth\(interface)
                    uplink0 weight -20
                }
                virtual_ipaddress {
                    10.\(interface).\(identifier).1/24 dev eth\(interface) label eth\(interface):\(identifier)
                    10.\(interface).\(identifier).2/24
                }
            }

            """
    }
}

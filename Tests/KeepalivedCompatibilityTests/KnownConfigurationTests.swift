import Testing
import VRRP
import VRRPEngine

@testable import KeepalivedCompatibility

/// Configurations of the shapes that well-known programs write; the texts are the project's own.
@Suite("Configurations in the field")
struct KnownConfigurationTests {
    @Test("OpenShift's ipfailover")
    func ipfailover() throws {
        let configuration = try load(
            """
            ! Configuration File for keepalived

            global_defs {
                max_auto_priority 99
                notification_email {
                    ops@example.com
                }
                notification_email_from failover@example.com
                smtp_server 127.0.0.1
                smtp_connect_timeout 30
                router_id ipfailover
            }
            vrrp_script chk_failover {
                script "/bin/bash -c '</dev/tcp/192.0.2.10/80'"
                interval 2
            }
            vrrp_instance failover_VIP_1 {
                interface ens3
                state BACKUP
                virtual_router_id 1
                priority 98
                preempt_delay 300
                authentication {
                    auth_type PASS
                    auth_pass ipfailover
                }
                track_script {
                    chk_failover
                }
                virtual_ipaddress {
                    192.0.2.100 dev ens3
                }
            }
            """)
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:25: auth_pass: only the first 8 octets of the password are used"
            ])
        #expect(configuration.routerID == "ipfailover")
        let router = try #require(configuration.definitions.virtualRouters.first)
        #expect(router.preemption == .delayed(.seconds(300)))
        #expect(router.authentication == .simpleText(try #require(SimpleTextPassword("ipfailov"))))
        #expect(router.addresses.first?.interface == nil)
        #expect(router.tracking.conditions == [.init(.external("script chk_failover"), effect: .fault)])
        #expect(configuration.scripts.map(\.command) == [["/bin/bash", "-c", "</dev/tcp/192.0.2.10/80"]])
    }

    @Test("keepalived-operator, the same file on two pods")
    func keepalivedOperator() throws {
        let text = """
            global_defs {
                router_id keepalived-group
            }
            vrrp_instance test/echo {
                interface eth0
                @pod-1 state MASTER
                @^pod-1 state BACKUP
                virtual_router_id 9
                @pod-1 priority 200
                @^pod-1 priority 100
                advert_int 1
                unicast_src_ip 192.0.2.11
                unicast_peer {
                    192.0.2.11
                    192.0.2.12
                    192.0.2.13
                }
                virtual_ipaddress {
                    192.0.2.200
                }
            }
            """
        for (pod, priority) in [("pod-1", 200), ("pod-2", 100)] {
            let configuration = try load(text, id: pod)
            #expect(configuration.diagnostics == [])
            let router = try #require(configuration.definitions.virtualRouters.first)
            #expect(router.name == "test/echo")
            #expect(router.priority.rawValue == UInt8(priority))
            guard case .unicast(let peers) = router.transport else {
                Issue.record("adverts are not sent to peers")
                continue
            }
            #expect(peers.count == 3)
        }
    }

    @Test("Addresses of an OpenShift installation on bare metal")
    func machineConfig() throws {
        let configuration = try load(
            """
            global_defs {
                enable_script_security
                script_user root
                max_auto_priority -1
                vrrp_garp_master_refresh 60
            }
            vrrp_script chk_ocp_lb {
                script "/usr/bin/timeout 1.9 /etc/keepalived/chk.sh"
                interval 2
                weight 20
                rise 3
                fall 2
            }
            vrrp_instance cluster_API_0 {
                state BACKUP
                interface br-ex
                virtual_router_id 63
                priority 40
                advert_int 1
                unicast_src_ip 192.0.2.20
                unicast_peer {
                    192.0.2.21
                    192.0.2.22
                }
                authentication {
                    auth_type PASS
                    auth_pass cluster_api_vip
                }
                virtual_ipaddress {
                    192.0.2.5/32 label vip
                }
                track_script {
                    chk_ocp_lb
                }
            }
            vrrp_instance cluster_INGRESS_0 {
                state BACKUP
                interface br-ex
                virtual_router_id 64
                priority 20
                nopreempt
                virtual_ipaddress { 192.0.2.6/32 label vip }
            }
            """)
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:27: auth_pass: only the first 8 octets of the password are used"
            ])
        #expect(configuration.definitions.virtualRouters.count == 2)
        #expect(configuration.definitions.virtualRouters.first?.announcements.refreshInterval == .seconds(60))
        #expect(configuration.definitions.virtualRouters.first?.addresses.first?.label == "vip")
        let script = try #require(configuration.scripts.first)
        #expect(script.command == ["/usr/bin/timeout", "1.9", "/etc/keepalived/chk.sh"])
        #expect(script.user == ScriptUser(name: "root"))
        #expect(script.needsSafePath)
        #expect(script.rise == 3)
        #expect(script.fall == 2)
    }

    @Test("kube-keepalived-vip")
    func kubeKeepalivedVIP() throws {
        let configuration = try load(
            """
            global_defs {
              vrrp_version 3
              vrrp_iptables KUBE-KEEPALIVED-VIP
              script_user root
              enable_script_security
            }
            vrrp_instance vips {
              state BACKUP
              interface eth1
              virtual_router_id 50
              priority 101
              nopreempt
              advert_int 1
              track_interface {
                eth1
              }
              notify /keepalived-check.sh
              notify /keepalived-check.sh
              unicast_src_ip 192.0.2.31
              unicast_peer { 192.0.2.32
                192.0.2.33 }
              virtual_ipaddress {
                192.0.2.60
              }
            }
            virtual_server 192.0.2.60 80 {
              delay_loop 5
              lvs_sched wlc
              protocol TCP
              real_server 192.0.2.70 8080 {
                weight 1
                TCP_CHECK { connect_port 8080
                  connect_timeout 3 }
              }
            }
            """)
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:3: vrrp_iptables: ignored because packets are dropped by nftables; see the keyword nftables",
                "k.conf:18: notify: stands here a second time; the first one, at k.conf:17, counts",
                "k.conf:26: virtual_server: not VRRP and ignored",
            ])
        let router = try #require(configuration.definitions.virtualRouters.first)
        #expect(router.version == .v3)
        #expect(router.preemption == .never)
        #expect(router.tracking.conditions == [])
        let notify = try #require(configuration.notifications.instances.first?.scripts.any)
        #expect(notify.words == ["/keepalived-check.sh"] && notify.user == ScriptUser(name: "root"))
    }

    @Test("The lines that are copied from page to page")
    func boilerplate() throws {
        let configuration = try load(
            """
            ! Configuration File for keepalived

            global_defs {
               notification_email {
                 admin@example.com
                 failover@example.com
               }
               notification_email_from keepalived@example.com
               smtp_server 192.168.200.1
               smtp_connect_timeout 30
               router_id LVS_DEVEL
               vrrp_skip_check_adv_addr
               vrrp_strict
               vrrp_garp_interval 0
               vrrp_gna_interval 0
            }

            vrrp_script chk_haproxy {
                script "killall -0 haproxy"   # cheaper than pidof
                interval 2
                weight 2
            }

            vrrp_instance VI_1 {
                state BACKUP
                interface "ens192"
                virtual_router_id "51"
                priority "149"
                advert_int 1
                authentication {
                    auth_type PASS
                    auth_pass 1111
                }
                track_script {
                    chk_haproxy
                }
                virtual_ipaddress {
                    192.168.200.16
                    192.168.200.17
                    192.168.200.18
                }
            }
            """)
        #expect(
            configuration.diagnostics.map(\.description) == [
                "k.conf:31: auth_type: ignored because vrrp_strict or strict_mode rules it out"
            ])
        let router = try #require(configuration.definitions.virtualRouters.first)
        #expect(router.interface == "ens192")
        #expect(router.priority.rawValue == 149)
        #expect(router.interoperability.addressListMismatch == .ignore)
        #expect(!router.acceptMode)
        #expect(configuration.notifications.isEmpty)
        #expect(router.tracking.conditions == [.init(.external("script chk_haproxy"), effect: .weight(2))])
        #expect(configuration.scripts.map(\.command) == [["killall", "-0", "haproxy"]])
        #expect(configuration.scripts.map(\.user) == [nil])
    }
}

import ClusterObjects
import KubernetesAPI

/// The pods of a group: on each of its nodes a daemon, which speaks VRRP, and an agent, which speaks to the API server.
struct NodePods {
    /// The name of the port with metrics, which PodMonitors ask for.
    static let metricsPortName = "metrics"
    /// Who the agent is, and who may talk to the daemon.
    static let agentUser = 65_532

    private let group: KeepalivedGroup
    private let image: String
    private let metricsPort: Int
    private let settings: OperatorSettings
    private let features: ClusterFeatures

    init(
        of group: KeepalivedGroup, _ image: NodeImage, metricsPort: Int, _ settings: OperatorSettings,
        _ features: ClusterFeatures
    ) {
        self.group = group
        self.image = image.name(settings)
        self.metricsPort = metricsPort
        self.settings = settings
        self.features = features
    }

    func daemonSet(_ metadata: ObjectMeta) -> DaemonSet {
        let labels = [ContractNames.groupLabel: group.metadata.name]
        var template = ObjectMeta(labels: labels)
        template.annotations = group.spec?.daemonsetPodAnnotations ?? [:]
        var set = DaemonSet(
            metadata: metadata,
            spec: DaemonSet.Spec(
                selector: LabelSelector(matchLabels: labels), template: PodTemplate(metadata: template, spec: podSpec)))
        var strategy = DaemonSet.UpdateStrategy()
        strategy.type = "RollingUpdate"
        strategy.rollingUpdate = DaemonSet.RollingUpdate()
        // One node after the other, so that each address has somewhere to go.
        strategy.rollingUpdate?.maxUnavailable = 1
        set.spec.updateStrategy = strategy
        return set
    }

    private var podSpec: PodSpec {
        var spec = PodSpec(containers: [daemon, agent])
        spec.initContainers = [stateFolder]
        spec.volumes = [stateVolume, runVolume]
        spec.nodeSelector = group.spec?.nodeSelector
        // Addresses are needed on nodes with any taint; which nodes are worse places the planner knows.
        spec.tolerations = [Toleration(existing: nil)]
        let priorityClass = group.spec?.daemonsetPodPriorityClassName ?? ""
        spec.priorityClassName = priorityClass.isEmpty ? Self.priorityClass : priorityClass
        spec.serviceAccountName = OwnedKind.agentAccount.name(of: group.metadata.name)
        spec.automountServiceAccountToken = true
        spec.enableServiceLinks = false
        spec.hostNetwork = true
        // A planned stop waits until another node has the addresses.
        spec.terminationGracePeriodSeconds = 30
        var security = PodSecurityContext()
        // Volumes belong to the agent's group, and with them the daemon's control socket.
        security.fsGroup = Self.agentUser
        security.seccompProfile = SeccompProfile(type: "RuntimeDefault")
        // With the label of ordinary containers no folder of the node can be written to.
        if features.hasSecurityContextConstraints { security.seLinuxOptions = SELinuxOptions(type: "spc_t") }
        spec.securityContext = security
        return spec
    }

    // MARK: Containers

    /// Addresses of a node whose memory is short are needed as much as those of any other, and every cluster has the class.
    private static let priorityClass = "system-node-critical"
    private static let stateFolder = "/var/lib/swift-vrrp"
    private static let runFolder = "/run/vrrpd"
    private static var controlSocket: String { "\(runFolder)/control.sock" }
    private static var definitions: String { "\(stateFolder)/definitions.json" }

    /// Makes the folder that the agent may write to, with definitions of nothing until it has written others: the daemon
    /// need not wait for the API server, and what was there before counts until the agent knows better.
    private var stateFolder: Container {
        var container = Container(name: "state", image: image)
        container.imagePullPolicy = "IfNotPresent"
        container.command = [
            "/bin/sh", "-c",
            """
            set -e
            umask 022
            chown \(Self.agentUser):\(Self.agentUser) "$1"
            [ -e "$1/definitions.json" ] && exit 0
            echo '{"version": 1, "generation": 0, "virtualRouters": []}' > "$1/.definitions.json.new"
            chown \(Self.agentUser):\(Self.agentUser) "$1/.definitions.json.new"
            mv "$1/.definitions.json.new" "$1/definitions.json"
            """, "state", Self.stateFolder,
        ]
        container.volumeMounts = [Container.VolumeMount(name: "state", mountPath: Self.stateFolder)]
        container.resources = Self.resources(cpu: "10m", memory: "16Mi")
        var security = Container.SecurityContext()
        security.runAsUser = 0
        security.allowPrivilegeEscalation = false
        security.readOnlyRootFilesystem = true
        container.securityContext = security
        return container
    }

    private var daemon: Container {
        var container = Container(name: "vrrpd", image: image)
        container.imagePullPolicy = "IfNotPresent"
        container.command = [
            "/usr/sbin/vrrpd", "--dont-fork", "--log-console", "--definitions", Self.definitions, "--control-socket",
            Self.controlSocket, "--control-group", String(Self.agentUser), "--pid", "\(Self.runFolder)/vrrpd.pid",
        ]
        container.volumeMounts = [
            Container.VolumeMount(name: "state", mountPath: Self.stateFolder, readOnly: true),
            Container.VolumeMount(name: "run", mountPath: Self.runFolder),
        ]
        container.resources = Self.resources(cpu: "50m", memory: "32Mi")
        container.livenessProbe = daemonProbe
        var security = Container.SecurityContext()
        security.runAsUser = 0
        security.readOnlyRootFilesystem = true
        if settings.isPrivileged {
            security.privileged = true
        } else {
            security.allowPrivilegeEscalation = false
            security.capabilities = Container.Capabilities(add: ["NET_ADMIN", "NET_RAW"], drop: ["ALL"])
        }
        container.securityContext = security
        return container
    }

    private var agent: Container {
        var container = Container(name: "agent", image: image)
        container.imagePullPolicy = "IfNotPresent"
        container.command = ["/usr/local/bin/vrrp-agent"]
        container.args = [
            "--node", "$(NODE_NAME)", "--group", group.metadata.name, "--namespace", group.metadata.namespace ?? "",
            "--state-directory", Self.stateFolder, "--control-socket", Self.controlSocket, "--metrics-address",
            ":\(metricsPort)",
        ]
        container.env = [Container.EnvironmentVariable(name: "NODE_NAME", fieldPath: "spec.nodeName")]
        container.ports = [Container.Port(name: Self.metricsPortName, containerPort: metricsPort)]
        container.volumeMounts = [
            Container.VolumeMount(name: "state", mountPath: Self.stateFolder),
            Container.VolumeMount(name: "run", mountPath: Self.runFolder),
        ]
        container.resources = Self.resources(cpu: "20m", memory: "48Mi")
        container.livenessProbe = probe("/healthz", delay: 10, period: 20)
        container.readinessProbe = probe("/readyz", delay: 1, period: 10)
        var security = Container.SecurityContext()
        security.runAsUser = Self.agentUser
        security.runAsNonRoot = true
        security.allowPrivilegeEscalation = false
        security.readOnlyRootFilesystem = true
        security.capabilities = Container.Capabilities(drop: ["ALL"])
        container.securityContext = security
        return container
    }

    /// The daemon answers from the loop that sends adverts: when it does not answer for half a minute, nothing of it works,
    /// and its addresses are stuck on the node beside those of the next active one.
    private var daemonProbe: Container.Probe {
        var probe = Container.Probe()
        probe.exec = Container.Exec(command: ["/usr/bin/vrrpctl", "status", "--control-socket", Self.controlSocket])
        probe.initialDelaySeconds = 10
        probe.periodSeconds = 10
        probe.timeoutSeconds = 5
        probe.failureThreshold = 3
        return probe
    }

    private func probe(_ path: String, delay: Int, period: Int) -> Container.Probe {
        var probe = Container.Probe()
        probe.httpGet = Container.HTTPGet(path: path, port: .int(metricsPort))
        probe.initialDelaySeconds = delay
        probe.periodSeconds = period
        probe.timeoutSeconds = 5
        return probe
    }

    /// Requests without limits: pods that ask for nothing are the first to go when a node runs out of memory, and a daemon
    /// that is held back by a limit loses its addresses.
    private static func resources(cpu: String, memory: String) -> Container.Resources {
        var resources = Container.Resources()
        resources.requests = ["cpu": cpu, "memory": memory]
        return resources
    }

    // MARK: Volumes

    private var stateVolume: Volume {
        var volume = Volume(name: "state")
        let folder = "/var/lib/swift-vrrp/\(group.metadata.namespace ?? "")/\(group.metadata.name)"
        volume.hostPath = Volume.HostPath(path: folder, type: "DirectoryOrCreate")
        return volume
    }

    private var runVolume: Volume {
        var volume = Volume(name: "run")
        volume.emptyDir = Volume.EmptyDir(medium: "Memory", sizeLimit: "16Mi")
        return volume
    }
}

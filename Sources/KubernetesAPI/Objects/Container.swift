/// A container of a pod.
public struct Container: Codable, Hashable, Sendable {
    /// Its name in the pod.
    public var name: String
    /// Its image.
    public var image: String?
    /// `Always`, `IfNotPresent` or `Never`.
    public var imagePullPolicy: String?
    /// What it runs, in place of the image's entry point.
    public var command: [String]?
    /// With which arguments.
    public var args: [String]?
    /// Its variables.
    public var env: [EnvironmentVariable]?
    /// The ports that it listens on.
    public var ports: [Port]?
    /// What it mounts.
    public var volumeMounts: [VolumeMount]?
    /// What it needs and may use.
    public var resources: Resources?
    /// Its rights.
    public var securityContext: SecurityContext?
    /// Whether it has started.
    public var startupProbe: Probe?
    /// Whether it still works.
    public var livenessProbe: Probe?
    /// Whether it can be used.
    public var readinessProbe: Probe?
    /// What happens when it starts and ends.
    public var lifecycle: Lifecycle?

    /// A container of this image.
    public init(name: String, image: String) {
        self.name = name
        self.image = image
    }

    /// A variable.
    public struct EnvironmentVariable: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String
        /// Its value.
        public var value: String?
        /// Where its value comes from.
        public var valueFrom: Source?

        /// A variable of this value.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// A variable whose value is a field of the pod, such as `spec.nodeName`.
        public init(name: String, fieldPath: String) {
            self.name = name
            valueFrom = Source(fieldRef: FieldReference(fieldPath: fieldPath))
        }
    }

    /// Where the value of a variable comes from.
    public struct Source: Codable, Hashable, Sendable {
        /// A field of the pod.
        public var fieldRef: FieldReference?
    }

    /// A field of the pod.
    public struct FieldReference: Codable, Hashable, Sendable {
        /// The path of the field.
        public var fieldPath: String
    }

    /// A port that a container listens on.
    public struct Port: Codable, Hashable, Sendable {
        /// Its name.
        public var name: String?
        /// Its number.
        public var containerPort: Int
        /// `TCP`, `UDP` or `SCTP`; a part of the key of the list, so that a server-side apply needs it.
        public var `protocol`: String

        /// A port of TCP.
        public init(name: String, containerPort: Int) {
            self.name = name
            self.containerPort = containerPort
            self.protocol = "TCP"
        }
    }

    /// A volume at its place.
    public struct VolumeMount: Codable, Hashable, Sendable {
        /// The name of the volume.
        public var name: String
        /// Its place.
        public var mountPath: String
        /// Whether it cannot be written to.
        public var readOnly: Bool?

        /// A volume at its place.
        public init(name: String, mountPath: String, readOnly: Bool? = nil) {
            self.name = name
            self.mountPath = mountPath
            self.readOnly = readOnly
        }
    }

    /// What a container needs and may use, such as `cpu: 100m` and `memory: 32Mi`.
    public struct Resources: Codable, Hashable, Sendable {
        /// What it may use at most.
        public var limits: [String: String]?
        /// What it needs.
        public var requests: [String: String]?

        /// Nothing said.
        public init() {}
    }

    /// The rights of a container.
    public struct SecurityContext: Codable, Hashable, Sendable {
        /// Whether it may do everything.
        public var privileged: Bool?
        /// Whether its processes may gain rights.
        public var allowPrivilegeEscalation: Bool?
        /// Whether its own files cannot be written to.
        public var readOnlyRootFilesystem: Bool?
        /// Whether root is refused.
        public var runAsNonRoot: Bool?
        /// The user.
        public var runAsUser: Int?
        /// The capabilities that it has more or less than others.
        public var capabilities: Capabilities?

        /// The default.
        public init() {}
    }

    /// Capabilities more and less than the default.
    public struct Capabilities: Codable, Hashable, Sendable {
        /// More.
        public var add: [String]?
        /// Less.
        public var drop: [String]?

        /// The default with these changes.
        public init(add: [String]? = nil, drop: [String]? = nil) {
            self.add = add
            self.drop = drop
        }
    }

    /// How to find out whether a container works; one of the ways is set.
    public struct Probe: Codable, Hashable, Sendable {
        /// By a request.
        public var httpGet: HTTPGet?
        /// By a command in the container.
        public var exec: Exec?
        /// How long to wait first, in seconds.
        public var initialDelaySeconds: Int?
        /// How often, in seconds.
        public var periodSeconds: Int?
        /// How long one attempt may take, in seconds.
        public var timeoutSeconds: Int?
        /// How many failures count.
        public var failureThreshold: Int?

        /// A probe without a way.
        public init() {}
    }

    /// A request.
    public struct HTTPGet: Codable, Hashable, Sendable {
        /// The path.
        public var path: String?
        /// The port.
        public var port: IntOrString
        /// The host; the pod itself where nil.
        public var host: String?

        /// A request for a path.
        public init(path: String, port: IntOrString) {
            self.path = path
            self.port = port
        }
    }

    /// A command in the container.
    public struct Exec: Codable, Hashable, Sendable {
        /// The command with its arguments.
        public var command: [String]?

        /// This command.
        public init(command: [String]) { self.command = command }
    }

    /// What happens when a container starts and ends.
    public struct Lifecycle: Codable, Hashable, Sendable {
        /// Before it ends.
        public var preStop: Handler?

        /// Nothing.
        public init() {}
    }

    /// What happens.
    public struct Handler: Codable, Hashable, Sendable {
        /// A command runs.
        public var exec: Exec?

        /// This command runs.
        public init(exec: Exec) { self.exec = exec }
    }
}

import JSONDocument
public import VRRP
import VRRPEngine

/// The options of keepalived that a Service asks for in its annotation `verbatimconfig`.
///
/// They are read with the language of keepalived.conf and go through a list of what is allowed. Nothing that somebody
/// wrote is ever put into a file.
public struct ServiceOptions: Hashable, Sendable {
    /// The options that are applied, by keyword of a vrrp_instance.
    public private(set) var accepted: [String: String] = [:]
    /// What the option `advert_int` among them means; nil without it.
    public private(set) var advertisementInterval: AdvertisementInterval?
    /// The options that are not, with the reasons, in the order of their keywords.
    public private(set) var refusals: [OptionRefusal] = []

    /// The options for the planner, which knows the interval by itself.
    var withoutInterval: [String: String] {
        accepted.filter { $0.key != InstanceOption.advertInterval.rawValue }
    }

    /// The most options that one object may have.
    static let limit = 64
    private static let longestAnnotation = 16_384

    /// The options in an annotation; none where there is none.
    public init(_ annotation: String?) {
        let annotation = annotation ?? "{}"
        let options = annotation.utf8.count <= Self.longestAnnotation ? Self.texts(in: annotation) : nil
        self.init(options ?? [:])
        if options == nil { refusals = [OptionRefusal("verbatimconfig", .annotationMalformed)] }
    }

    /// The given options of a vrrp_instance.
    public init(_ options: [String: String]) {
        guard options.count <= Self.limit else {
            refusals = [OptionRefusal("verbatimconfig", .tooMany(limit: Self.limit))]
            return
        }
        for (keyword, value) in options.sorted(by: { $0.key < $1.key }) {
            do throws(OptionLine.Refusal) {
                let router = try OptionLine(keyword, value).router(in: .instance)
                accepted[keyword] = value
                if keyword == InstanceOption.advertInterval.rawValue {
                    advertisementInterval = router.advertisementInterval
                }
            } catch {
                refusals.append(OptionRefusal(keyword, error.reason))
            }
        }
    }

    private static func texts(in annotation: String) -> [String: String]? {
        guard let document = try? JSONNode.parse(annotation), case .object(let object) = document.value else {
            return nil
        }
        var options: [String: String] = [:]
        for member in object {
            guard case .string(let text) = member.value else { return nil }
            options[member.key] = text
        }
        return options
    }
}

/// The options of keepalived's global_defs that a group asks for in `spec.verbatimConfig`.
public struct GroupOptions: Hashable, Sendable {
    /// The version that `vrrp_version` asks for; nil without it.
    public private(set) var version: ProtocolVersion?
    /// What they mean to each router of the group, by keyword of a vrrp_instance.
    public private(set) var accepted: [String: String] = [:]
    /// The options that are not applied, with the reasons, in the order of their keywords.
    public private(set) var refusals: [OptionRefusal] = []

    private static let prefix = "vrrp_"

    /// The given options of global_defs.
    public init(_ options: [String: String]) {
        guard options.count <= ServiceOptions.limit else {
            refusals = [OptionRefusal("verbatimConfig", .tooMany(limit: ServiceOptions.limit))]
            return
        }
        for (keyword, value) in options.sorted(by: { $0.key < $1.key }) {
            do throws(OptionLine.Refusal) {
                _ = try OptionLine(keyword, value).router(in: .globalDefinitions)
                if keyword == "vrrp_version" {
                    version = UInt8(value).flatMap(ProtocolVersion.init(rawValue:))
                } else {
                    accepted[String(keyword.dropFirst(Self.prefix.count))] = value
                }
            } catch {
                refusals.append(OptionRefusal(keyword, error.reason))
            }
        }
    }

    /// The keywords of global_defs that are applied.
    static let keywords =
        ["vrrp_version"] + InstanceOption.allCases.filter(\.hasGlobalForm).map { prefix + $0.rawValue }
}

/// A part of an object with a path of its own.
public enum Subresource: String, Hashable, Sendable {
    /// What is known of the object; only this path changes it.
    case status
    /// How many replicas it wants.
    case scale
}

extension APIRequest {
    /// Reads an object, or a part of it.
    public static func get<Object>(
        _ name: String, from collection: ResourceCollection<Object>, _ subresource: Subresource? = nil
    ) throws(ClientError) -> Self {
        Self(.get, try ResourcePath(name, in: collection, subresource: subresource?.rawValue))
    }

    /// Reads one page of a collection.
    ///
    /// - Parameters:
    ///   - limit: The most objects that the page shall have; nil for all that are left.
    ///   - token: Where the page before ended.
    public static func list<Object>(
        _ collection: ResourceCollection<Object>, _ selection: Selection = .all, limit: Int? = nil,
        continuing token: String? = nil
    ) throws(ClientError) -> Self {
        var parameters = selection.parameters
        if let limit { parameters.append(("limit", String(limit))) }
        if let token { parameters.append(("continue", token)) }
        return Self(.get, try ResourcePath(collection), parameters)
    }

    /// Asks for the changes of a collection after a version of it, with bookmarks.
    ///
    /// - Parameter seconds: When the server shall end the watch.
    public static func watch<Object>(
        _ collection: ResourceCollection<Object>, _ selection: Selection = .all, after resourceVersion: String,
        forSeconds seconds: Int
    ) throws(ClientError) -> Self {
        Self(
            .get, try ResourcePath(collection),
            selection.parameters + [
                ("watch", "true"), ("allowWatchBookmarks", "true"), ("resourceVersion", resourceVersion),
                ("timeoutSeconds", String(seconds)),
            ])
    }

    /// Creates an object.
    public static func create<Object>(
        _ object: Object, in collection: ResourceCollection<Object>, as manager: FieldManager
    ) throws(ClientError) -> Self {
        guard !collection.type.isNamespaced || collection.namespace != nil else {
            throw .invalidRequest(
                "\(collection.type) \"\(object.metadata.name)\" was to be created without a namespace")
        }
        return Self(
            .post, try ResourcePath(collection), [("fieldManager", manager.name)],
            body: try Body("application/json", Typed(type: collection.type, object: object)))
    }

    /// Sets the fields that an object has here, and gives up those that the manager has set before and that it lacks
    /// (server-side apply).
    ///
    /// - Parameter force: Takes fields that others have set; without it that is a conflict, code 409.
    public static func apply<Object>(
        _ object: Object, in collection: ResourceCollection<Object>, _ subresource: Subresource? = nil,
        as manager: FieldManager, force: Bool
    ) throws(ClientError) -> Self {
        Self(
            .patch, try ResourcePath(object.metadata.name, in: collection, subresource: subresource?.rawValue),
            [("fieldManager", manager.name), ("force", String(force))],
            body: try Body("application/apply-patch+yaml", Typed(type: collection.type, object: object)))
    }

    /// Sets the fields that the patch names, removes those that it names as `null`, and leaves all others (RFC 7396).
    ///
    /// With `metadata.resourceVersion` in the patch, an object that has changed since is a conflict, code 409.
    public static func merge<Object>(
        _ patch: some Encodable, into name: String, in collection: ResourceCollection<Object>,
        _ subresource: Subresource? = nil, as manager: FieldManager
    ) throws(ClientError) -> Self {
        Self(
            .patch, try ResourcePath(name, in: collection, subresource: subresource?.rawValue),
            [("fieldManager", manager.name)], body: try Body("application/merge-patch+json", patch))
    }

    /// Replaces an object, which is why only one that was read with all its fields can be replaced.
    public static func replace(
        _ object: DynamicObject, in collection: ResourceCollection<DynamicObject>, _ subresource: Subresource? = nil,
        as manager: FieldManager
    ) throws(ClientError) -> Self {
        Self(
            .put, try ResourcePath(object.metadata.name, in: collection, subresource: subresource?.rawValue),
            [("fieldManager", manager.name)],
            body: try Body("application/json", Typed(type: collection.type, object: object)))
    }

    /// Deletes an object.
    ///
    /// - Parameter uid: Deletes the object of this `uid` alone; one of the same name that came later stays, code 409.
    public static func delete<Object>(
        _ name: String, from collection: ResourceCollection<Object>, uid: String? = nil
    ) throws(ClientError) -> Self {
        let preconditions = uid.map { DeleteOptions.Preconditions(uid: $0) }
        return Self(
            .delete, try ResourcePath(name, in: collection), [("propagationPolicy", "Background")],
            body: try Body("application/json", DeleteOptions(preconditions: preconditions)))
    }

    /// Asks which types the group of a type serves in the type's version.
    public static func types(besides type: ResourceType) throws(ClientError) -> Self {
        Self(.get, try ResourcePath(typesOf: type))
    }
}

/// Who sets fields: the name under which a server remembers it.
public struct FieldManager: Hashable, Sendable {
    /// The name.
    public let name: String

    /// Somebody of this name.
    public init(_ name: String) { self.name = name }

    /// The same for an object's status.
    ///
    /// Servers before 1.22 remember no subresource, so that an apply of the status under the same name would give up all
    /// fields of the specification.
    public var ofStatus: Self { Self(name + "-status") }
}

private struct DeleteOptions: Encodable {
    struct Preconditions: Encodable { let uid: String }

    let apiVersion = "v1"
    let kind = "DeleteOptions"
    let preconditions: Preconditions?
}

internal import Foundation
internal import JSONDocument
public import KubernetesAPI

extension APIClient {
    /// Reads an object.
    public func get<Object>(_ name: String, from collection: ResourceCollection<Object>) async throws -> Object {
        try await object(.get(name, from: collection))
    }

    /// Reads an object; nil where there is none.
    public func find<Object>(_ name: String, in collection: ResourceCollection<Object>) async throws -> Object? {
        do {
            return try await get(name, from: collection)
        } catch let error as ClientError where error.isNotFound {
            return nil
        }
    }

    /// Reads one page of a collection.
    ///
    /// - Parameters:
    ///   - limit: The most objects that the page shall have; nil for all that are left.
    ///   - token: Where the page before ended.
    public func page<Object>(
        of collection: ResourceCollection<Object>, _ selection: Selection = .all, limit: Int? = nil,
        continuing token: String? = nil
    ) async throws -> ObjectList<Object> {
        let request = try APIRequest.list(collection, selection, limit: limit, continuing: token)
        return try await read(ObjectList<Object>.self, request, limit: limits.page, what: "a page of the list")
    }

    /// Reads a collection page by page.
    ///
    /// - Parameters:
    ///   - limit: The most objects of a page.
    ///   - maximumPages: The most pages; a server that has more is refused.
    public func list<Object>(
        _ collection: ResourceCollection<Object>, _ selection: Selection = .all, limit: Int = 500,
        maximumPages: Int = 2000
    ) async throws -> ObjectList<Object> {
        var list = try await page(of: collection, selection, limit: limit)
        var pages = 1
        while let token = list.continueToken {
            guard pages < maximumPages else {
                throw ClientError.invalidRequest("the list of \(collection) has more than \(maximumPages) pages")
            }
            let next = try await page(of: collection, selection, limit: limit, continuing: token)
            list.items += next.items
            list.unreadable += next.unreadable
            list.continueToken = next.continueToken
            list.resourceVersion = next.resourceVersion
            pages += 1
        }
        return list
    }

    /// Creates an object, and returns it as the server keeps it.
    @discardableResult
    public func create<Object>(
        _ object: Object, in collection: ResourceCollection<Object>, as manager: FieldManager
    ) async throws -> Object {
        try await self.object(.create(object, in: collection, as: manager))
    }

    /// Sets the fields that an object has here, and gives up those that the manager has set before and that it lacks
    /// (server-side apply); the object is created where there is none.
    ///
    /// - Parameter force: Takes fields that others have set; without it that is a conflict.
    @discardableResult
    public func apply<Object>(
        _ object: Object, in collection: ResourceCollection<Object>, as manager: FieldManager, force: Bool = true
    ) async throws -> Object {
        try await self.object(.apply(object, in: collection, as: manager, force: force))
    }

    /// Does the same with the object's status, which nothing else touches; the object must exist.
    @discardableResult
    public func applyStatus<Object>(
        of object: Object, in collection: ResourceCollection<Object>, as manager: FieldManager, force: Bool = true
    ) async throws -> Object {
        try await self.object(.apply(object, in: collection, .status, as: manager.ofStatus, force: force))
    }

    /// Sets the fields that a patch names, removes those that it names as `null`, and leaves all others (RFC 7396).
    ///
    /// With `metadata.resourceVersion` in the patch, an object that has changed since is a conflict.
    @discardableResult
    public func merge<Object>(
        _ patch: some Encodable & Sendable, into name: String, in collection: ResourceCollection<Object>,
        _ subresource: Subresource? = nil, as manager: FieldManager
    ) async throws -> Object {
        try await object(.merge(patch, into: name, in: collection, subresource, as: manager))
    }

    /// Replaces an object as a whole; its `resourceVersion` tells whether somebody else was faster.
    @discardableResult
    public func replace(
        _ object: DynamicObject, in collection: ResourceCollection<DynamicObject>,
        _ subresource: Subresource? = nil, as manager: FieldManager
    ) async throws -> DynamicObject {
        try await self.object(.replace(object, in: collection, subresource, as: manager))
    }

    /// Deletes an object.
    ///
    /// - Parameter uid: Deletes the object of this `uid` alone.
    /// - Returns: Whether there was one.
    @discardableResult
    public func delete<Object>(
        _ name: String, from collection: ResourceCollection<Object>, uid: String? = nil
    ) async throws -> Bool {
        do {
            _ = try await send(.delete(name, from: collection, uid: uid), limit: limits.object, what: "the object")
            return true
        } catch let error as ClientError where error.isNotFound {
            return false
        }
    }

    /// How many replicas an object wants and has.
    public func scale<Object>(of name: String, in collection: ResourceCollection<Object>) async throws -> Scale {
        try await object(.get(name, from: collection, .scale))
    }

    /// Says how many replicas an object shall want.
    @discardableResult
    public func setScale<Object>(
        of name: String, in collection: ResourceCollection<Object>, to replicas: Int, as manager: FieldManager
    ) async throws -> Scale {
        let patch = AnyJSON(["spec": ["replicas": .integer(Int64(replicas))]])
        return try await object(.merge(patch, into: name, in: collection, .scale, as: manager))
    }

    /// Whether the server serves a type at present, and does not take it away.
    public func serves(_ type: ResourceType) async throws -> Bool {
        do {
            let request = try APIRequest.types(besides: type)
            return try await read(ServedTypes.self, request, limit: limits.object, what: "the list of types")
                .contains(type)
        } catch let error as ClientError where error.isNotFound {
            return false
        }
    }

    private func object<Object: Decodable>(_ request: APIRequest) async throws -> Object {
        try await read(Object.self, request, limit: limits.object, what: "the object")
    }

    private func read<Value: Decodable>(
        _ type: Value.Type, _ request: APIRequest, limit: Int, what: String
    ) async throws -> Value {
        let data = try await send(request, limit: limit, what: what)
        do {
            return try JSONDecoder().decode(Value.self, from: data)
        } catch {
            throw ClientError.unreadable(asked(request), ClientError.sentence(of: error))
        }
    }
}

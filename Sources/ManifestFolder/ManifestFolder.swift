import VIPPlanning

/// A folder of manifests, looked at again and again.
///
/// It stands in for a cluster: the same objects, in files, come to the same virtual routers. What cannot be read changes
/// nothing: of each file, and of each object in it, the last good state counts. Before the folder was read as a whole once,
/// nobody knows that state; whoever acts on a plan waits until then.
public struct ManifestFolder: Sendable {
    /// The name of the record of identifiers in a folder.
    public static let recordName = "router-ids.json"

    /// The folder.
    public let path: String
    /// The record of identifiers.
    public let recordPath: String
    private let limits: ManifestLimits
    private let writesRecord: Bool
    private let waitsUntilWhole: Bool

    private var contents = FolderContents()
    private var folder: FileSignature?
    private var folderProblem: FolderProblem?
    /// The files as they were when they were read, and as they were seen last.
    private var read: [String: FileState] = [:]
    private var seen: [String: FileState] = [:]
    /// Those whose reading was refused: what stands in the way may go without leaving a trace on the file.
    private var refused: Set<String> = []
    /// Whether there was a moment at which all that the folder had was read and right.
    private var hasBeenWhole = false
    private var record = RecordFile()
    private var state: FolderState?

    /// What is known of a file from outside.
    private enum FileState: Hashable {
        case there(FileSignature)
        case problem(FileProblem)
        case tooMany
        case tooLarge
    }

    /// Why the folder is not taken for what it seems to be.
    private enum FolderProblem: Hashable {
        case unreadable(FileProblem)
        case emptyInPlaceOfAnother
    }

    /// The folder at a path; nothing is read yet.
    ///
    /// - Parameters:
    ///   - path: The folder.
    ///   - recordPath: The record of identifiers; nil for the one in the folder.
    ///   - writesRecord: Whether identifiers that the record lacks are written to it.
    ///   - waitsUntilWhole: Whether there is no plan before all that the folder has was read and right once; without it the
    ///     plan is that of what can be read, for somebody who is shown it.
    ///   - limits: How much is read.
    public init(
        _ path: String, recordPath: String? = nil, writesRecord: Bool = true, waitsUntilWhole: Bool = true,
        limits: ManifestLimits = .standard
    ) {
        self.path = path
        self.recordPath = recordPath ?? "\(path)/\(Self.recordName)"
        self.writesRecord = writesRecord
        self.waitsUntilWhole = waitsUntilWhole
        self.limits = limits
    }

    /// Looks at the folder, reads what has changed, and plans anew where that matters.
    ///
    /// A file is read when it has been the same in two looks, so that nobody's half-written file counts; the first look
    /// takes all files as they are. Looks 0.3 s apart let an edit take effect within a second.
    ///
    /// - Returns: What the folder comes to; nil where that is the same as before.
    public mutating func look() -> FolderState? {
        let isFirst = state == nil
        var hasChanged = takeInFolder(isFirst: isFirst)
        if record.look(at: recordPath, isFirst: isFirst) { hasChanged = true }
        guard hasChanged || isFirst else { return nil }
        let next = newState()
        guard next != state else { return nil }
        state = next
        return next
    }

    /// Whether the folder could not be read in any look so far.
    public var isMissing: Bool { folder == nil }

    // MARK: The files

    private mutating func takeInFolder(isFirst: Bool) -> Bool {
        let recordName = recordPath.split(separator: "/").last.map(String.init) ?? ""
        let listing: FolderListing
        do {
            listing = try FolderListing(path, without: recordName)
        } catch {
            return set(.unreadable(error))
        }
        // Where something is mounted, the folder below shows when it goes: an empty one that nobody has emptied.
        if let folder, (folder.device, folder.inode) != (listing.folder.device, listing.folder.inode),
            listing.files.isEmpty, !read.isEmpty
        {
            return set(.emptyInPlaceOfAnother)
        }
        var hasChanged = set(nil)
        folder = listing.folder
        let files = states(of: listing)
        for (name, file) in files.sorted(by: { $0.key < $1.key })
        where (read[name] != file || refused.contains(name)) && (isFirst || seen[name] == file) {
            if takeIn(name, file) || read[name] != file { hasChanged = true }
            read[name] = file
        }
        for name in read.keys where files[name] == nil && seen[name] == nil {
            contents.remove(name)
            read[name] = nil
            refused.remove(name)
            hasChanged = true
        }
        seen = files
        if !hasBeenWhole, !files.isEmpty, read == files, contents.problems.isEmpty {
            hasBeenWhole = true
            hasChanged = true
        }
        return hasChanged
    }

    private mutating func set(_ problem: FolderProblem?) -> Bool {
        defer { folderProblem = problem }
        return folderProblem != problem
    }

    /// The files that are read, and those that go beyond the limits.
    private func states(of listing: FolderListing) -> [String: FileState] {
        var states: [String: FileState] = [:]
        var bytes = 0
        for (index, (name, file)) in listing.files.sorted(by: { $0.key < $1.key }).enumerated() {
            switch file {
            case _ where index >= limits.files: states[name] = .tooMany
            case .failure(let problem): states[name] = .problem(problem)
            case .success(let signature) where signature.size > limits.bytes - bytes: states[name] = .tooLarge
            case .success(let signature):
                bytes += signature.size
                states[name] = .there(signature)
            }
        }
        return states
    }

    /// Takes in what a file is now; returns whether that is something new.
    private mutating func takeIn(_ name: String, _ file: FileState) -> Bool {
        refused.remove(name)
        let place = ManifestPlace(name)
        switch file {
        case .tooMany: return contents.fail(name, ManifestProblem(place, .tooManyFiles(limit: limits.files)))
        case .tooLarge: return contents.fail(name, ManifestProblem(place, .tooLarge(limit: limits.bytes)))
        case .problem(let problem): return contents.fail(name, ManifestProblem(place, .unreadable("\(problem)")))
        case .there:
            do throws(FileProblem) {
                guard let (bytes, _) = try FileBytes.read("\(path)/\(name)", limit: limits.bytes) else {
                    return contents.fail(name, ManifestProblem(place, .tooLarge(limit: limits.bytes)))
                }
                do throws(ManifestProblem) {
                    contents.set(name, try FileReading(bytes, of: name, limits: limits))
                    return true
                } catch {
                    return contents.fail(name, error)
                }
            } catch {
                refused.insert(name)
                return contents.fail(name, ManifestProblem(place, .unreadable("\(error)")))
            }
        }
    }

    // MARK: The plan

    private mutating func newState() -> FolderState {
        var next = FolderState()
        let (objects, duplicates) = contents.objects
        next.problems = (contents.problems + duplicates).sorted { $0.place < $1.place }
        let reason: String? =
            switch folderProblem {
            case .unreadable(let problem): "\(problem)"
            case .emptyInPlaceOfAnother: "another folder is in its place, and it is empty"
            case nil: nil
            }
        if let reason { next.problems.insert(ManifestProblem(ManifestPlace(path), .unreadable(reason)), at: 0) }
        next.notes = contents.notes
        next.remarks = objects.values.sorted { $0.identity < $1.identity }.flatMap { object in
            object.remarks.map { FolderState.Remark(object: object.identity, place: object.place, text: $0) }
        }
        next.recordProblem = record.problem.map { .unreadable(path: recordPath, $0) }
        guard let known = record.lastGood, folder != nil else { return next }
        guard hasBeenWhole || !waitsUntilWhole else {
            next.hold = seen.isEmpty ? .empty(path: path) : .incomplete(path: path)
            return next
        }
        let plan = FolderPlan(objects, record: known, isWhole: hasBeenWhole)
        next.plan = plan
        if writesRecord, record.problem == nil, plan.record != known || record.isMissing && !plan.routers.isEmpty {
            do {
                try record.write(plan.record, to: recordPath)
            } catch {
                next.recordProblem = .unwritable(path: recordPath, "\(error)")
            }
        }
        return next
    }
}

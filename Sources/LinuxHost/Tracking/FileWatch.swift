import Glibc
import VRRP
import VRRPEngine

/// Follows the numbers in tracked files.
///
/// What is watched is the directory of a file, so that one that comes, goes or is replaced is noticed like one that is
/// written; of a link, that of the file behind it as well. Where a directory is not there yet or cannot be watched, its
/// files are read again and again.
struct FileWatch: ~Copyable {
    /// How often the files of directories that are not watched are read.
    private static let retryInterval = Nanoseconds.seconds(1)

    private struct Entry {
        let definition: TrackedFileDefinition
        /// The directories that are watched for it, with the names that matter in them.
        var places: [(directory: DirectoryWatch.Directory, name: String)] = []
        /// Whether changes are told, or the file has to be read again and again.
        var isWatched = false
        /// Whether links lead to it, so that anything in its directory may be one of them.
        var isBehindLink = false
        var observation: FileObservation
    }

    private let directories: DirectoryWatch
    private var entries: [Entry] = []
    private(set) var deadline = Instant.distantFuture

    /// Follows nothing.
    init() throws(SystemCallError) { directories = try DirectoryWatch() }

    /// What is ready when a file may have changed.
    var fileDescriptor: Int32 { directories.fileDescriptor }

    /// Follows these files and no others.
    mutating func follow(_ definitions: [TrackedFileDefinition], at now: Instant) -> [FileObservation] {
        let old = Dictionary(entries.map { ($0.definition, $0) }) { first, _ in first }
        for entry in entries {
            for place in entry.places { directories.unwatch(place.directory) }
        }
        // The kernel tells of the end of each watch, which must not be taken for that of a new one of the same number.
        _ = directories.changes()
        entries = definitions.map { definition in
            let observation = old[definition]?.observation ?? FileObservation(definition, number: 0)
            return Entry(definition: definition, observation: observation)
        }
        return look(at: Set(entries.indices), now)
    }

    /// Takes in what has happened in directories.
    mutating func takeChanges(at now: Instant) -> [FileObservation] {
        let changes = directories.changes()
        var affected: Set<Int> = []
        for (index, entry) in entries.enumerated() {
            let isAffected = changes.contains { change in
                switch change {
                case .unknown: true
                case .gone(let directory): entry.places.contains { $0.directory == directory }
                case .file(let name, let directory):
                    entry.places.contains { $0.directory == directory && ($0.name == name || entry.isBehindLink) }
                }
            }
            if isAffected { affected.insert(index) }
        }
        return affected.isEmpty ? [] : look(at: affected, now)
    }

    /// Reads what is not watched, once its time has come.
    mutating func retry(at now: Instant) -> [FileObservation] {
        guard deadline <= now else { return [] }
        return look(at: Set(entries.indices.filter { !entries[$0].isWatched }), now)
    }

    /// Watches the directories of files as they are now, reads the files, and tells of those that say something new.
    private mutating func look(at indices: Set<Int>, _ now: Instant) -> [FileObservation] {
        var news: [FileObservation] = []
        for index in indices.sorted() {
            // First the watch, then the reading: what happens between the two is told.
            watchPlaces(index)
            let path = entries[index].definition.path
            let reading = TrackedFileReading.read(path)
            var observation = entries[index].observation
            observation.number = reading.number ?? observation.number
            observation.problem = reading.problem
            guard observation != entries[index].observation else { continue }
            entries[index].observation = observation
            news.append(observation)
        }
        if entries.allSatisfy(\.isWatched) {
            deadline = .distantFuture
        } else if deadline <= now || deadline == .distantFuture {
            deadline = now + Self.retryInterval
        }
        return news
    }

    private mutating func watchPlaces(_ index: Int) {
        let path = entries[index].definition.path
        var paths = [path]
        if let resolved = realpath(path, nil) {
            let file = String(cString: resolved)
            free(resolved)
            if file != path { paths.append(file) }
        }
        entries[index].isBehindLink = paths.count > 1
        var places: [(directory: DirectoryWatch.Directory, name: String)] = []
        var isWatched = true
        for path in paths {
            let slash = path.lastIndex(of: "/") ?? path.startIndex
            let folder = path[..<slash]
            do throws(SystemCallError) {
                let directory = try directories.watch(folder.isEmpty ? "/" : String(folder))
                places.append((directory, String(path[slash...].dropFirst())))
            } catch { isWatched = false }
        }
        entries[index].places = places
        entries[index].isWatched = isWatched
    }
}

import VIPPlanning

/// What is known of a folder: of each file what it says, or what it said last when it could be read.
struct FolderContents {
    private var files: [String: File] = [:]

    private struct File {
        var objects: [PlacedObject] = []
        var problems: [ManifestProblem] = []
        var notes: [ManifestNote] = []
    }

    /// Takes in what a file says now.
    ///
    /// An object that is there and cannot be used stays what it was. Where a document does not say which object it is, it may
    /// be any that the file had.
    mutating func set(_ file: String, _ reading: FileReading) {
        let new = Set(reading.objects.map(\.identity))
        let stays = (files[file]?.objects ?? []).filter { old in
            !new.contains(old.identity) && (reading.hasNamelessObject || reading.broken.contains(old.identity))
        }
        files[file] = File(objects: reading.objects + stays, problems: reading.problems, notes: reading.notes)
    }

    /// A file cannot be read: its objects stay what they were.
    ///
    /// - Returns: Whether that is news.
    mutating func fail(_ file: String, _ problem: ManifestProblem) -> Bool {
        guard files[file]?.problems != [problem] else { return false }
        files[file, default: File()].problems = [problem]
        return true
    }

    /// A file exists no more.
    mutating func remove(_ file: String) { files[file] = nil }

    /// Each object once; of those that are there several times the first in the order of files counts.
    var objects: (all: [ObjectIdentity: PlacedObject], duplicates: [ManifestProblem]) {
        var all: [ObjectIdentity: PlacedObject] = [:]
        var duplicates: [ManifestProblem] = []
        for (_, file) in files.sorted(by: { $0.key < $1.key }) {
            for object in file.objects {
                if let first = all[object.identity] {
                    duplicates.append(ManifestProblem(object.place, .duplicate(of: first.place)))
                } else {
                    all[object.identity] = object
                }
            }
        }
        return (all, duplicates)
    }

    /// What keeps files and objects from being used, in the order of their places.
    var problems: [ManifestProblem] { files.values.flatMap(\.problems).sorted { $0.place < $1.place } }

    /// What is not used, in the order of the places.
    var notes: [ManifestNote] { files.values.flatMap(\.notes).sorted { $0.place < $1.place } }
}

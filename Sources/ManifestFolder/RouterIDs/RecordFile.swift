import FileReplacement

/// The file of a record of identifiers, and what it said last when it could be read.
struct RecordFile {
    /// What counts; empty where there has never been a file, nil where there is one that has never been readable.
    private(set) var lastGood: RouterIDRecord?
    /// Why the file cannot be read; nil where it can, or where there is none.
    private(set) var problem: RouterIDRecordError?
    /// Whether there is no file.
    private(set) var isMissing = false

    private var read: FileSignature?
    private var seen: FileSignature?

    /// Looks at the file, and reads it where it has changed since the look before the last.
    ///
    /// - Returns: Whether something is different.
    mutating func look(at path: String, isFirst: Bool) -> Bool {
        let before = (lastGood, problem, isMissing)
        do {
            let signature = try FileSignature(ofFileAt: path)
            isMissing = false
            if signature != read, isFirst || signature == seen { takeIn(path) }
            seen = signature
        } catch  where error.isAbsence {
            // A file that goes takes no number with it.
            if lastGood == nil { lastGood = RouterIDRecord() }
            (isMissing, problem, read, seen) = (true, nil, nil, nil)
        } catch {
            problem = .unreadable("\(error)")
        }
        return before != (lastGood, problem, isMissing)
    }

    private mutating func takeIn(_ path: String) {
        do throws(FileProblem) {
            guard let (bytes, signature) = try FileBytes.read(path, limit: RouterIDRecord.longestFile) else {
                problem = .wrong("is longer than \(RouterIDRecord.longestFile) bytes")
                return
            }
            read = signature
            do throws(RouterIDRecordError) {
                lastGood = try RouterIDRecord(json: bytes)
                problem = nil
            } catch {
                problem = error
            }
        } catch {
            problem = .unreadable("\(error)")
        }
    }

    /// Replaces the file, unless somebody else has done so since it was read: then the next look reads that.
    mutating func write(_ record: RouterIDRecord, to path: String) throws(FileProblem) {
        let current = try? FileSignature(ofFileAt: path)
        guard current == read else { return }
        // The name is hidden, so that nobody takes it for a manifest.
        var replacement = FileReplacement(of: path, temporaryName: .unique(".router-ids-"))
        replacement.followsLinks = true
        replacement.durability = .new
        do { try replacement.write(Array(record.json.utf8)) } catch { throw FileProblem(error.errorNumber) }
        lastGood = record
        isMissing = false
        read = try? FileSignature(ofFileAt: path)
        seen = read
    }
}

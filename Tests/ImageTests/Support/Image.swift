import Foundation
import NetworkLab
import Testing

/// The image as `make image` has made it.
enum Image {
    /// Its root file system.
    static let root = "\(project)/.build-image/root"

    /// The script that runs a program in it.
    static let container = "\(project)/Tests/ImageTests/container"

    /// The directory of the project.
    static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../..").standardized.path

    /// Why nothing can be run in it; nil when something can.
    static let shortcoming: String? = {
        let shortcomings = Prerequisite.shortcomings(of: Prerequisite.lab)
        guard shortcomings.isEmpty else { return shortcomings.joined(separator: "; ") }
        let isMade = FileManager.default.fileExists(atPath: "\(root)/usr/sbin/keepalived")
        return isMade ? nil : "needs the image, which `make image` makes"
    }()
}

extension Trait where Self == ConditionTrait {
    /// Skips a test where there is no image, and says so; with `CI=true` nothing is skipped.
    static var needsImage: Self {
        .enabled(if: Prerequisite.isRequired || Image.shortcoming == nil, "\(Image.shortcoming ?? "")")
    }
}

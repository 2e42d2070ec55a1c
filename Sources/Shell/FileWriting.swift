import FoundationEssentials

/// Files that the program writes for people.
enum FileWriting {
  /// Writes a whole file or nothing: beside it first, then in its place.
  /// - Throws: `Stop`
  static func write(_ text: String, to path: String) throws(Stop) {
    do { try Data(text.utf8).write(to: URL(filePath: path), options: .atomic) } catch { throw Stop("\(path): \(error)") }
  }

  /// Makes a folder and those above it; what cannot be made fails when it is written to.
  static func makeFolder(_ path: String) {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}

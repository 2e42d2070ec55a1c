import FoundationEssentials

/// Files that the program writes for people.
enum FileWriting {
  /// Writes a whole file or nothing: beside it first, then in its place, with the rights that the one there has.
  /// - Throws: `Stop`
  static func write(_ text: String, to path: String) throws(Stop) {
    do {
      let rights = try? FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
      if let rights { try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path) }
    } catch { throw Stop("\(path): \(error)") }
  }

  /// The file that a path leads to, through links, so that the link stays one.
  static func target(of path: String) -> String { URL(filePath: path).resolvingSymlinksInPath().path }

  /// Makes a folder and those above it; what cannot be made fails when it is written to.
  static func makeFolder(_ path: String) {
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }
}

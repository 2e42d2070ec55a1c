#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Folders and files as the system knows them, without the cost of a file manager at every start.
package enum Folder {
  /// The names in a folder, sorted so that nothing depends on the file system's order; hidden ones are left out.
  ///
  ///     Folder.names(in: "lexicon")  // ["en", "shared", "zh"]
  ///
  /// Empty if it is no folder or cannot be read.
  package static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}

/// Size and time of change of a file.
package struct FileFacts {
  /// In bytes.
  package let size: Int
  /// Seconds and nanoseconds since 1970, `1790000000.120000000`: to tell versions apart, not to reckon with.
  package let changed: String

  /// Nil if there is no such file.
  package init?(_ path: String) {
    var facts = stat()
    guard stat(path, &facts) == 0 else { return nil }
    size = Int(facts.st_size)
    #if canImport(Darwin)
      changed = "\(facts.st_mtimespec.tv_sec).\(facts.st_mtimespec.tv_nsec)"
    #else
      changed = "\(facts.st_mtim.tv_sec).\(facts.st_mtim.tv_nsec)"
    #endif
  }
}

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif
import Governance
import Metrics
import Snapshots

/// The files that people write and that every start depends on: words, rules, and a dataset's dictionary and policy.
struct StartFiles {
  /// In the order they are read.
  let paths: [String]

  init(home: Home, folder: String) {
    let words = ["lexicon", "grammar"].flatMap { kind -> [String] in
      let top = home.path + "/" + kind
      return Directory.names(in: top).flatMap { language in
        // What is known of misspelling is read only when it is needed.
        Directory.names(in: top + "/" + language).filter { !$0.hasSuffix(".spelling") }.map { top + "/" + language + "/" + $0 }
      }
    }
    paths = words + (DictionaryReader.files + ["policy.yaml"]).map { folder + "/" + $0 }
  }

  /// A hash of their names and of every byte in them, and of the program itself: another build may read them otherwise.
  func contentHash() -> UInt64 {
    var writer = SnapshotWriter()
    writer.write(Self.program())
    for path in paths {
      writer.write(path)
      guard let bytes = SnapshotBytes(mapping: path) else { continue }
      writer.append(uint64: bytes.checksum())
      writer.write(bytes.count)
    }
    return SnapshotBytes(writer.bytes).checksum()
  }

  /// Size and time of change of the running program.
  private static func program() -> String {
    var facts = stat()
    guard stat("/proc/self/exe", &facts) == 0 || stat(CommandLine.arguments.first ?? "", &facts) == 0 else { return "" }
    #if canImport(Darwin)
      return "\(facts.st_size) \(facts.st_mtimespec.tv_sec).\(facts.st_mtimespec.tv_nsec)"
    #else
      return "\(facts.st_size) \(facts.st_mtim.tv_sec).\(facts.st_mtim.tv_nsec)"
    #endif
  }
}

/// Names in a folder, without the cost of a file manager.
enum Directory {
  /// Sorted, without hidden ones; none if it is no folder.
  static func names(in folder: String) -> [String] {
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

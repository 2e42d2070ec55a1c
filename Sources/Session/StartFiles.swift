#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif
import Governance
import Metrics
import Snapshots
import SourceText

/// The files that people write and that every start depends on: words, rules, and a dataset's dictionary and policy.
struct StartFiles {
  /// In the order they are read.
  let paths: [String]

  init(home: Home, folder: String) {
    let words = ["lexicon", "grammar"].flatMap { kind -> [String] in
      let top = home.path + "/" + kind
      return Folder.names(in: top).flatMap { language in
        // What is known of misspelling and of the headers of tables is read only when it is needed.
        Folder.names(in: top + "/" + language).filter { !$0.hasSuffix(".spelling") && !$0.hasSuffix(".yaml") }.map { top + "/" + language + "/" + $0 }
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

  /// Names, sizes and times of change, without a look inside.
  struct Facts: Equatable {
    var hash: UInt64
    /// When the file that changed last did, in nanoseconds since 1970.
    var newest: Int
  }

  /// Far cheaper than `contentHash`: what it was the last time says that no file has changed since, but for one that was
  /// written just before and once more within the same tick of the file system's clock.
  func facts() -> Facts {
    var writer = SnapshotWriter()
    writer.write(Self.program())
    var newest = 0
    for path in paths {
      writer.write(path)
      var facts = stat()
      guard stat(path, &facts) == 0 else { continue }
      let changed = facts.changedNanoseconds
      newest = max(newest, changed)
      for number in [Int(facts.st_size), changed, Int(facts.st_ino)] { writer.append(uint64: UInt64(bitPattern: Int64(number))) }
    }
    return Facts(hash: SnapshotBytes(writer.bytes).checksum(), newest: newest)
  }

  /// Size and time of change of the running program.
  private static func program() -> String {
    let facts = FileFacts("/proc/self/exe") ?? CommandLine.arguments.first.flatMap { FileFacts($0) }
    return facts.map { "\($0.size) \($0.changed)" } ?? ""
  }
}

extension stat {
  /// When the contents changed last, in nanoseconds since 1970.
  var changedNanoseconds: Int {
    #if canImport(Darwin)
      st_mtimespec.tv_sec * 1_000_000_000 + st_mtimespec.tv_nsec
    #else
      st_mtim.tv_sec * 1_000_000_000 + st_mtim.tv_nsec
    #endif
  }
}

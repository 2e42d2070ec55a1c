#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif
import Governance
import Metrics
import Parsing
import Snapshots
import Warehouse

/// What a start knows before the first question: the dictionary, the policy, the compiled grammar with the names of all values.
struct Knowledge {
  var dictionary: MetricDictionary
  var policy: Policy?
  var grammar: CompiledGrammar
  /// The data whose values the grammar knows.
  var dataVersion: String
}

/// Knowledge kept in a file of the cache folder, so that a start maps it instead of reading and checking words, rules and YAML.
///
/// It is only a short cut: a file that is missing, stale, damaged or of another build is passed over and replaced. A new one
/// is written aside and renamed into place, so two starts at once, or one that is killed, leave a whole file or none.
struct KeptKnowledge {
  private static let magic: UInt64 = 0x6b6e_6f77_6e20_3031  // "known 01"
  /// magic, content hash, checksum of the rest
  private static let headerSize = 24

  let path: String
  let contentHash: UInt64

  /// - Parameters:
  ///   - cacheFolder: where built warehouses are kept too.
  ///   - folder: the dataset's.
  ///   - contentHash: of the files that are read at start.
  init(cacheFolder: String, folder: String, contentHash: UInt64) {
    path = cacheFolder + "/known-" + WarehouseBuilder.folderHash(folder) + ".snapshot"
    self.contentHash = contentHash
  }

  /// What was kept for just these files; nil if it has to be read anew.
  func read() -> Knowledge? {
    guard let file = SnapshotBytes(mapping: path), file.count > Self.headerSize, file.uint64(0) == Self.magic,
      file.uint64(8) == contentHash
    else { return nil }
    let body = file[Self.headerSize..<file.count]
    guard body.checksum() == file.uint64(16) else { return nil }
    return Self.knowledge(body)
  }

  private static func knowledge(_ body: SnapshotBytes) -> Knowledge {
    var reader = SnapshotReader(body)
    let dataVersion = reader.read(String.self)
    let dictionary = reader.read(MetricDictionary.self)
    let policy = reader.read(Policy?.self)
    let size = reader.read(Int.self)
    let grammar = CompiledGrammar(body[reader.position..<(reader.position + size)])
    return Knowledge(dictionary: dictionary, policy: policy, grammar: grammar, dataVersion: dataVersion)
  }

  /// Keeps knowledge for the next start. Nothing is kept, and nobody is told, where the folder cannot be written: the next
  /// start takes a little longer. Nor if it would read back as something else than it is: a field that nobody stores.
  func keep(_ knowledge: Knowledge) {
    guard let body = Self.body(knowledge) else { return }
    var header = SnapshotWriter()
    header.append(uint64: Self.magic)
    header.append(uint64: contentHash)
    header.append(uint64: body.checksum())
    let temporary = path + ".writing-\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    let written = [SnapshotBytes(header.bytes), body].allSatisfy { part in
      part.withBytes { Self.writeAll($0, to: file) }
    }
    if close(file) != 0 || !written || rename(temporary, path) != 0 { unlink(temporary) }
  }

  /// nil if it does not read back as it is.
  static func body(_ knowledge: Knowledge) -> SnapshotBytes? {
    var writer = SnapshotWriter()
    writer.write(knowledge.dataVersion)
    writer.write(knowledge.dictionary)
    writer.write(knowledge.policy)
    writer.write(knowledge.grammar.bytes.count)
    knowledge.grammar.bytes.withBytes { writer.append(contentsOf: $0) }
    let body = SnapshotBytes(writer.bytes)
    let again = Self.knowledge(body)
    return again.dictionary == knowledge.dictionary && again.policy == knowledge.policy ? body : nil
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = write(file, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { return false }
      done += count
    }
    return true
  }
}

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
  /// What can be summed up under the dictionary.
  var rollups: KeptRollups
}

/// What can be summed up under a dictionary: read, or else worked out, when the first question is planned.
struct KeptRollups: Sendable {
  private let bytes: SnapshotBytes?
  private let dictionary: MetricDictionary

  init(_ dictionary: MetricDictionary, kept bytes: SnapshotBytes? = nil) { (self.dictionary, self.bytes) = (dictionary, bytes) }

  var definitions: RollupDefinitions {
    guard let bytes else { return RollupDefinitions(dictionary) }
    var reader = SnapshotReader(bytes)
    return reader.read()
  }
}

/// Knowledge kept in a file of the cache folder, so that a start maps it instead of reading and checking words, rules and YAML.
///
/// It is only a short cut: a file that is missing, stale, damaged or of another build is passed over and replaced. A new one
/// is written aside and renamed into place, so two starts at once, or one that is killed, leave a whole file or none.
struct KeptKnowledge {
  private static let magic: UInt64 = 0x6b6e_6f77_6e20_3033  // "known 03"
  /// magic, content hash, checksum of the rest, hash of the files' facts
  private static let headerSize = 32
  private static let factsPlace = 24
  /// A file that changed so shortly before its facts were noted may have changed again without a trace in them; in nanoseconds.
  private static let clockTick = 2_000_000_000

  let path: String
  private let files: StartFiles
  /// Of the files as they were when `read` was called.
  private(set) var contentHash: UInt64 = 0

  /// - Parameters:
  ///   - cacheFolder: where built warehouses are kept too.
  ///   - folder: the dataset's.
  ///   - files: what is read at start.
  init(cacheFolder: String, folder: String, files: StartFiles) {
    path = cacheFolder + "/known-" + WarehouseBuilder.folderHash(folder) + ".snapshot"
    self.files = files
  }

  /// What was kept for just these files; nil if it has to be read anew.
  ///
  /// Files whose names, sizes and times are those noted are not read again, and neither is the whole snapshot where its own
  /// time of change is the one it was given when it was written whole.
  mutating func read() -> Knowledge? {
    var own = stat()
    guard stat(path, &own) == 0, let file = SnapshotBytes(mapping: path), file.count > Self.headerSize, file.uint64(0) == Self.magic
    else {
      contentHash = files.contentHash()
      return nil
    }
    let facts = files.facts()
    if file.uint64(Self.factsPlace) == facts.hash, facts.newest + Self.clockTick < own.changedNanoseconds {
      contentHash = file.uint64(8)
    } else {
      contentHash = files.contentHash()
      guard file.uint64(8) == contentHash else { return nil }
      note(facts, checksum: file.uint64(16))
    }
    let body = file[Self.headerSize..<file.count]
    let isAsWritten = own.changedNanoseconds % 1_000_000_000 == Self.stamp(file.uint64(16))
    guard isAsWritten || body.checksum() == file.uint64(16) else { return nil }
    return Self.knowledge(body)
  }

  /// The nanoseconds of the time of change that a whole snapshot is given: whoever writes to the file afterwards changes them.
  private static func stamp(_ checksum: UInt64) -> Int { Int(checksum % 1_000_000_000) }

  /// Notes the facts of files that were found to be the same by their contents.
  private func note(_ facts: StartFiles.Facts, checksum: UInt64) {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    defer { close(file) }
    var own = stat()
    // Damage must not be stamped as whole.
    guard fstat(file, &own) == 0, own.changedNanoseconds % 1_000_000_000 == Self.stamp(checksum) else { return }
    var hash = facts.hash.littleEndian
    guard pwrite(file, &hash, 8, off_t(Self.factsPlace)) == 8 else { return }
    Self.stamp(file, checksum)
  }

  private static func stamp(_ file: Int32, _ checksum: UInt64) {
    var own = stat()
    guard fstat(file, &own) == 0 else { return }
    let changed = timespec(tv_sec: own.changedNanoseconds / 1_000_000_000, tv_nsec: stamp(checksum))
    _ = futimens(file, [changed, changed])
  }

  private static func knowledge(_ body: SnapshotBytes) -> Knowledge {
    var reader = SnapshotReader(body)
    let dataVersion = reader.read(String.self)
    let dictionary = reader.read(MetricDictionary.self)
    let policy = reader.read(Policy?.self)
    let (size, rollupSize) = (reader.read(Int.self), reader.read(Int.self))
    let (start, end) = (reader.position, reader.position + size)
    let grammar = CompiledGrammar(body[start..<end])
    // Nothing is kept of what does not read back as it is.
    let rollups = rollupSize == 0 ? nil : body[end..<(end + rollupSize)]
    return Knowledge(
      dictionary: dictionary, policy: policy, grammar: grammar, dataVersion: dataVersion, rollups: KeptRollups(dictionary, kept: rollups))
  }

  /// Keeps knowledge for the next start. Nothing is kept, and nobody is told, where the folder cannot be written: the next
  /// start takes a little longer. Nor if it would read back as something else than it is: a field that nobody stores.
  func keep(_ knowledge: Knowledge) {
    guard let body = Self.body(knowledge) else { return }
    var header = SnapshotWriter()
    header.append(uint64: Self.magic)
    let checksum = body.checksum()
    header.append(uint64: contentHash)
    header.append(uint64: checksum)
    header.append(uint64: files.facts().hash)
    let temporary = path + ".writing-\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    let written = [SnapshotBytes(header.bytes), body].allSatisfy { part in
      part.withBytes { Self.writeAll($0, to: file) }
    }
    if written { Self.stamp(file, checksum) }
    if close(file) != 0 || !written || rename(temporary, path) != 0 { unlink(temporary) }
  }

  /// nil if it does not read back as it is.
  static func body(_ knowledge: Knowledge) -> SnapshotBytes? {
    var writer = SnapshotWriter()
    writer.write(knowledge.dataVersion)
    writer.write(knowledge.dictionary)
    writer.write(knowledge.policy)
    let rollups = rollups(knowledge.rollups.definitions)
    writer.write(knowledge.grammar.bytes.count)
    writer.write(rollups.count)
    knowledge.grammar.bytes.withBytes { writer.append(contentsOf: $0) }
    writer.append(contentsOf: rollups)
    let body = SnapshotBytes(writer.bytes)
    let again = Self.knowledge(body)
    return again.dictionary == knowledge.dictionary && again.policy == knowledge.policy ? body : nil
  }

  /// Empty if they do not read back as they are.
  private static func rollups(_ definitions: RollupDefinitions) -> [UInt8] {
    var writer = SnapshotWriter()
    writer.write(definitions)
    var reader = SnapshotReader(SnapshotBytes(writer.bytes))
    return reader.read(RollupDefinitions.self) == definitions ? writer.bytes : []
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

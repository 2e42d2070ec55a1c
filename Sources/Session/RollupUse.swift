import CivilTime
import Glibc
import Planning
import SourceText
import Synchronization
import Warehouse

/// How often each rollup served, and what questions had to read row by row, beside the warehouse in the cache folder.
///
/// Only tables, units of time and names of dimensions are kept, no question and no value. Counts are gathered in memory and added
/// to the file at the end of a command by one write under a lock.
package final class RollupUse: Sendable {
  /// What was counted.
  package enum Event: Hashable, Sendable {
    case used(String)
    case scanned(RollupNeed)
    /// Single rows were looked at, which no rollup has.
    case rows(String)
  }

  private static let limit = 1 << 20
  private let path: String
  private let counts = Mutex<[Event: Int]>([:])

  init(folder: String, cacheFolder: String) {
    path = cacheFolder + "/rollups-" + WarehouseBuilder.folderHash(folder) + ".log"
  }

  /// Counts what the steps of a plan are read from.
  func note(_ plan: Plan, _ catalog: RollupCatalog) {
    if catalog.rollups.isEmpty { return }
    var events: [Event] = []
    let steps = StepOrder.steps(of: plan.root)
    for source in plan.sources {
      guard let step = steps.first(where: { $0.name == source.step }), case .select(let select) = step.operation else { continue }
      if let kept = step.rollup { events.append(.used(kept.rollup)) } else if catalog.bases.contains(where: { $0.table == source.table }) {
        events.append(catalog.need(select).map { .scanned($0) } ?? .rows(source.table))
      }
    }
    counts.withLock { counts in for event in events { counts[event, default: 0] += 1 } }
  }

  /// Adds what was counted to the file. Nothing happens where it cannot be written.
  package func keep() {
    let counted = counts.withLock { counts in
      defer { counts = [:] }
      return counts
    }
    if counted.isEmpty { return }
    let file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { return }
    defer { close(file) }
    var facts = stat()
    guard flock(file, LOCK_EX) == 0, fstat(file, &facts) == 0, facts.st_size < Self.limit else { return }
    let lines = counted.map { Self.line($0, $1) }.sorted().joined()
    let bytes = Array(lines.utf8)
    _ = write(file, bytes, bytes.count)
  }

  /// Everything counted so far.
  package func all() -> [Event: Int] {
    var all: [Event: Int] = [:]
    for line in ((try? SourceFile.read(path)) ?? "").split(separator: "\n") {
      if let (event, count) = Self.event(line) { all[event, default: 0] += count }
    }
    for (event, count) in counts.withLock({ $0 }) { all[event, default: 0] += count }
    return all
  }

  /// Forgets everything.
  package func clear() { unlink(path) }

  private static func line(_ event: Event, _ count: Int) -> String {
    switch event {
    case .used(let name): "used\t\(count)\t\(name)\n"
    case .rows(let table): "rows\t\(count)\t\(table)\n"
    case .scanned(let need):
      "scanned\t\(count)\t" + ([need.table, need.grain.rawValue, need.hasMembers ? "members" : ""] + need.keys).joined(separator: "\t") + "\n"
    }
  }

  private static func event(_ line: Substring) -> (Event, Int)? {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count >= 3, let count = Int(fields[1]) else { return nil }
    switch fields[0] {
    case "used": return (.used(fields[2]), count)
    case "rows": return (.rows(fields[2]), count)
    case "scanned":
      guard fields.count >= 5, let grain = Grain(rawValue: fields[3]) else { return nil }
      return (.scanned(RollupNeed(table: fields[2], grain: grain, keys: Array(fields[5...]), hasMembers: fields[4] == "members")), count)
    default: return nil
    }
  }
}

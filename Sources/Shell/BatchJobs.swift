import Answers
import Dispatch
import Session
import Synchronization

/// Answers the questions of a batch on several cores. Each core has the warehouse open for itself; answers are told in the
/// order of the file.
struct BatchJobs {
  private let setup: Setup
  private let workspaces: [Workspace]
  /// What each core answered before.
  private let kept: [KeptAnswers]
  /// How many conversations each core is given at a time.
  private static let portion = 16

  /// - Throws: `Stop` if the dataset cannot be opened once more.
  init(_ setup: Setup, _ first: Workspace, count: Int) throws(Stop) {
    self.setup = setup
    var workspaces = [first]
    for _ in 1..<max(1, count) { workspaces.append(try setup.open(first.folder)) }
    self.workspaces = workspaces
    kept = workspaces.map { KeptAnswers($0) }
  }

  func run(_ reader: inout BatchReader, _ run: inout BatchRun) throws(Stop) {
    var next = reader.next()
    while next != nil, !run.isOver {
      var threads: [[BatchEntry]] = []
      while let entry = next, threads.count < workspaces.count * Self.portion || entry.follows {
        if entry.follows, !threads.isEmpty { threads[threads.count - 1].append(entry) } else { threads.append([entry]) }
        next = reader.next()
      }
      for (entries, answers) in zip(threads, answered(threads)) {
        for (entry, answer) in zip(entries, answers) { run.tell(entry, answer) }
      }
    }
  }

  /// The answers of each conversation. Whichever core is free takes the next one.
  private func answered(_ threads: [[BatchEntry]]) -> [[Answer]] {
    let results = Mutex<[[Answer]]>(Array(repeating: [], count: threads.count))
    let taken = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: workspaces.count) { core in
      var asking = BatchAsking(setup, workspaces[core], kept: kept[core], isOneOfMany: true)
      while true {
        let index = taken.withLock { index in
          defer { index += 1 }
          return index
        }
        if index >= threads.count { return }
        let answers = threads[index].map { asking.answer($0) }
        results.withLock { $0[index] = answers }
      }
    }
    return results.withLock { $0 }
  }
}

extension BatchEntry {
  /// Whether it goes on with the conversation before it.
  var follows: Bool { if case .item(let item) = self { item.follows } else { false } }
}

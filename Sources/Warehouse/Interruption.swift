import Synchronization

/// Whether the person has asked to stop. It holds until it is taken back, so that it is not lost where it comes between two
/// queries, or while the question is still being read.
final class Interruption: Sendable {
  private let asked = Atomic<Bool>(false)

  var isAsked: Bool { asked.load(ordering: .relaxed) }
  func ask() { asked.store(true, ordering: .relaxed) }
  func takeBack() { asked.store(false, ordering: .relaxed) }
}

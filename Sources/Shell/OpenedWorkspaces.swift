import Session
import Synchronization

/// The datasets that a command has opened, whose counts of use are kept when it ends.
enum OpenedWorkspaces {
  private static let opened = Mutex<[Workspace]>([])

  static func add(_ workspace: Workspace) { opened.withLock { $0.append(workspace) } }

  static func keepUse() {
    let all = opened.withLock { opened in
      defer { opened = [] }
      return opened
    }
    for workspace in all { workspace.rollupUse.keep() }
  }
}

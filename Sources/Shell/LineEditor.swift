import CReadline
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Session
import Synchronization

/// Lines typed at a terminal: editing, history, completion, Ctrl-C. The only file that knows readline.
///
/// Readline is one per process, and so is this.
enum LineEditor {
  enum Line: Hashable {
    case text(String)
    /// Ctrl-C at the prompt: the line is given up.
    case interrupted
    /// Ctrl-D.
    case end
  }

  private struct Hooks {
    var completions: @Sendable (String) -> Completions = { _ in Completions() }
    var interrupt: (@Sendable () -> Void)?
    /// Counts what the completions were made for, so that names read for another dataset come too late.
    var turn = 0
  }
  private static let hooks = Mutex(Hooks())
  private static let historyFile = Surroundings.historyFile()

  /// Takes over the terminal and Ctrl-C. Call it before other threads are started.
  static func start() {
    wenshu_readline_start("wenshu", { LineEditor.completer($0) }, { LineEditor.interrupted() })
    guard let historyFile else { return }
    makeFolder(above: historyFile)
    _ = wenshu_history_load(historyFile, 1000)
  }

  /// What Tab offers, given the text before the cursor, until there is something better for the same turn.
  ///
  /// - Returns: the turn.
  static func startCompleting(with completions: @escaping @Sendable (String) -> Completions) -> Int {
    hooks.withLock {
      $0.completions = completions
      $0.turn += 1
      return $0.turn
    }
  }

  /// What Tab offers from now on, unless another turn has begun.
  static func complete(in turn: Int, with completions: @escaping @Sendable (String) -> Completions) {
    hooks.withLock { if $0.turn == turn { $0.completions = completions } }
  }

  /// What is offered now.
  static func completions(of text: String) -> Completions { hooks.withLock { $0.completions }(text) }

  /// What Ctrl-C does while a question is answered. Nil: it ends the program, as it does before there is anything to stop.
  static func onInterrupt(_ action: (@Sendable () -> Void)?) { hooks.withLock { $0.interrupt = action } }

  static func read(prompt: String) -> Line {
    var end: Int32 = 0
    guard let line = wenshu_readline(prompt, &end) else {
      return end == Int32(WENSHU_LINE_INTERRUPTED.rawValue) ? .interrupted : .end
    }
    defer { free(line) }
    return .text(String(cString: line))
  }

  /// Remembers a line; one that begins with a space is private.
  static func remember(_ line: String) {
    if line.isEmpty || line.hasPrefix(" ") { return }
    _ = wenshu_history_add(line, historyFile)
  }

  private static func completer(_ text: UnsafePointer<CChar>?) -> UnsafeMutablePointer<CChar>? {
    guard let text else { return nil }
    let completions = hooks.withLock { $0.completions }(String(cString: text))
    if completions.lines.isEmpty { return nil }
    let lines = completions.lines.enumerated().map { index, line in
      index < completions.notes.count && !completions.notes[index].isEmpty ? line + "\t" + completions.notes[index] : line
    }
    return strdup("\(completions.shownFrom)\n" + lines.joined(separator: "\n"))
  }

  private static func interrupted() {
    guard let action = hooks.withLock({ $0.interrupt }) else { _exit(130) }
    action()
  }

  private static func makeFolder(above file: String) {
    var path = ""
    for part in file.split(separator: "/").dropLast() {
      path += "/" + part
      mkdir(path, 0o700)
    }
  }
}

/// What Tab offers: replacements for all of the text before the cursor.
struct Completions: Hashable {
  var lines: [String] = []
  /// Bytes at the front of each line that a list leaves out.
  var shownFrom = 0
  /// What stands beside each line in a list: a name's title in the other language, a value's dimension.
  var notes: [String] = []
}

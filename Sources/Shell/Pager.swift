#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import Terminal

/// Shows a text at a terminal, through `$PAGER` (else `less`) if it is longer than the screen; writes it plainly elsewhere.
enum Pager {
  static func show(_ text: String) {
    guard Surroundings.isConversing || Output.standard.isTerminal, let height = Surroundings.height(), lines(text) >= height,
      let command = command, page(text, command)
    else { return Output.standard.write(text) }
  }

  /// `$PAGER`; an empty one, or `cat`, pages nothing. Nil where there is none.
  private static var command: String? {
    if let value = getenv("PAGER") {
      let text = String(cString: value)
      return text.isEmpty || text == "cat" ? nil : text
    }
    let folders = (Surroundings.variable("PATH") ?? "").split(separator: ":")
    return folders.contains { access($0 + "/less", X_OK) == 0 } ? "less -FRX" : nil
  }

  private static func lines(_ text: String) -> Int { text.utf8.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 } }

  private static func page(_ text: String, _ command: String) -> Bool {
    let before = signal(SIGPIPE, SIG_IGN)
    defer { signal(SIGPIPE, before) }
    // Left to itself, less shows colours as escape sequences, and Han as bytes where the locale is not installed.
    setenv("LESS", "FR", 0)
    setenv("LESSCHARSET", "utf-8", 0)
    guard let pipe = popen(command, "w") else { return false }
    fputs(text, pipe)
    return pclose(pipe) != 127 << 8
  }
}

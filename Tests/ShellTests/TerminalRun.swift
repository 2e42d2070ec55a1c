import Glibc

/// The real program at a terminal of its own: a test types, and reads the screen.
final class TerminalRun {
  private let terminal: Int32
  private let child: pid_t
  /// Everything shown so far, escape sequences left out.
  private(set) var screen = ""
  /// The same with its escape sequences.
  var painted: String { String(decoding: bytes, as: UTF8.self) }
  private var bytes: [UInt8] = []
  private var read = 0

  init(_ arguments: [String] = [], environment: [String: String] = [:], columns: UInt16 = 100) {
    (terminal, child) = Program.starting.withLock { _ in
      let terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
      var (number, unlocked, size) = (Int32(0), Int32(0), winsize(ws_row: 40, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0))
      let isReady =
        ioctl(terminal, TerminalRun.getNumber, &number) == 0 && ioctl(terminal, TerminalRun.setLock, &unlocked) == 0
        && ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0
      precondition(isReady, "no pseudo terminal")
      let path = "/dev/pts/\(number)"
      // The first terminal a session leader opens becomes its own, so that Ctrl-C becomes SIGINT.
      let child = Program.start(Program.path, arguments, Program.environment(environment), newSession: true) { actions in
        posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
      }
      return (terminal, child)
    }
  }

  /// TIOCGPTN and TIOCSPTLCK, which the Swift overlay leaves out.
  private static let (getNumber, setLock): (UInt, UInt) = (0x8004_5430, 0x4004_5431)

  deinit { close(terminal) }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { Glibc.write(terminal, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      sent += count
    }
  }

  /// Waits until `text` is shown behind what was waited for before; false after `seconds`.
  @discardableResult
  func waits(for text: String, seconds: Double = 60) -> Bool {
    let end = TerminalRun.now() + seconds
    while true {
      let fresh = screen.unicodeScalars.dropFirst(read)
      if let range = String(String.UnicodeScalarView(fresh)).firstRange(of: text) {
        let shown = String(String.UnicodeScalarView(fresh))
        read += shown[..<range.upperBound].unicodeScalars.count
        return true
      }
      if TerminalRun.now() > end || !more(until: end) { return false }
    }
  }

  /// Reads until the program has gone, and gives its exit status; kills it after `seconds`.
  func end(seconds: Double = 30) -> Int32 {
    let limit = TerminalRun.now() + seconds
    while TerminalRun.now() < limit, more(until: limit) {}
    if TerminalRun.now() >= limit { kill(child, SIGKILL) }
    return Program.wait(child)
  }

  /// Whether something came, or may still come.
  private func more(until end: Double) -> Bool {
    var polled = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    poll(&polled, 1, Int32(max(1, min(200, (end - TerminalRun.now()) * 1000))))
    if polled.revents == 0 { return true }
    var block = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(terminal, &block, block.count)
    if count <= 0 { return false }
    bytes += block[..<count]
    screen = TerminalRun.text(bytes)
    return true
  }

  /// Without escape sequences and carriage returns.
  private static func text(_ bytes: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var inEscape = false
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if scalar == "\u{1B}" {
        inEscape = true
      } else if inEscape {
        if scalar.properties.isAlphabetic { inEscape = false }
      } else if scalar != "\r" && scalar != "\u{7}" {
        result.append(scalar)
      }
    }
    return String(result)
  }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

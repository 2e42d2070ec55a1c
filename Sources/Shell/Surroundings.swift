#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
import CivilTime
import SourceText
import Terminal

/// What the shell reads from around the process: the clock, the terminal, the environment. No other layer does.
package enum Surroundings {
  /// The current day in the local time zone.
  static func clockDay() -> Day {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    return Day(unchecked: Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
  }

  /// `2026-11-01 09:30:00` in the local time zone, for records.
  static func clockMoment() -> String {
    var now = time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(clockDay()) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
  }

  /// The name of the person running the program.
  static func userName() -> String {
    if let name = variable("LOGNAME") ?? variable("USER") { return name }
    return getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "\(getuid())"
  }

  /// A limit on the size of files is an error that can be told, not the end of the program.
  static func survivesFullDisk() { signal(SIGXFSZ, SIG_IGN) }

  /// How many pieces of work can run at once.
  static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

  /// Seconds of a clock that only runs forward.
  static func seconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
  }

  static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  static func currentFolder() -> String {
    guard let path = getcwd(nil, 0) else { return "." }
    defer { free(path) }
    return String(cString: path)
  }

  static func executable() -> String {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &path, Int(PATH_MAX))
    if count > 0 { return String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) }
    return CommandLine.arguments.first ?? "wenshu"
  }

  static var inputIsTerminal: Bool { isatty(0) == 1 }

  /// Whether a person types and reads: both ends are a terminal.
  static var isConversing: Bool { inputIsTerminal && Output.standard.isTerminal }

  /// Lines of the terminal; nil of a file or pipe.
  static func height() -> Int? {
    guard Output.standard.isTerminal else { return nil }
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return nil }
    return Int(size.ws_row)
  }

  /// Columns of the terminal; of a file or pipe 100, so that the same question gives the same bytes everywhere.
  static func width() -> Int {
    guard Output.standard.isTerminal else { return 100 }
    if let columns = columns(of: 1) { return max(20, columns) }
    return variable("COLUMNS").flatMap(Int.init).map { max(20, $0) } ?? 80
  }

  /// Columns of the terminal that a descriptor is; nil if it is none, or does not say.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    return ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : nil
  }

  /// Colours only for a terminal that has them, and for nobody who set `NO_COLOR`; by its ground as far as it says so.
  static func theme() -> Theme {
    guard Output.standard.isTerminal, variable("NO_COLOR") == nil, variable("TERM") != "dumb" else { return .plain }
    return .coloured(ground: variable("COLORFGBG"))
  }

  /// Whether the terminal draws characters such as `—` over two columns: as it is said, else by the locale. Files and pipes
  /// have no columns to keep, and are the same everywhere.
  static func ambiguousIsWide(_ said: AmbiguousArgument?) -> Bool {
    guard Output.standard.isTerminal else { return false }
    if let said { return said == .wide }
    let locale = variable("LC_ALL") ?? variable("LC_CTYPE") ?? variable("LANG") ?? ""
    return ["zh", "ja", "ko"].contains { locale.hasPrefix($0) }
  }

  /// The language the environment is set to; nil if it names neither of ours.
  static func language() -> Language? {
    guard let locale = variable("LC_ALL") ?? variable("LC_MESSAGES") ?? variable("LANG") else { return nil }
    return Language.allCases.first { locale.hasPrefix($0.rawValue) }
  }

  /// `$XDG_DATA_HOME/wenshu`; nil for a user without a home.
  static func dataFolder() -> String? { folder("XDG_DATA_HOME", ".local/share") }

  /// `$XDG_CONFIG_HOME/wenshu/config`; nil for a user without a home.
  static func configFile() -> String? { folder("XDG_CONFIG_HOME", ".config").map { $0 + "/config" } }

  private static func folder(_ name: String, _ standard: String) -> String? {
    guard let path = variable(name) ?? variable("HOME").map({ $0 + "/" + standard }), path.hasPrefix("/") else { return nil }
    return path + "/wenshu"
  }

  /// `$XDG_STATE_HOME/wenshu/history`; nil for a user without a home.
  static func historyFile() -> String? {
    let state = variable("XDG_STATE_HOME") ?? variable("HOME").map { $0 + "/.local/state" }
    guard let state, state.hasPrefix("/") else { return nil }
    return state + "/wenshu/history"
  }
}

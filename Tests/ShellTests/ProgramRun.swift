import Glibc
import Synchronization

/// One run of the real program, the binary that stands beside the tests, with pipes.
struct ProgramRun {
  var status: Int32
  var output: String
  var errors: String
  /// The most memory it held at once, in bytes, by the kernel's count.
  var peak = 0

  var lines: [String] { output.split(separator: "\n").map(String.init) }

  /// Runs `wenshu` to its end.
  ///
  /// - Parameters:
  ///   - input: what it reads from standard input.
  ///   - readsOnly: close the output after so many bytes, as `head` does; nil = read all.
  static func wenshu(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:], folder: String? = nil,
    readsOnly: Int? = nil
  ) -> ProgramRun {
    run(Program.path, arguments, input: input, environment: environment, folder: folder, readsOnly: readsOnly)
  }

  static func wenshu(_ arguments: String..., input: String) -> ProgramRun { wenshu(arguments, input: Array(input.utf8)) }
  static func wenshu(_ arguments: String...) -> ProgramRun { wenshu(arguments) }

  static func run(
    _ program: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    folder: String? = nil, readsOnly: Int? = nil
  ) -> ProgramRun {
    let (program, arguments) =
      folder.map { ("/usr/bin/env", ["--chdir=" + $0, program] + arguments) } ?? (program, arguments)
    // One at a time: between a pipe and its being marked as ours alone, no other child may start.
    let (stdin, stdout, stderr, child) = Program.starting.withLock { _ in
      let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
      let child = Program.start(program, arguments, Program.environment(environment)) { actions in
        posix_spawn_file_actions_adddup2(&actions, stdin.reading, 0)
        posix_spawn_file_actions_adddup2(&actions, stdout.writing, 1)
        posix_spawn_file_actions_adddup2(&actions, stderr.writing, 2)
      }
      return (stdin, stdout, stderr, child)
    }
    close(stdin.reading)
    close(stdout.writing)
    close(stderr.writing)
    let (output, errors) = Pump(
      input: input, to: stdin.writing, output: stdout.reading, errors: stderr.reading, limit: readsOnly
    ).run()
    let (status, peak) = Program.measured(child)
    return ProgramRun(
      status: status, output: String(decoding: output, as: UTF8.self), errors: String(decoding: errors, as: UTF8.self), peak: peak)
  }
}

/// A pipe whose ends no other child inherits.
struct Pipe {
  let reading: Int32
  let writing: Int32
  init() {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0, "no pipe")
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reading, writing) = (ends[0], ends[1])
  }
}

/// Feeds a child and reads what it says, both at once, so that neither side waits for the other.
private struct Pump {
  var input: [UInt8]
  var to: Int32
  var output: Int32
  var errors: Int32
  var limit: Int?

  func run() -> ([UInt8], [UInt8]) {
    signal(SIGPIPE, SIG_IGN)
    var (rest, out, err) = (input[...], [UInt8](), [UInt8]())
    var open = (input: true, output: true, errors: true)
    func closeInput() {
      if open.input { close(to) }
      open.input = false
    }
    _ = fcntl(to, F_SETFL, O_NONBLOCK)
    if rest.isEmpty { closeInput() }
    while open.output || open.errors {
      var polled = [
        pollfd(fd: open.output ? output : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: open.errors ? errors : -1, events: Int16(POLLIN), revents: 0),
        pollfd(fd: open.input ? to : -1, events: Int16(POLLOUT), revents: 0),
      ]
      poll(&polled, 3, -1)
      if polled[2].revents != 0 {
        let written = rest.withUnsafeBytes { write(to, $0.baseAddress, $0.count) }
        if written > 0 { rest = rest.dropFirst(written) }
        if rest.isEmpty || written < 0 && errno != EAGAIN { closeInput() }
      }
      if polled[0].revents != 0 {
        open.output = Pump.read(output, into: &out)
        if let limit, out.count >= limit, open.output { open.output = false }
        if !open.output { close(output) }
      }
      if polled[1].revents != 0 {
        open.errors = Pump.read(errors, into: &err)
        if !open.errors { close(errors) }
      }
    }
    closeInput()
    return (out, err)
  }

  private static func read(_ file: Int32, into bytes: inout [UInt8]) -> Bool {
    var block = [UInt8](repeating: 0, count: 65536)
    let count = Glibc.read(file, &block, block.count)
    if count > 0 { bytes += block[..<count] }
    return count > 0
  }
}

/// The program under test and how a child is started.
enum Program {
  /// Held while pipes are made and a child is started.
  static let starting = Mutex(())

  /// Beside the test bundle: the build makes both.
  static let path: String = folder + "/wenshu"

  static let folder: String = {
    var path = [CChar](repeating: 0, count: 4097)
    let count = readlink("/proc/self/exe", &path, 4096)
    let text = String(decoding: path[..<max(0, count)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return String(text[..<(text.lastIndex(of: "/") ?? text.endIndex)])
  }()

  /// The package's root, where grammar, lexicon and datasets are.
  static let home: String = {
    var path = folder
    while access(path + "/grammar", F_OK) != 0, let slash = path.lastIndex(of: "/") { path = String(path[..<slash]) }
    return path
  }()

  /// A folder for one test's files, empty.
  static func scratch(_ name: String) -> String {
    let path = folder + "/shell-tests/" + name
    _ = ProgramRun.run("/bin/rm", ["-rf", path])
    _ = ProgramRun.run("/bin/mkdir", ["-p", path])
    return path
  }

  /// A small, fixed environment: no language, no colour, a cache and state of the tests' own.
  static func environment(_ more: [String: String]) -> [String: String] {
    var environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder + "/shell-tests/home", "XDG_CACHE_HOME": folder + "/shell-tests/cache",
      "XDG_STATE_HOME": folder + "/shell-tests/state", "TERM": "xterm", "LANG": "C.UTF-8",
    ]
    environment.merge(more) { $1 }
    return environment
  }

  static func start(
    _ program: String, _ arguments: [String], _ environment: [String: String],
    newSession: Bool = false, prepare: (inout posix_spawn_file_actions_t) -> Void
  ) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    prepare(&actions)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | (newSession ? 0x80 : 0))  /* POSIX_SPAWN_SETSID */)
    let argv = ([program] + arguments).map { strdup($0) } + [nil]
    let envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var child = pid_t()
    let error = posix_spawn(&child, program, &actions, &attributes, argv, envp)
    precondition(error == 0, "cannot start \(program): \(String(cString: strerror(error)))")
    return child
  }

  /// The exit status; 128 + signal for a child that a signal ended.
  static func wait(_ child: pid_t) -> Int32 { measured(child).status }

  /// The same, and the most memory it held at once, in bytes.
  static func measured(_ child: pid_t) -> (status: Int32, peak: Int) {
    var (status, usage) = (Int32(0), rusage())
    while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    return (status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F), usage.ru_maxrss * 1024)
  }

  static func write(_ text: String, to path: String) {
    write(Array(text.utf8), to: path)
  }

  static func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { preconditionFailure("cannot write \(path)") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}

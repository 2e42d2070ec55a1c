/// Where the project's own files are, found from this file's place, so that tests run from any folder.
package enum ProjectFolder {
  package static let path: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(3).joined(separator: "/")
  }()

  /// Warehouses that tests build; inside the build folder, which is never committed.
  package static var cache: String { path + "/.build/wenshu-test-cache" }

  /// Conformance suites and real data stand beside the project where developers have them; users do not.
  package static var shared: String { path + "/../shared" }
}

/// The dataset of an app for learning, with free and paid use, from January 2025 to October 2026.
///
/// The same seed gives the same bytes on every machine; `datasets/app/data` is what `AppSample()` writes. What happens in the
/// data (growth, releases, one that crashes) stands in `AppCalendar`.
package struct AppSample: Sendable {
  package static let defaultSeed: UInt64 = 20_250_102
  package let seed: UInt64

  package init(seed: UInt64 = defaultSeed) { self.seed = seed }

  /// Writes one CSV file a table into a folder, which is made if it is not there.
  /// - Throws: `SampleDataError` if the folder or a file cannot be written.
  package func write(to directory: String) throws {
    try makeFolder(directory)
    var users = AppUsers(seed: SplitMix64.mixed(seed &+ 1))
    var payments = AppPayments(&users, seed: SplitMix64.mixed(seed &+ 2))
    try users.write(in: directory)
    try payments.write(in: directory)
    var activity = try AppActivity(users.all, seed: SplitMix64.mixed(seed &+ 3), in: directory)
    try activity.write()
    var books = AppBooks(seed: SplitMix64.mixed(seed &+ 4), in: directory)
    try books.write(users.all, signUps: activity.signUps)
  }
}

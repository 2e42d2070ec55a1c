extension Saturation {
  /// A rule that has matched up to here: its last phrase, and where the one before it stands among `partials`.
  struct Partial {
    var rule: Int32
    /// −1 at the first phrase.
    var before: Int32
    var phrase: Int32
    /// −1 for a word of the rule.
    var slot: Int32
    var start: Int
    var cost: Int
  }

  /// What waits at a place for a phrase of a category.
  struct Member {
    /// A partial; or, below zero, the complement of a phrase that begins many rules which all go on with that category. These
    /// are taken up when such a phrase comes, which for most is never.
    var partial: Int32
    /// The arc that a partial goes on along; of a phrase, its record of `nexts`.
    var way: Int32
    /// The place of the next member; −1 behind the last.
    var next: Int32
  }
}

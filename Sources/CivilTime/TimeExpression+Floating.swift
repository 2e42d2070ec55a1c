extension TimeExpression {
  /// Whether it lacks its year, month or week, so that another time may lend it: 3月, 周三, 春节.
  package var isFloating: Bool { floatingCore != nil }

  /// Days after which a floating time comes round again.
  var cycle: Int {
    switch floatingCore {
    case .named(.weekday), .named(.weekend), .named(.workdays): 7
    case .named(.dayOfMonth), .named(.dayOnWeekday): 28
    case .named(.dayKind): 1
    default: 365
    }
  }

  /// What a bound is set at; any other time itself.
  var boundOrSelf: TimeExpression {
    switch self {
    case .since(let inner), .from(let inner), .after(let inner), .before(let inner), .through(let inner): inner
    default: self
    }
  }

  private var floatingCore: TimeExpression? {
    switch self {
    // A date with its weekday says its year by itself.
    case .named(.dateOnWeekday), .named(.dayOnWeekday): nil
    case .named, .holiday(_, of: nil): self
    case .inside(let outer, _), .nth(_, _, let outer), .nthNamed(_, _, let outer), .first(_, _, let outer),
      .final(_, _, let outer), .third(_, let outer), .vague(_, let outer), .holiday(_, .some(let outer)),
      .whole(_, let outer), .edgeDays(_, _, let outer),
      .halfMonth(_, let outer), .adjoining(_, _, let outer), .except(let outer, _):
      outer.floatingCore
    default: nil
    }
  }
}

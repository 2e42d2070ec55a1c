import Questions

extension Notice {
  /// The name of the notice for programs, in kebab case, stable: `data-ends`.
  package var code: String {
    switch self {
    case .ignored: "ignored"
    case .readAs: "read-as"
    case .chosen: "chosen"
    case .textMatch: "text-match"
    case .lowIsGood: "low-is-good"
    case .nothingToDraw: "nothing-to-draw"
    case .assumedTime: "assumed-time"
    case .unfinished: "unfinished"
    case .fairComparison: "fair-comparison"
    case .unequalPeriods: "unequal-periods"
    case .dataEnds: "data-ends"
    case .dataBegins: "data-begins"
    case .allTime: "all-time"
    case .divisionByZero: "division-by-zero"
    case .noBase: "no-base"
    case .versionChange: "version-change"
    case .deprecated: "deprecated"
    case .draft: "draft"
    case .narrowedByPolicy: "narrowed-by-policy"
    case .noData: "no-data"
    case .tie: "tie"
    case .missingMembers: "missing-members"
    case .earlierBase: "earlier-base"
    case .earlierVersion: "earlier-version"
    case .certificationLost: "certification-lost"
    case .laterVersion: "later-version"
    case .overlappingParts: "overlapping-parts"
    case .truncated: "truncated"
    case .anchored: "anchored"
    case .boundReading: "bound-reading"
    case .noneNotListed: "none-not-listed"
    case .foldedOverPresent: "folded-over-present"
    case .foldedOverAll: "folded-over-all"
    case .meanOfValues: "mean-of-values"
    case .bucketWidth: "bucket-width"
    case .countedRows: "counted-rows"
    case .noneMatch: "none-match"
    case .wholeUnitRuns: "whole-unit-runs"
    case .startsAfresh: "starts-afresh"
    case .followUnfinished: "follow-unfinished"
    }
  }
}

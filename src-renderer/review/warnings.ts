import type { CallQuality } from '../../src-shared/contract/phone.ts'

type Warning = CallQuality['warnings'][number]
/** A warning that came and went: from its first beginning to its last end, and how often it was raised. */
export interface FoldedWarning extends Warning {
  times: number
}

/** What comes again so soon after it ended is the same trouble. */
const AGAIN_MS = 60_000

/** Warnings of one kind that followed each other within a minute are one with a count; in the order in which they began. Pure. */
export function foldWarnings(warnings: readonly Warning[]): FoldedWarning[] {
  const folded: FoldedWarning[] = []
  const newest = new Map<Warning['kind'], FoldedWarning>()
  for (const warning of warnings.toSorted((a, b) => a.raisedAt - b.raisedAt)) {
    const before = newest.get(warning.kind)
    if (before && warning.raisedAt - (before.clearedAt ?? warning.raisedAt) <= AGAIN_MS) {
      before.times += 1
      if (warning.clearedAt === undefined) delete before.clearedAt
      else before.clearedAt = Math.max(before.clearedAt ?? 0, warning.clearedAt)
      continue
    }
    const one = { ...warning, times: 1 }
    newest.set(warning.kind, one)
    folded.push(one)
  }
  return folded
}

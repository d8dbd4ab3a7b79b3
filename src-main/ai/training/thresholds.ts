/** One held-out answer: how sure it was, whether it was right, and whether there was something to be right about. */
export interface Judged {
  confidence: number
  right: boolean
  inScope: boolean
}

/** Nothing can be this sure: what to use when no threshold will do. */
const NEVER = 1.01

/** The lowest confidence from which on answers are right this often; {@link NEVER} when none is. */
export function answerThreshold(judged: readonly Judged[], precision: number): number {
  const sorted = [...judged].sort((a, b) => b.confidence - a.confidence)
  let right = 0
  let threshold = NEVER
  sorted.forEach((row, i) => {
    if (row.right) right++
    if (sorted[i + 1]?.confidence !== row.confidence && right / (i + 1) >= precision) threshold = row.confidence
  })
  return threshold
}

/** The lowest confidence that leaves this share of the rows without an intent below it; 0 when there are no such rows. */
export function unknownThreshold(judged: readonly Judged[], recall: number): number {
  const outside = judged.filter(({ inScope }) => !inScope).map(({ confidence }) => confidence)
  outside.sort((a, b) => a - b)
  const at = Math.min(outside.length - 1, Math.ceil(recall * outside.length) - 1)
  // Just above: what is as sure as the last of them is left out too.
  return at < 0 ? 0 : (outside[at] ?? 0) + 1e-6
}

/** What held-out rows come to at two thresholds, as named numbers that are kept with the model. */
export function figuresAt(judged: readonly Judged[], { answer, unknown }: { answer: number; unknown: number }): Record<string, number> {
  const inScope = judged.filter((row) => row.inScope)
  const outside = judged.filter((row) => !row.inScope)
  const answered = judged.filter(({ confidence }) => confidence >= Math.max(answer, unknown))
  const share = (part: readonly Judged[], whole: readonly Judged[]) =>
    Math.round((10_000 * part.length) / Math.max(1, whole.length)) / 10_000
  const right = (rows: readonly Judged[]) => rows.filter((row) => row.right)
  return {
    'heldOut:accuracyInScope': share(right(inScope), inScope),
    'heldOut:coverage': share(answered, judged),
    'heldOut:accuracyAnswered': share(right(answered), answered),
    ...(outside.length === 0
      ? {}
      : {
          'heldOut:oosRecall': share(
            outside.filter(({ confidence }) => confidence < unknown),
            outside
          )
        })
  }
}

import { Envelope } from '../../../src-shared/events.ts'

/** What one delivery amounts to, measured against the cursor. */
export interface Taken {
  /** Those to apply: in order, each once, without a gap after the cursor. */
  batch: Envelope[]
  /** The first `deskSeq` beyond a gap, when something is missing before it. */
  gapBefore: number | undefined
  /** Deliveries that are no envelopes: which and why. */
  faults: string[]
}

/** Pure: checks, orders and de-duplicates a delivery. What lies behind a gap is left for the next reading of the log. */
export function take(cursor: number, delivered: readonly unknown[]): Taken {
  const faults: string[] = []
  const fresh = new Map<number, Envelope>()
  for (const [index, raw] of delivered.entries()) {
    const envelope = Envelope.safeParse(raw)
    if (!envelope.success) {
      const issue = envelope.error.issues[0]
      faults.push(`event ${index} of a delivery: ${issue?.path.join('.') || 'event'} ${issue?.message ?? 'invalid'}`)
    } else if (envelope.data.deskSeq > cursor && !fresh.has(envelope.data.deskSeq)) fresh.set(envelope.data.deskSeq, envelope.data)
  }
  const ordered = [...fresh.values()].sort((a, b) => a.deskSeq - b.deskSeq)
  const gapAt = ordered.findIndex((one, i) => one.deskSeq !== cursor + 1 + i)
  return gapAt < 0
    ? { batch: ordered, gapBefore: undefined, faults }
    : { batch: ordered.slice(0, gapAt), gapBefore: ordered[gapAt]?.deskSeq, faults }
}

/** The hub has thrown events away for good (a pruned log) when so many readings in a row begin behind the same gap. */
export const GAP_PATIENCE = 6

/** Batches of one transaction; larger ones hold the process up for too long. */
export const BATCH_SIZE = 500

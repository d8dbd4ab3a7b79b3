import type { Ai, Finding } from './ai.ts'

/** The rule that speaks of personal data in a text that was not masked yet. */
const RULE = 'data_in_clear'

/**
 * What stood in clear in a text before it was masked: a masked text cannot tell any more. Offsets and text of the spans are those of
 * the masked text, so nothing of what was hidden comes out again here.
 *
 * @param raw as it was said or typed
 * @param masked what {@link Ai.mask} made of it, whole or cut at its end
 */
export function inClear(ai: Pick<Ai, 'mask' | 'findings'>, raw: string, masked: string, speaker: 'customer' | 'agent'): Finding[] {
  if (raw === masked) return []
  const found = new Map<string, Finding>()
  for (const { rule, severity, span } of ai.findings(raw, speaker)) {
    if (rule !== RULE) continue
    const place = placeIn(ai, raw, masked, span)
    if (place.start >= place.end) continue // beyond the cut
    found.set(`${place.start} ${place.end}`, { rule, severity, span: { ...place, text: masked.slice(place.start, place.end) } })
  }
  return [...found.values()]
}

/** Masking reads from the left, so what stands before a piece comes out the same without the rest. Where it does not: all of the text. */
function placeIn(ai: Pick<Ai, 'mask'>, raw: string, masked: string, { start, end }: { start: number; end: number }) {
  const before = ai.mask(raw.slice(0, start))
  const until = ai.mask(raw.slice(0, end))
  if (!masked.startsWith(before) || !until.startsWith(before) || !masked.startsWith(until.slice(0, masked.length)))
    return { start: 0, end: masked.length }
  return { start: before.length, end: Math.min(until.length, masked.length) }
}

import type { TimelineRow } from '../../src-shared/contract/conversation.ts'

type Finding = TimelineRow['findings'][number]
/** A stretch of an entry's text and what was found in exactly that stretch. */
export interface Stretch {
  start: number
  text: string
  mood: boolean
  findings: Finding[]
}

/**
 * Cuts a text at the edges of its mood phrase and findings. The stretches joined give the text again. Offsets are UTF-16; those
 * outside the text (from another revision of it) are cut to it, empty ones ignored.
 */
export function cutAtMarks(text: string, mood: { start: number; end: number } | undefined, findings: readonly Finding[]): Stretch[] {
  const within = (at: number): number => Math.min(text.length, Math.max(0, at))
  const edges = new Set([0, text.length])
  for (const span of [...(mood ? [mood] : []), ...findings.map((finding) => finding.span)]) {
    if (within(span.end) <= within(span.start)) continue
    edges.add(within(span.start))
    edges.add(within(span.end))
  }
  const cuts = [...edges].sort((a, b) => a - b)
  const covers = (span: { start: number; end: number }, start: number, end: number): boolean => span.start <= start && span.end >= end
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1] ?? text.length
    return {
      start,
      text: text.slice(start, end),
      mood: mood !== undefined && covers(mood, start, end),
      findings: findings.filter((finding) => covers(finding.span, start, end))
    }
  })
}

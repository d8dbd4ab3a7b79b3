import type { Gap, ListenState, Result, Speaker } from './port.ts'

/** Something that was said, as it stays. Times are epoch ms. */
export interface Utterance {
  speaker: Speaker
  text: string
  startAt: number
  endAt: number
  confidence?: number
}

export type Line = ({ type: 'said' } & Utterance) | ({ type: 'gap' } & Gap)

/** A call's transcript while it is being said; plain data. */
export interface LiveTranscript {
  /** Both sides in the order of their beginning; the last {@link KEPT_LINES} of them. */
  lines: readonly Line[]
  /** What is being said now and may still change. */
  partials: Readonly<Partial<Record<Speaker, { text: string; startAt: number }>>>
  /** Is each side being listened to? */
  states: Readonly<Record<Speaker, ListenState>>
}

export type TranscriptInput =
  | { type: 'result'; result: Result }
  | { type: 'gap'; gap: Gap }
  | { type: 'state'; speaker: Speaker; state: ListenState }

/** The live view needs no more; the whole conversation is in the store. */
const KEPT_LINES = 200

export const NEW_TRANSCRIPT: LiveTranscript = {
  lines: [],
  partials: {},
  states: { agent: { state: 'off' }, customer: { state: 'off' } }
}

/**
 * Puts together what both recognisers say. Pure.
 * @returns the transcript, and the utterance that just became final, if one did
 */
export function assemble(before: LiveTranscript, input: TranscriptInput): { transcript: LiveTranscript; said?: Utterance } {
  switch (input.type) {
    case 'state':
      return { transcript: { ...before, states: { ...before.states, [input.speaker]: input.state } } }
    case 'gap':
      return { transcript: { ...before, lines: inOrder(before.lines, { type: 'gap', ...input.gap }) } }
    case 'result': {
      const { final, ...result } = input.result
      const { [result.speaker]: _, ...others } = before.partials
      if (!final) {
        const partials = result.text === '' ? others : { ...others, [result.speaker]: { text: result.text, startAt: result.startAt } }
        return { transcript: { ...before, partials } }
      }
      return { transcript: { ...before, partials: others, lines: inOrder(before.lines, { type: 'said', ...result }) }, said: result }
    }
  }
}

/** The careful pass may come late: a line goes where it began, not where it arrived. */
function inOrder(lines: readonly Line[], line: Line): readonly Line[] {
  const before = lines.findLastIndex((other) => other.startAt <= line.startAt)
  return lines.toSpliced(before + 1, 0, line).slice(-KEPT_LINES)
}

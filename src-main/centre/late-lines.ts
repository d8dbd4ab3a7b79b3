import type { CommandData } from '../../src-shared/commands.ts'
import type { Draft } from './decision.ts'
import { addEntry, analyseAgent, analyseCustomer } from './entries.ts'

type Heard = CommandData<'transcript.add'>

/** A recogniser gives its last results this long after the words at most. */
export const LATE_LINE_MS = 30_000

/** A recogniser says when it was said; who types does not. */
export const isHeard = (data: Heard): boolean => data.saidAt !== undefined

/**
 * A line of a recogniser that comes when the conversation is no longer its agent's: taken into the timeline for a moment, then left
 * out with a note in the log. Neither is a question for the agent, who has never seen the line.
 *
 * @param part when the agent's part began and ended; the line is put between the two
 */
export function lateLine(out: Draft, personId: string, data: Heard, part: { from: number; to: number }) {
  const { conversationId, entryId, text: raw, inClear = [], speaker = 'agent', saidAt = part.to } = data
  const { now, log } = out.world
  const lateMs = now - part.to
  if (lateMs > LATE_LINE_MS) return log?.write('centre.line-too-late', { conversationId, entryId, lateMs })
  const at = Math.min(Math.max(saidAt, part.from), part.to)
  const by = speaker === 'agent' ? { personId } : {}
  const text = addEntry(out, { conversationId }, { entryId, kind: 'utterance', speaker, at, ...by }, raw)
  if (speaker === 'agent') analyseAgent(out, { conversationId }, entryId, text, raw, inClear)
  else analyseCustomer(out, { conversationId }, entryId, text, raw, inClear)
}

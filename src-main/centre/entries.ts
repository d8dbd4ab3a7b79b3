import type { EventData } from '../../src-shared/events.ts'
import type { Finding } from '../ai/ai.ts'
import { inClear } from '../ai/in-clear.ts'
import type { Draft } from './decision.ts'
import type { Conversation } from './state.ts'

type Entry = EventData<'entry.added'>
/** Whose timeline it is; the conversation may be closed. */
type Of = Pick<Conversation, 'conversationId'>

/** Longest text of an entry; masking can make a text longer. */
const LONGEST = 20_000

/** Adds a line, masked before it goes anywhere. Gives back the text as it stands in the entry. */
export function addEntry(out: Draft, conversation: Of, entry: Omit<Entry, 'text'>, raw: string): string {
  const text = out.world.ai.mask(raw).slice(0, LONGEST)
  out.add('entry.added', { ...entry, text }, conversation.conversationId)
  return text
}

/** A reading that fails must not cost the line that was read: it is left out and noted. Masking is no reading: it may not fail. */
function reading<T>(out: Draft, what: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    out.world.log?.write('centre.reading-failed', { what, error: String(error) })
    return undefined
  }
}

const inOrder = (findings: Finding[]): Finding[] => findings.sort((a, b) => a.span.start - b.span.start)

/** Intent and mood of what a customer said, and what the rules found in it (given back). `raw` is what they said before it was masked. */
export function analyseCustomer(
  out: Draft,
  conversation: Of,
  entryId: string,
  text: string,
  raw: string,
  seen: InClear = []
): readonly Finding[] {
  const { ai } = out.world
  const read = reading(out, 'customer', () => ({
    intent: ai.intent(text),
    mood: ai.mood(text),
    findings: inOrder([...ai.findings(text, 'customer'), ...inClear(ai, raw, text, 'customer'), ...findingsOf(seen, text)])
  }))
  if (read) out.add('entry.analysed', { entryId, ...read }, conversation.conversationId)
  return read?.findings ?? []
}

/** Where a desk saw personal data before it masked the text. */
export type InClear = readonly { start: number; end: number; severity: Finding['severity'] }[]

const findingsOf = (seen: InClear, text: string): Finding[] =>
  seen
    .filter(({ start, end }) => start < end && end <= text.length)
    .map(({ start, end, severity }) => ({ rule: 'data_in_clear', severity, span: { start, end, text: text.slice(start, end) } }))

/** Only what the rules found: an agent's text is never read for mood. */
export function analyseAgent(out: Draft, conversation: Of, entryId: string, text: string, raw: string, seen: InClear) {
  const { ai } = out.world
  const read = reading(out, 'agent', () => [...ai.findings(text, 'agent'), ...inClear(ai, raw, text, 'agent')]) ?? []
  const findings = inOrder([...read, ...findingsOf(seen, text)])
  if (findings.length > 0) out.add('entry.analysed', { entryId, findings }, conversation.conversationId)
}

/** What the next person is told, so that the customer need not repeat it: first what the colleague said who passed it on. */
export function handoffSummary(out: Draft, conversation: Conversation): string {
  const { passedOnBecause, handoff } = conversation
  return [passedOnBecause, handoff?.spoken, summaryOf(out, conversation)].filter((line) => line !== undefined).join('\n')
}

function summaryOf(out: Draft, conversation: Conversation): string {
  const { turns, reason, language } = conversation
  const { ai } = out.world
  if (turns.length === 0) return reason
  const read = reading(out, 'summary', () => {
    const { intent } = ai.intentOf(turns)
    return ai.summary(turns, intent === 'unknown' ? (conversation.intent ?? intent) : intent, language, {
      verified: conversation.verification === 'verified'
    })
  })
  return read ?? reason
}
